import { f, model } from '../../../src/index.ts'

/** In a schema of its own, with a key that is text. */
export const StockEntry = model(
  'StockEntry',
  { code: f.char({ maxLength: 8, primaryKey: true }), readers: f.manyToMany('self'), tags: f.manyToMany('stock.Tag') },
  { schema: 'audit_log', table: 'stock_entry' },
)

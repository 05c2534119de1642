/** What the corpora of drift are differences from: an app with all that a database of the kind can hold, and SQL of a migration beside it. */
export function modelsFor(kind: string): Readonly<Record<string, string>> {
  const only = (kinds: readonly string[], text: string): string => (kinds.includes(kind) ? text : '')
  const withComments = ['postgres', 'mariadb', 'mysql']
  const withPartial = ['sqlite', 'postgres']
  const withDeferrable = ['sqlite', 'postgres']
  const collation = { sqlite: 'nocase', postgres: 'C', mariadb: 'utf8mb4_general_ci', mysql: 'utf8mb4_general_ci' }[
    kind
  ]
  return {
    'shop/models.ts': `
import { check, exclusion, f, index, model, now, q, sqlDefault, unique, uuid } from 'godwit'

export const Maker = model('Maker', {
  name: f.char({ maxLength: 60, collation: '${collation}' }),
  country: f.char({ maxLength: 2, default: 'se' }),
})

export const Tag = model('Tag', { label: f.char({ maxLength: 30, unique: true }) })

export const Item = model('Item', {
  maker: f.foreignKey(() => Maker, { onDelete: 'cascade' }),
  rival: f.foreignKey(() => Maker, {
    null: true, onDelete: 'setNull', relatedName: 'rivals'${only(withDeferrable, ", deferrable: 'deferred'")}
  }),
  title: f.char({ maxLength: 40${only(withComments, ", comment: 'As on the label'")} }),
  sku: f.char({ maxLength: 20, unique: true }),
  price: f.decimal({ maxDigits: 8, decimalPlaces: 2, default: '0.00' }),
  stock: f.integer({ default: 0 }),
  shelf: f.smallInteger({ null: true, index: true }),
  status: f.char({ maxLength: 20, default: 'draft', choices: ['draft', 'sold'] }),
  note: f.text({ null: true }),
  weight: f.float({ null: true }),
  bought: f.date({ null: true }),
  seenAt: f.dateTime({ default: now() }),
  isLive: f.boolean({ default: true }),
  code: f.uuid({ default: uuid() }),
  data: f.json({ null: true }),
  photo: f.binary({ null: true }),
  worth: f.generated({ expression: q.mul('stock', 2), output: f.integer() }),
  kind: f.enum(['food', 'toy'], { native: 'item_kind' }),
  tags: f.manyToMany(() => Tag),
${only(['postgres'], '  sizes: f.array(f.integer(), { null: true }),\n  during: f.dateRange({ null: true }),')}
}, {
${only(withComments, "  comment: 'What is for sale',")}
  indexes: [
    index({ fields: ['title', '-bought'], name: 'item_title' }),
    index({ fields: ['stock', 'title'] }),
${only(withPartial, "    index({ fields: ['price'], where: q.eq('isLive', true), name: 'item_live' }),\n    index({ expressions: [q.lower('title')], name: 'item_lower' }),")}
${only(['postgres'], "    index({ fields: ['data'], method: 'gin', name: 'item_data' }),\n    index({ fields: ['sku'], include: ['price'], operatorClasses: { sku: 'text_pattern_ops' }, name: 'item_sku_like' }),\n    index({ fields: ['weight'], nulls: { weight: 'first' }, name: 'item_weight' }),")}
${only(['mariadb', 'mysql'], "    index({ fields: ['note'], prefixLengths: { note: 20 }, name: 'item_note' }),")}
  ],
  constraints: [
    unique({ fields: ['maker', 'title'], name: 'item_title_per_maker' }),
    check({ name: 'item_price', condition: q.gte('price', 0) }),
${only(withPartial, "    unique({ fields: ['code'], where: q.isNotNull('note'), name: 'item_code' }),")}
${only(['postgres'], "    unique({ fields: ['stock', 'shelf'], deferrable: 'deferred', name: 'item_place' }),\n    unique({ fields: ['bought', 'weight'], nullsNotDistinct: true, name: 'item_bought' }),\n    exclusion({ name: 'item_during', elements: [{ field: 'during', operator: '&&' }], where: q.eq('isLive', true) }),")}
  ],
})

export const Price = model('Price', {
  item: f.foreignKey(() => Item, { onDelete: 'restrict' }),
  day: f.date(),
  amount: f.positiveInteger(),
}, { primaryKey: ['item', 'day'] })
${only(['postgres'], "\nexport const Log = model('Log', { text: f.text() }, { schema: 'audit' })")}
`,
  }
}

/** A migration whose SQL makes what no model says. */
export function auditMigration(kind: string): string {
  const trigger: Readonly<Record<string, string>> = {
    sqlite: 'CREATE TRIGGER item_audit AFTER UPDATE ON shop_item BEGIN UPDATE shop_maker SET country = country; END',
    postgres: `CREATE FUNCTION item_seen() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.seen_at = now(); RETURN NEW; END';
      CREATE TRIGGER item_audit BEFORE UPDATE ON shop_item FOR EACH ROW EXECUTE FUNCTION item_seen()`,
    mariadb: "CREATE TRIGGER item_audit BEFORE UPDATE ON shop_item FOR EACH ROW SET NEW.note = 'seen'",
  }
  const statements = [
    trigger[kind] ?? trigger['mariadb'],
    'CREATE INDEX item_by_hand ON shop_item (bought, stock)',
    'CREATE VIEW scarce AS SELECT stock FROM shop_item WHERE stock < 10',
  ]
  return `
import { defineMigration, runSql } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['shop', '0001_initial']],
  operations: [runSql({ forwards: ${JSON.stringify(statements)}, backwards: [] })],
})
`
}

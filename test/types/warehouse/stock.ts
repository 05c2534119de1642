import { f, model, now, q, uuid } from '../../../src/index.ts'
import { StockEntry } from './ledger.ts'

/** A column of every type. */
export const Item = model('Item', {
  rank: f.smallInteger(),
  count: f.integer(),
  weightGrams: f.bigInteger(),
  isOpen: f.boolean(),
  label: f.char({ maxLength: 20 }),
  notes: f.text({ null: true }),
  token: f.uuid({ default: uuid() }),
  price: f.decimal({ maxDigits: 12, decimalPlaces: 2 }),
  ratio: f.float(),
  boughtOn: f.date(),
  opensAt: f.time(),
  createdAt: f.dateTime({ default: now() }),
  settings: f.json(),
  photo: f.binary(),
  status: f.enum(['draft', 'sent'], { default: 'draft' }),
  mood: f.enum(['good', 'bad'], { native: 'mood' }),
  effort: f.duration(),
  address: f.ipAddress(),
  ages: f.integerRange(),
  blocks: f.bigIntegerRange(),
  weights: f.decimalRange(),
  season: f.dateRange(),
  during: f.dateTimeRange({ null: true }),
  search: f.custom({ types: { postgres: 'tsvector' } }),
  HTTPCode2: f.generated({ expression: q.sql('count'), output: f.integer() }),
  entry: f.foreignKey(() => StockEntry),
  parent: f.foreignKey('self', { null: true }),
})

/** An array of everything that there are arrays of. */
export const Lists = model('Lists', {
  ranks: f.array(f.smallInteger()),
  counts: f.array(f.integer(), { default: [] }),
  weights: f.array(f.bigInteger()),
  answers: f.array(f.boolean()),
  labels: f.array(f.char({ maxLength: 20 })),
  notes: f.array(f.text(), { null: true }),
  tokens: f.array(f.uuid()),
  prices: f.array(f.decimal({ maxDigits: 12, decimalPlaces: 2 })),
  ratios: f.array(f.float()),
  days: f.array(f.date()),
  hours: f.array(f.time()),
  moments: f.array(f.dateTime()),
  documents: f.array(f.json()),
  photos: f.array(f.binary()),
  moods: f.array(f.enum(['good', 'bad'], { native: 'mood' })),
  efforts: f.array(f.duration()),
  addresses: f.array(f.ipAddress()),
  spans: f.array(f.integerRange()),
  decimalSpans: f.array(f.decimalRange()),
  searches: f.array(f.custom({ types: { postgres: 'tsvector' } })),
})

export const Tag = model('Tag', { name: f.char({ maxLength: 50, unique: true }) })

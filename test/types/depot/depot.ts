import { f, model, now, q, uuid } from '../../../src/index.ts'

/** A column of every type that MariaDB and MySQL have. */
export const Crate = model('Crate', {
  rank: f.smallInteger(),
  count: f.positiveInteger(),
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
  address: f.ipAddress(),
  shape: f.custom({ types: { mariadb: 'varchar(20)', mysql: 'varchar(20)' } }),
  HTTPCode2: f.generated({ expression: q.sql('count'), output: f.integer() }),
  parent: f.foreignKey('self', { null: true }),
})

/** What neither has a column for. */
export const Elsewhere = model('Elsewhere', {
  spans: f.duration(),
  ranks: f.array(f.integer()),
  ages: f.integerRange(),
})

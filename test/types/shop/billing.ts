import { check, f, index, model, now, q, unique } from '../../../src/index.ts'
import { Profile, User } from './accounts.ts'

export const Invoice = model(
  'Invoice',
  {
    owner: f.foreignKey(() => User, { onDelete: 'restrict', relatedName: 'invoices' }),
    number: f.char({ maxLength: 32 }),
    total: f.decimal({ maxDigits: 12, decimalPlaces: 2 }),
    status: f.char({ maxLength: 20, default: 'draft', choices: ['draft', 'sent', 'paid'] }),
    mood: f.char({ maxLength: 20, choices: ['good', 'bad'], enforce: false }),
    stars: f.smallInteger({ choices: [1, 2, 3], null: true }),
    issuedAt: f.dateTime({ null: true }),
    dueOn: f.date({ default: '2026-01-01' }),
    extra: f.json({ null: true }),
    views: f.positiveBigInteger({ default: 0n }),
    HTTPCode2: f.integer({ column: 'code' }),
    label: f.generated({ expression: q.concat('number', '!'), output: f.char({ maxLength: 33 }) }),
    parent: f.foreignKey(() => Invoice, { null: true }),
    profile: f.foreignKey('accounts.Profile'),
    tags: f.manyToMany(() => Tag),
    watchers: f.manyToMany('accounts.User', { table: 'invoice_watching' }),
    related: f.manyToMany('self'),
    lines: f.manyToMany(() => Product, { through: () => Line }),
  },
  {
    indexes: [index({ fields: ['status', '-issuedAt'] })],
    constraints: [
      unique({ fields: ['owner', 'number'], name: 'invoice_number_per_owner' }),
      check({ name: 'total_not_negative', condition: q.gte('total', 0) }),
    ],
  },
)

export const Tag = model('Tag', { name: f.char({ maxLength: 50, unique: true }) })

export const Product = model('Product', { sku: f.char({ maxLength: 12, primaryKey: true }), readAt: f.time() })

export const Line = model(
  'Line',
  {
    invoice: f.foreignKey('Invoice', { onDelete: 'cascade' }),
    product: f.foreignKey(() => Product),
    addedAt: f.dateTime({ default: now() }),
  },
  { primaryKey: ['invoice', 'product'] },
)

export const ProfileNote = model('ProfileNote', { profile: f.foreignKey(() => Profile), weight: f.float() })

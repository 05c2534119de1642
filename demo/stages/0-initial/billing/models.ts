import { check, f, index, model, q, unique } from 'godwit'

export const Customer = model('Customer', {
  user: f.oneToOne('accounts.User', { onDelete: 'restrict' }),
  vatNumber: f.char({ maxLength: 20, null: true }),
})

export const Invoice = model(
  'Invoice',
  {
    customer: f.foreignKey(() => Customer, { onDelete: 'restrict', relatedName: 'invoices' }),
    number: f.char({ maxLength: 20 }),
    status: f.char({ maxLength: 10, choices: ['draft', 'sent', 'paid'], default: 'draft' }),
    sum: f.decimal({ maxDigits: 12, decimalPlaces: 2 }),
    issuedOn: f.date({ null: true }),
  },
  {
    indexes: [index({ fields: ['status', '-issuedOn'] })],
    constraints: [
      unique({ fields: ['customer', 'number'] }),
      check({ name: 'invoice_not_negative', condition: q.gte('sum', 0) }),
    ],
  },
)

export const InvoiceLine = model('InvoiceLine', {
  invoice: f.foreignKey(() => Invoice, { onDelete: 'cascade', relatedName: 'lines' }),
  product: f.foreignKey('catalogue.Product', { onDelete: 'restrict' }),
  quantity: f.positiveInteger({ default: 1 }),
  unitPrice: f.decimal({ maxDigits: 10, decimalPlaces: 2 }),
})

export const Payment = model('Payment', {
  invoice: f.foreignKey(() => Invoice, { onDelete: 'restrict', relatedName: 'payments' }),
  amount: f.decimal({ maxDigits: 12, decimalPlaces: 2 }),
  reference: f.uuid({ unique: true }),
})

import { walkthrough } from './walkthrough.ts'

const models = (fields: string): string => `
import { f, model } from 'godwit'
export const Invoice = model('Invoice', {
  number: f.char({ maxLength: 20 }),${fields}
})
`

walkthrough(
  'one-off-value',
  'A NOT NULL field for a table that has rows: they get a value given once, which becomes no default',
  { files: { 'billing/models.ts': models('') } },
  async ({ $, edit, show, sql, rows }) => {
    await $('makemigrations')
    await $('migrate')
    await sql("INSERT INTO billing_invoice (number) VALUES ('A-1'), ('A-2')")
    edit('billing/models.ts', models('\n  status: f.char({ maxLength: 20 }),'))
    await $('makemigrations', 2)
    await $(`makemigrations --answer billing.Invoice.status:fill="'draft'"`)
    show('billing/migrations/0002_invoice_status.ts')
    await $('migrate')
    await rows('SELECT number, status FROM billing_invoice ORDER BY number')
    await $('makemigrations')
    await $('migrate billing 0001')
    await rows('SELECT * FROM billing_invoice ORDER BY number')
  },
)

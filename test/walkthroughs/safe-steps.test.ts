import { walkthrough } from './walkthrough.ts'

const models = (fields: string): string => `
import { f, model } from 'godwit'
export const Invoice = model('Invoice', {
  number: f.char({ maxLength: 20 }),${fields}
})
`

walkthrough(
  'safe-steps',
  'A NOT NULL field for a large table in use, in three safe steps: nullable, filled in batches, NOT NULL',
  { files: { 'billing/models.ts': models('') } },
  async ({ $, edit, say, show, sql, rows }) => {
    await $('makemigrations')
    await $('migrate')
    await sql("INSERT INTO billing_invoice (number) VALUES ('A-1'), ('A-2'), ('A-3')")
    edit('billing/models.ts', models('\n  status: f.char({ maxLength: 20 }),'))
    await $(`makemigrations --answer billing.Invoice.status:steps=safe --answer billing.Invoice.status:fill="'draft'"`)
    show('billing/migrations/0002_invoice_status.ts')
    show('billing/migrations/0003_backfill_invoice_status.ts')
    show('billing/migrations/0004_alter_invoice_status.ts')
    await $('migrate billing 0002')
    say('The programs of before and after run side by side now; the one writes the column, and the other does not.')
    await sql("INSERT INTO billing_invoice (number) VALUES ('A-4')")
    await sql("INSERT INTO billing_invoice (number, status) VALUES ('A-5', 'sent')")
    await $('migrate')
    await rows('SELECT number, status FROM billing_invoice ORDER BY number')
    await $('makemigrations')
    await $('migrate billing 0001')
    await rows('SELECT number FROM billing_invoice ORDER BY number')
  },
)

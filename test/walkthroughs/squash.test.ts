import { walkthrough } from './walkthrough.ts'

const models = `
import { f, model } from 'godwit'
export const Invoice = model('Invoice', {
  number: f.char({ maxLength: 32 }),
  sum: f.integer({ default: 0 }),
  note: f.text({ default: '' }),
  paid: f.boolean({ default: false }),
  street: f.char({ maxLength: 50, default: '' }),
  city: f.char({ maxLength: 50, default: '' }),
  country: f.char({ maxLength: 50, default: '' }),
  phone: f.char({ maxLength: 50, default: '' }),
})
`

const names = [
  '0001_initial',
  '0002_invoice_total',
  '0003_totals',
  '0004_total_is_sum',
  '0005_invoice_note',
  '0006_invoice_paid',
  '0007_invoice_street',
  '0008_invoice_city',
  '0009_invoice_country',
  '0010_invoice_phone',
]
const field = (name: string, type: string): string => `addField({ model: 'Invoice', name: '${name}', field: ${type} })`
const text = (name: string): string => field(name, "f.char({ maxLength: 50, default: '' })")
const operations = [
  "createModel({ name: 'Invoice', fields: { id: f.bigAuto({ primaryKey: true }), number: f.char({ maxLength: 20 }) } })",
  field('total', 'f.integer({ default: 0 })'),
  "runCode({ models: { Invoice: 'billing.Invoice' }, forwards: setTotals, backwards: forgetTotals })",
  "renameField({ model: 'Invoice', from: 'total', to: 'sum' }), alterField({ model: 'Invoice', name: 'number', field: f.char({ maxLength: 32 }) })",
  field('note', "f.text({ default: '' })"),
  field('paid', 'f.boolean({ default: false })'),
  ...['street', 'city', 'country', 'phone'].map(text),
]
const code = `
export async function setTotals({ models: { Invoice } }: CodeContext) {
  await Invoice.filter({ number: { startsWith: 'A' } }).update({ total: 100 })
}
export async function forgetTotals({ models: { Invoice } }: CodeContext) {
  await Invoice.update({ total: 0 })
}
`

function migrationFile(index: number): string {
  const dependency = index === 0 ? '' : `['billing', '${names[index - 1]}']`
  return `
import { addField, alterField, type CodeContext, createModel, defineMigration, f, renameField, runCode } from 'godwit/migrations'
${names[index] === '0003_totals' ? code : ''}
export default defineMigration({
  dependencies: [${dependency}],
  operations: [${operations[index]}],
})
`
}

const migrations = Object.fromEntries(
  names.map((name, index) => [`billing/migrations/${name}.ts`, migrationFile(index)]),
)
const kept = 'SELECT number, sum FROM billing_invoice ORDER BY number'
const recorded = 'SELECT name FROM godwit_migrations ORDER BY name'

walkthrough(
  'squash',
  'The first four of ten migrations become one, with one database at none of them, one at the second and one at the tenth',
  { files: { 'billing/models.ts': models, ...migrations }, databases: ['two', 'ten'] },
  async ({ $, show, say, sql, rows }) => {
    await $('migrate billing 0002 --database two')
    await sql("INSERT INTO billing_invoice (number) VALUES ('A-1'), ('B-1')", 'two')
    await $('migrate --database ten')
    await sql("INSERT INTO billing_invoice (number, sum) VALUES ('A-1', 7)", 'ten')
    await $('squashmigrations billing 0004')
    show('billing/migrations/0001_squashed_0004_total_is_sum.ts')
    say('A new database runs the squash.')
    await $('migrate')
    await rows(recorded)
    say('One in the midst of the range goes on with the originals.')
    await $('migrate --database two')
    await rows(kept, 'two')
    say('One that is past it has nothing to do, and counts the squash as applied.')
    await $('migrate --database ten')
    await rows(kept, 'ten')
    await $('showmigrations --database ten')
    for (const database of ['default', 'two', 'ten']) await $(`migrate --check --database ${database}`)
    await $('makemigrations')
    say('All of them are past it now, so the originals can go.')
    await $('squashmigrations billing --finish')
    await $('showmigrations')
    for (const database of ['default', 'two', 'ten']) await $(`migrate --database ${database}`)
    await $('makemigrations')
  },
)

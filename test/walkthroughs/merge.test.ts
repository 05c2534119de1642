import { walkthrough } from './walkthrough.ts'

const models = (fields: string): string => `
import { f, model } from 'godwit'
export const Invoice = model('Invoice', {
  number: f.char({ maxLength: 20 }),
  total: f.integer({ default: 0 }),${fields}
})
`
const note = "\n  note: f.text({ default: '' }),"
const paid = '\n  paid: f.boolean({ default: false }),'
const history = ['customer', 'street', 'city', 'country', 'phone']

walkthrough(
  'merge',
  'Two developers write a 0007 each: makemigrations names the conflict, --merge proves that their order does not matter and joins them',
  { files: { 'billing/models.ts': models('') } },
  async ({ $, edit, git, say, project, sql, rows }) => {
    await $('makemigrations')
    say('Five more migrations later, each with one field …')
    const fields: string[] = []
    for (const name of history) {
      fields.push(`\n  ${name}: f.char({ maxLength: 50, default: '' }),`)
      project.write('billing/models.ts', models(fields.join('')))
      const { code } = await project.run(['makemigrations'])
      if (code !== 0) throw new Error(name)
    }
    const base = fields.join('')
    await $('migrate')
    await sql("INSERT INTO billing_invoice (number, total) VALUES ('A-1', 10)")
    say('Ann, on her branch:')
    edit('billing/models.ts', models(base + note))
    await $('makemigrations')
    const ann = project.read('billing/migrations/0007_invoice_note.ts')
    say('Bob, on his, which begins at 0006 as well:')
    git('switch bob', {
      without: ['billing/migrations/0007_invoice_note.ts'],
      with: { 'billing/models.ts': models(base + paid) },
    })
    await $('makemigrations')
    await $('migrate')
    git('merge ann', {
      without: [],
      with: { 'billing/migrations/0007_invoice_note.ts': ann, 'billing/models.ts': models(base + note + paid) },
    })
    await $('makemigrations', 2)
    await $('migrate', 2)
    await $('makemigrations --merge')
    await $('migrate')
    await rows('SELECT number, total, note FROM billing_invoice WHERE NOT paid')
    await $('showmigrations')
    await $('makemigrations')
  },
)

const withTotal = (type: string, fields = ''): string => `
import { f, model } from 'godwit'
export const Invoice = model('Invoice', {
  total: ${type},${fields}
})
`
const wide = 'f.bigInteger()'
const exact = 'f.decimal({ maxDigits: 12, decimalPlaces: 2 })'

walkthrough(
  'merge-refused',
  'Two developers change the same field, so their order matters: --merge says what clashes, and one of the two comes after the other',
  { files: { 'billing/models.ts': withTotal('f.integer()') } },
  async ({ $, edit, git, say, project, sql, rows }) => {
    await $('makemigrations')
    await $('migrate')
    await sql('INSERT INTO billing_invoice (total) VALUES (10)')
    edit('billing/models.ts', withTotal(wide))
    await $('makemigrations -n big_total')
    const big = project.read('billing/migrations/0002_big_total.ts')
    git('switch bob', {
      without: ['billing/migrations/0002_big_total.ts'],
      with: { 'billing/models.ts': withTotal(exact) },
    })
    await $('makemigrations -n exact_total')
    git('merge ann', {
      without: [],
      with: { 'billing/migrations/0002_big_total.ts': big, 'billing/models.ts': withTotal(exact) },
    })
    await $('makemigrations --merge', 2)
    say('Exact totals are what both want, so Bob lets his migration come after that of Ann.')
    git('rm billing/migrations/0002_exact_total.ts', { without: ['billing/migrations/0002_exact_total.ts'], with: {} })
    await $('makemigrations -n exact_total')
    await $('migrate')
    await rows('SELECT round(total) AS total FROM billing_invoice')
    await $('makemigrations')
  },
)

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createProject } from '../support/project.ts'
import { compile } from '../types/compile.ts'

const files = {
  'accounts/models.ts': `import { f, model } from 'godwit'
export const User = model('User', { name: f.char({ maxLength: 50 }), born: f.date({ null: true }) })
`,
  'billing/models.ts': `import { f, model, now } from 'godwit'
export const Tag = model('Tag', { name: f.char({ maxLength: 50 }) })
export const Invoice = model('Invoice', {
  owner: f.foreignKey('accounts.User', { relatedName: 'invoices' }),
  number: f.char({ maxLength: 32 }),
  total: f.decimal({ maxDigits: 12, decimalPlaces: 2 }),
  status: f.char({ maxLength: 20, default: 'draft', choices: ['draft', 'sent'] }),
  issuedAt: f.dateTime({ null: true }),
  createdAt: f.dateTime({ default: now() }),
  notes: f.json({ default: {} }),
  net: f.generated({ expression: q.sql('total * 0.8'), output: f.decimal({ maxDigits: 12, decimalPlaces: 2 }), stored: true }),
  tags: f.manyToMany('Tag'),
})
export const Line = model('Line', { invoice: f.foreignKey('Invoice', { relatedName: 'lines' }), amount: f.integer() })
`.replace('now }', 'now, q }'),
}

const file = 'billing/migrations/0002_fill.ts'

/** A project whose models are migrated, with a data migration over two of them. */
async function projectWithDataMigration() {
  const project = createProject({ files })
  await project.run(['makemigrations', '--no-header'])
  const args = ['--empty', '-n', 'fill', '--models', 'Invoice,accounts.User', '--no-header']
  const made = await project.run(['makemigrations', 'billing', ...args])
  assert.equal(made.code, 0, made.stderr)
  return project
}

const names = [
  'type Computed',
  'type Defaulted',
  'defineMigration',
  'type Json',
  'runCode',
  'type ToMany',
  'type ToOne',
]
const imports = ['import {', ...names.map((name) => `  ${name},`), "} from 'godwit/migrations'"].join('\n')

const types = `// The models as they are at this point of history: later changes of them do not reach this file.

/** billing.Invoice */
interface Invoice {
  id: Defaulted<number | bigint>
  ownerId: number | bigint
  number: string
  total: string
  status: Defaulted<'draft' | 'sent'>
  issuedAt: Date | null
  createdAt: Defaulted<Date>
  notes: Defaulted<Json>
  net: Computed<string>
  owner: ToOne<User>
  tags: ToMany<Tag>
  lines: ToMany<Line>
}

/** accounts.User */
interface User {
  id: Defaulted<number | bigint>
  name: string
  born: string | null
  invoices: ToMany<Invoice>
}

/** billing.Tag */
interface Tag {
  id: Defaulted<number | bigint>
  name: string
  invoice: ToMany<Invoice>
}

/** billing.Line */
interface Line {
  id: Defaulted<number | bigint>
  invoiceId: number | bigint
  amount: number
  invoice: ToOne<Invoice>
}
`

const definition = `export default defineMigration({
  dependencies: [
    ['billing', '0001_initial'],
    ['accounts', '0001_initial'],
  ],
  operations: [
    runCode<{ Invoice: Invoice; User: User }>({
      models: { Invoice: 'billing.Invoice', User: 'accounts.User' },
      async forwards({ models: { Invoice, User }, log }) {
        log(\`Invoice: \${await Invoice.count()} rows, User: \${await User.count()} rows\`)
      },
      async backwards({ models: { Invoice, User }, log }) {
        log(\`Invoice: \${await Invoice.count()} rows, User: \${await User.count()} rows\`)
      },
    }),
  ],
})
`

describe('makemigrations --empty --models', () => {
  test('writes a step of code with the row types of that point of history, which compiles and runs', async () => {
    const project = await projectWithDataMigration()
    const source = project.read(file)
    assert.equal(source, `${imports}\n\n${types}\n${definition}`)
    assert.equal(compile({ 'fill.ts': source }).output, '')
    for (const target of [[], ['billing', '0001']]) {
      const { code, stderr } = await project.run(['migrate', ...target])
      assert.equal(code, 0, stderr)
      assert.match(stderr, /Invoice: 0 rows, User: 0 rows/)
    }
  })

  test('lets the compiler check the code against these types', async () => {
    const project = await projectWithDataMigration()
    const filled = project.read(file).replace(
      /async forwards[\s\S]*?\n {6}\},/,
      `async forwards({ models: { Invoice, User }, log }) {
        await Invoice.filter({ owner: { name: 'Greg', born: null }, lines: { amount: { gt: 3 } } }).update({ status: 'sent' })
        await User.filter({ invoices: { status: { in: ['draft'] } } }).update({ name: ({ upper, column }) => upper(column('name')) })
        for await (const { total, issuedAt } of Invoice.values('total', 'issuedAt')) log(total.trim() + issuedAt?.getTime())
        await User.create({ name: 'Greg' })
        // @ts-expect-error There is no such field.
        Invoice.filter({ stat: 'draft' })
        // @ts-expect-error There is no such field at the other end.
        Invoice.filter({ owner: { username: 'Greg' } })
        // @ts-expect-error It is none of the choices.
        await Invoice.update({ status: 'paid' })
        // @ts-expect-error Nobody writes what the database computes.
        await Invoice.update({ net: '1.00' })
        // @ts-expect-error A name is needed.
        await User.create({})
      },`,
    )
    assert.equal(compile({ 'fill.ts': filled }).output, '')
  })

  test('types what works in batches as well', async () => {
    const project = await projectWithDataMigration()
    const source = `import { batched, type Defaulted, type ToMany, type ToOne } from 'godwit/migrations'
${/interface User[\s\S]*?\n}\n/.exec(project.read(file))?.[0].replace('Invoice', 'unknown')}
export const fill = batched<User, { Invoice: { total: string; owner: ToOne<User> } }>({
  model: 'accounts.User',
  models: { Invoice: 'billing.Invoice' },
  where: { born: { isNull: false } },
  async run({ rows, models: { Invoice } }) {
    for await (const { id, born } of rows) await Invoice.filter({ owner: { id } }).update({ total: born ?? '0' })
  },
  backwards: { set: { born: null } },
})
export const wrong = [
  // @ts-expect-error There is no such field.
  batched<User>({ model: 'User', where: { bornOn: null }, run: { set: { born: null } } }),
  // @ts-expect-error A date is its text.
  batched<User>({ model: 'User', run: { set: { born: 5 } } }),
]
export const untyped = batched({ model: 'User', where: { born: null }, run: { set: { born: '2026-11-21' } } })
`
    assert.equal(compile({ 'fill.ts': source }).output, '')
  })

  test('says what a mistyped model is called, and where one of another app is', async () => {
    const project = await projectWithDataMigration()
    const firstLine = async (app: readonly string[], models: string): Promise<string | undefined> => {
      const { code, stderr } = await project.run(['makemigrations', ...app, '--models', models])
      assert.equal(code, 2)
      return stderr.split('\n')[0]
    }
    assert.deepEqual(
      [
        await firstLine(['billing', '--empty'], 'Invoic'),
        await firstLine(['billing', '--empty'], 'User'),
        await firstLine(['billing', '--empty'], 'acounts.User'),
        await firstLine(['billing', 'accounts', '--empty'], 'Invoice'),
        await firstLine(['billing'], 'Invoice'),
      ],
      [
        'error: History has no model billing.Invoic. Did you mean "Invoice"?',
        'error: History has no model billing.User. Did you mean "accounts.User"?',
        'error: History has no model acounts.User. Did you mean "accounts.User"?',
        'error: --models writes a data migration into one app, with --empty.',
        'error: --models writes a data migration into one app, with --empty.',
      ],
    )
  })
})

import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { databases, describeOnEach } from '../support/databases.ts'
import { createProject, type TestProject } from '../support/project.ts'
import type { DatabaseUnderTest } from '../support/test-database.ts'

const models = (fields: string): string => `
import { f, model } from 'godwit'
export const Invoice = model('Invoice', { number: f.char({ maxLength: 32 }), ${fields} })
`
const note = 'note: f.text({ null: true }), '
const due = 'due: f.date({ null: true }), '

/** A project whose first migration is written, and applied. */
async function invoicesOn(on: DatabaseUnderTest): Promise<TestProject> {
  const project = createProject({ files: { 'billing/models.ts': models('') }, database: await on.create() })
  assert.equal((await project.run(['makemigrations', '--no-header'])).code, 0)
  assert.equal((await project.run(['migrate'])).code, 0)
  return project
}

/** Changes the models to have these fields, and makes migrations. */
async function make(project: TestProject, fields: string, ...args: readonly string[]) {
  project.write('billing/models.ts', models(fields))
  const { code, stdout, stderr } = await project.run(['makemigrations', '--no-header', ...args])
  return { code, stdout: stdout.split('\n').slice(0, -1), stderr: stderr.split('\n').slice(0, -1) }
}

function migrationsIn(project: TestProject): readonly string[] {
  return readdirSync(join(project.dir, 'billing/migrations')).toSorted()
}

describeOnEach('makemigrations --update', { concurrency: 2 }, (on) => {
  test('folds one change after the other into the migration that is being written, which is then applied', async () => {
    const project = await invoicesOn(on)
    await make(project, note)
    assert.deepEqual(await make(project, note + due, '--update'), {
      code: 0,
      stdout: [
        "Migrations for 'billing':",
        '  billing/migrations/0002_invoice_note_invoice_due.ts',
        '    + Add field note to Invoice',
        '    + Add field due to Invoice',
        'Deleted billing/migrations/0002_invoice_note.ts',
      ],
      stderr: [],
    })
    assert.deepEqual((await make(project, due, '--update')).stdout, [
      "Migrations for 'billing':",
      '  billing/migrations/0002_invoice_due.ts',
      '    + Add field due to Invoice',
      'Deleted billing/migrations/0002_invoice_note_invoice_due.ts',
    ])
    assert.deepEqual(migrationsIn(project), ['0001_initial.ts', '0002_invoice_due.ts'])
    assert.equal((await project.run(['migrate'])).code, 0)
    const client = await project.database()
    await client.exec("INSERT INTO billing_invoice (number, due) VALUES ('A-1', '2026-11-21')")
    assert.equal((await client.all('SELECT id, number, due FROM billing_invoice')).length, 1)
    await client.close()
    assert.deepEqual((await make(project, due, '--update')).stdout, ['No changes detected'])
  })

  test('refuses where the migration is applied, and where that cannot be seen', async () => {
    const project = await invoicesOn(on)
    const refused = await make(project, note, '--update')
    assert.deepEqual(
      [refused.code, refused.stderr[0]],
      [2, 'error: billing.0001_initial is applied in the database "default", so nothing can be folded into it.'],
    )
    const config = project.read('godwit.config.ts')
    project.write(
      'godwit.config.ts',
      config.replace(/(default): *'/, "replica: 'postgres://nobody@127.0.0.1:1/none', $1: '"),
    )
    await make(project, note)
    const unseen = await make(project, note + due, '--update')
    assert.equal(unseen.code, 2)
    assert.match(
      unseen.stderr[0] ?? '',
      /^error: Whether billing\.0002_invoice_note is applied in the database "replica" cannot be seen: /,
    )
    assert.deepEqual(migrationsIn(project), ['0001_initial.ts', '0002_invoice_note.ts'])
    assert.equal((await make(project, note + due, '--update', '--database', 'default')).code, 0)
    assert.deepEqual(migrationsIn(project), ['0001_initial.ts', '0002_invoice_note_invoice_due.ts'])
  })

  test('carries code over with its text, its comments, and what the file declares for it', async () => {
    const project = await invoicesOn(on)
    project.write('billing/numbers.ts', "export const prefix = 'INV-'\n")
    project.write(
      'billing/migrations/0002_prefix.ts',
      `// Numbers get their prefix, see the ticket.
import { type CodeContext, defineMigration, runCode } from 'godwit/migrations'
import { prefix } from '../numbers.ts'

const column: string = 'number'

export default defineMigration({
  dependencies: [['billing', '0001_initial']],
  operations: [
    // Old numbers only.
    runCode({
      async forwards({ db }: CodeContext) {
        const rows = await db.selectFrom('billing_invoice').selectAll().execute()
        for (const row of rows) {
          // One by one: there are few.
          await db.updateTable('billing_invoice').set({ [column]: prefix + row['number'] }).where('id', '=', row['id']).execute()
        }
      },
      async backwards() {},
    }),
  ],
})
`,
    )
    const client = await project.database()
    await client.exec("INSERT INTO billing_invoice (number) VALUES ('1')")
    const updated = await make(project, note, '--update')
    assert.deepEqual(updated.stdout, [
      "Migrations for 'billing':",
      '  billing/migrations/0002_prefix.ts',
      '    c Run code',
      '    + Add field note to Invoice',
    ])
    const source = project.read('billing/migrations/0002_prefix.ts')
    for (const kept of [
      '// Numbers get their prefix, see the ticket.\nimport { addField, type CodeContext, defineMigration, f, runCode }',
      "import { prefix } from '../numbers.ts'\n\nconst column: string = 'number'\n",
      '    // Old numbers only.\n    runCode({\n      async forwards({ db }: CodeContext) {\n',
      '          // One by one: there are few.\n',
    ]) {
      assert.ok(source.includes(kept), `${kept}\nis in\n${source}`)
    }
    assert.equal((await project.run(['migrate'])).code, 0)
    assert.deepEqual(await client.all('SELECT number, note FROM billing_invoice'), [{ number: 'INV-1', note: null }])
    await client.close()
  })
})

describe('makemigrations --update', { concurrency: 2 }, () => {
  const [sqlite] = databases
  assert.ok(sqlite !== undefined)
  const unmigrated = async (files: Readonly<Record<string, string>> = {}) =>
    createProject({ files: { 'billing/models.ts': models(''), ...files }, database: await sqlite.create() })

  test('keeps an initial migration what it is', async () => {
    const project = await unmigrated()
    await make(project, '')
    assert.deepEqual((await make(project, note, '--update')).stdout, [
      "Migrations for 'billing':",
      '  billing/migrations/0001_initial.ts',
      '    + Create model Invoice',
    ])
    assert.deepEqual(migrationsIn(project), ['0001_initial.ts'])
    assert.match(project.read('billing/migrations/0001_initial.ts'), /note: f\.text\(/)
  })

  test('takes a name, and keeps one that a person gave', async () => {
    const project = await unmigrated()
    await make(project, '')
    await make(project, note, '-n', 'remarks')
    assert.equal((await make(project, note + due, '--update')).stdout[1], '  billing/migrations/0002_remarks.ts')
    await make(project, `${note}${due}paid: f.boolean({ default: false }),`, '--update', '--name', 'payments')
    assert.deepEqual(migrationsIn(project), ['0001_initial.ts', '0002_payments.ts'])
  })

  test('deletes a migration of which nothing is left', async () => {
    const project = await unmigrated()
    await make(project, '')
    await make(project, note)
    assert.deepEqual(await make(project, '', '--update', '--check'), {
      code: 2,
      stdout: ['Would delete billing/migrations/0002_invoice_note.ts'],
      stderr: ['The models have changes that are in no migration; run `godwit makemigrations`.'],
    })
    assert.deepEqual((await make(project, '', '--update')).stdout, ['Deleted billing/migrations/0002_invoice_note.ts'])
    assert.deepEqual((await make(project, '')).stdout, ['No changes detected'])
  })

  test('says which comments found no place, and keeps the line ends of the file', async () => {
    const project = await unmigrated()
    await make(project, '')
    await make(project, note)
    const file = 'billing/migrations/0002_invoice_note.ts'
    const commented = project.read(file).replace('addField({', '// For the auditors.\n    addField({')
    project.write(
      file,
      commented.replace('  dependencies', '  // After the first.\n  dependencies').replaceAll('\n', '\r\n'),
    )
    const shorter = 'note: f.char({ maxLength: 9, null: true }), '
    const updated = await make(project, shorter + due, '--update')
    assert.deepEqual(updated.stderr, [
      'Comments that found no place in what is written anew:',
      '// After the first.',
      '// For the auditors.',
    ])
    const text = project.read('billing/migrations/0002_invoice_note_invoice_due.ts')
    assert.ok(text.includes('\r\n') && !/[^\r]\n/.test(text), text)
  })

  test('leaves a file alone that it cannot write anew with all that it holds', async () => {
    const project = await unmigrated()
    await make(project, '')
    await make(project, note)
    const file = 'billing/migrations/0002_invoice_note.ts'
    const written = project.read(file)
    const steps = '[1].map((n) => runCode({ forwards: ({ log }) => log(String(n)) }))'
    for (const text of [
      `${written.replace('export default', '// Kept.\nconst migration =')}\nexport default migration\n`,
      written.replace('addField,', 'addField, runCode,').replace('operations: [', `operations: [...${steps},`),
    ]) {
      project.write(file, text)
      const refused = await make(project, note + due, '--update')
      assert.equal(refused.code, 2)
      assert.match(refused.stderr[0] ?? '', /^error: billing\/migrations\/0002_invoice_note\.ts cannot be written anew/)
      assert.equal(project.read(file), text)
    }
  })

  test('refuses to rename a file from which another migration imports', async () => {
    const project = await unmigrated()
    await make(project, '')
    await make(project, note)
    const first = project.read('billing/migrations/0001_initial.ts')
    project.write('billing/migrations/0001_initial.ts', `import './0002_invoice_note.ts'\n${first}`)
    const refused = await make(project, note + due, '--update')
    assert.equal(refused.code, 2)
    assert.match(refused.stderr[0] ?? '', /0001_initial\.ts imports from billing\/migrations\/0002_invoice_note\.ts/)
    assert.deepEqual(migrationsIn(project), ['0001_initial.ts', '0002_invoice_note.ts'])
  })

  test('asks as ever, and shows what it would write', async () => {
    const project = await unmigrated()
    await make(project, '')
    await make(project, note)
    const status = `${note}status: f.char({ maxLength: 20 }),`
    const open = await make(project, status, '--update')
    assert.deepEqual([open.code, open.stderr[0]], [2, 'error: A question is open and there is nobody to ask.'])
    const answered = ['--update', '--answer', "billing.Invoice.status:fill='draft'"]
    const dry = await make(project, status, ...answered, '--dry-run', '-v', '3')
    assert.ok(dry.stdout.includes('// billing/migrations/0002_invoice_note_invoice_status.ts'))
    assert.ok(dry.stdout.at(-1) === 'Would delete billing/migrations/0002_invoice_note.ts')
    assert.deepEqual(migrationsIn(project), ['0001_initial.ts', '0002_invoice_note.ts'])
    project.write('billing/models.ts', models(status))
    const { removed, migrations, written } = JSON.parse(
      (await project.run(['makemigrations', ...answered, '--json'])).stdout,
    )
    assert.deepEqual(
      [removed, migrations.length, written],
      [[join(project.dir, 'billing/migrations/0002_invoice_note.ts')], 1, true],
    )
  })

  test('leaves the safe steps that follow as migrations of their own', async () => {
    const project = await unmigrated()
    await make(project, '')
    await make(project, note)
    const steps = ['--answer', 'billing.Invoice.status:steps=safe', '--answer', "billing.Invoice.status:fill='draft'"]
    const { code, stdout } = await make(project, `${note}status: f.char({ maxLength: 20 }),`, '--update', ...steps)
    assert.equal(code, 0)
    assert.deepEqual(
      migrationsIn(project).map((file) => file.slice(0, 4)),
      ['0001', '0002', '0003', '0004'],
    )
    assert.ok(stdout.includes('Deleted billing/migrations/0002_invoice_note.ts'))
    assert.equal((await project.run(['migrate'])).code, 0)
    assert.deepEqual((await make(project, `${note}status: f.char({ maxLength: 20 }),`)).stdout, ['No changes detected'])
  })

  test('refuses where there is no migration yet, where others count on the last one, and where it replaces others', async () => {
    const project = await unmigrated()
    const first = async (fields: string) => {
      const { code, stderr } = await make(project, fields, '--update')
      return `${code} ${stderr[0]}`
    }
    assert.equal(await first(''), '2 error: billing has no migration that its changes could be folded into.')
    await make(project, '')
    const file = 'billing/migrations/0001_initial.ts'
    const source = project.read(file)
    project.write(
      'billing/migrations/0001_all.ts',
      source.replace('operations: [', "replaces: [['billing', '0001_initial']], operations: ["),
    )
    assert.equal(
      await first(note),
      '2 error: billing.0001_all replaces other migrations, so nothing can be folded into it.',
    )
  })
})

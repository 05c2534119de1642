import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createProject } from '../support/project.ts'

const invoice = (fields: string): string => `
import { f, model } from 'godwit'
export const Invoice = model('Invoice', { number: f.char({ maxLength: 32 }), ${fields} })
`

/** A project with one migration, whose models then change to hold these fields. */
async function evolved(before: string, after: string) {
  const project = createProject({ files: { 'billing/models.ts': invoice(before) } })
  assert.equal((await project.run(['makemigrations'])).code, 0)
  project.write('billing/models.ts', invoice(after))
  return project
}

describe('makemigrations', { concurrency: true }, () => {
  test('writes a file and says what is in it', async () => {
    const project = createProject({ files: { 'billing/models.ts': invoice('paid: f.boolean({ default: false })') } })
    const first = await project.run(['makemigrations'])
    assert.deepEqual(first, {
      code: 0,
      signal: null,
      stdout: "Migrations for 'billing':\n  billing/migrations/0001_initial.ts\n    + Create model Invoice\n",
      stderr: '',
    })
    const source = project.read('billing/migrations/0001_initial.ts')
    assert.match(source, /^\/\/ Written by Godwit \d+\.\d+\.\d+ on \d{4}-\d\d-\d\d\nimport \{/)
    assert.deepEqual(await project.run(['makemigrations', 'billing']), {
      code: 0,
      signal: null,
      stdout: "No changes detected in app 'billing'\n",
      stderr: '',
    })
  })

  test('in a dry run prints the file at -v 3 and writes nothing', async () => {
    const project = await evolved('', 'note: f.text({ null: true })')
    const dry = await project.run(['makemigrations', '--dry-run', '-v', '3', '--no-header'])
    assert.deepEqual(dry.stdout.split('\n').slice(0, 5), [
      "Migrations for 'billing':",
      '  billing/migrations/0002_invoice_note.ts',
      '    + Add field note to Invoice',
      '',
      '// billing/migrations/0002_invoice_note.ts',
    ])
    assert.match(dry.stdout, /\nimport \{ addField, defineMigration, f \} from 'godwit\/migrations'\n/)
    assert.ok(!existsSync(join(project.dir, 'billing/migrations/0002_invoice_note.ts')))
  })

  test('as a check exits with 2 when something would be written, and with 0 when not', async () => {
    const project = await evolved('', 'note: f.text({ null: true })')
    const open = await project.run(['makemigrations', '--check'])
    assert.equal(open.code, 2)
    assert.match(open.stdout, /0002_invoice_note\.ts/)
    assert.match(open.stderr, /changes that are in no migration/)
    await project.run(['makemigrations', '-v', '0'])
    assert.deepEqual(await project.run(['makemigrations', '--check', '-v', '0']), {
      code: 0,
      signal: null,
      stdout: '',
      stderr: '',
    })
  })

  test('without a terminal names the flags that answer a question, and writes nothing', async () => {
    const project = await evolved('', 'status: f.char({ maxLength: 20 })')
    const open = await project.run(['makemigrations'])
    assert.equal(open.code, 2)
    assert.match(open.stderr, /^error: A question is open and there is nobody to ask\./)
    assert.match(open.stderr, /--answer billing\.Invoice\.status:fill=VALUE\n/)
    assert.match(open.stderr, /--answer billing\.Invoice\.status:steps=safe/)
    const json = await project.run(['makemigrations', '--json'])
    assert.equal(json.code, 2)
    const { error } = JSON.parse(json.stdout)
    assert.equal(error.code, 'detection.unanswered')
    assert.deepEqual(
      error.details.questions.map(({ key }: { key: string }) => key),
      ['billing.Invoice.status:fill'],
    )
    assert.ok(!existsSync(join(project.dir, 'billing/migrations/0002_invoice_status.ts')))
  })

  test('takes answers from flags and from a file, a flag first', async () => {
    const project = await evolved('total: f.integer()', 'sum: f.integer(), status: f.char({ maxLength: 20 })')
    project.write(
      'answers.json',
      JSON.stringify({ 'billing.Invoice.sum:renamedFrom': 'none', 'billing.Invoice.status:fill': 'draft' }),
    )
    const made = await project.run([
      ...['makemigrations', '--answers', 'answers.json', '-n', 'status'],
      ...['--answer', 'billing.Invoice.sum:renamedFrom=total'],
    ])
    assert.deepEqual(made, {
      code: 0,
      signal: null,
      stdout: [
        "Migrations for 'billing':",
        '  billing/migrations/0002_status.ts',
        '    ~ Rename field total on Invoice to sum',
        '    + Add field status to Invoice',
        '',
      ].join('\n'),
      stderr: '',
    })
    assert.match(project.read('billing/migrations/0002_status.ts'), /fillExisting: 'draft'/)
  })

  test('refuses what the kind of database cannot have before it asks or writes anything', async () => {
    const project = await evolved('', 'tags: f.array(f.text()), status: f.text(),')
    const refused = await project.run(['makemigrations', '--json'])
    assert.equal(refused.code, 2)
    assert.equal(JSON.parse(refused.stdout).error.code, 'models.notSupported')
    assert.deepEqual(readdirSync(join(project.dir, 'billing/migrations')), ['0001_initial.ts'])
    project.write(
      'godwit.config.ts',
      project.read('godwit.config.ts').replace(/sqlite:[^'"]*/, 'postgres://nobody@nowhere.invalid/billing'),
    )
    assert.equal(
      (
        await project.run([
          'makemigrations',
          '--dry-run',
          '--answer',
          'billing.Invoice.tags:fill=[]',
          '--answer',
          "billing.Invoice.status:fill=''",
        ])
      ).code,
      0,
    )
  })

  test('makes an empty migration for an app that is named', async () => {
    const project = await evolved('', '')
    const nameless = await project.run(['makemigrations', '--empty'])
    assert.deepEqual(
      [nameless.code, nameless.stderr.split('\n')[0]],
      [2, 'error: An empty migration needs an app to stand in.'],
    )
    const made = await project.run(['makemigrations', 'billing', '--empty', '--name', 'copy_totals', '--no-header'])
    assert.equal(made.stdout, "Migrations for 'billing':\n  billing/migrations/0002_copy_totals.ts\n")
    assert.match(
      project.read('billing/migrations/0002_copy_totals.ts'),
      /dependencies: \[\['billing', '0001_initial'\]\]/,
    )
    assert.equal((await project.run(['makemigrations', '--check'])).code, 0)
  })

  test('answers with data for programs', async () => {
    const project = createProject({ files: { 'billing/models.ts': invoice('') } })
    const { migrations, written } = JSON.parse((await project.run(['makemigrations', '--json'])).stdout)
    const [{ app, name, file, operations }] = migrations
    assert.deepEqual(
      { app, name, file, operations, written },
      {
        app: 'billing',
        name: '0001_initial',
        file: join(project.dir, 'billing/migrations/0001_initial.ts'),
        operations: [{ symbol: '+', description: 'Create model Invoice' }],
        written: true,
      },
    )
  })

  test('refuses an unknown app, an unusable name, answers that cannot be read, and an app whose models are gone', async () => {
    const project = await evolved('', '')
    const firstLine = async (...args: string[]) => {
      const { code, stderr } = await project.run(['makemigrations', ...args])
      return `${code} ${stderr.split('\n')[0]}`
    }
    project.write('broken.json', '{')
    assert.deepEqual(
      [
        await firstLine('biling'),
        await firstLine('--database', 'defalt'),
        await firstLine('--name', 'add-status'),
        await firstLine('--answers', 'none.json'),
        (await firstLine('--answers', 'broken.json')).slice(0, 67),
      ],
      [
        '2 error: There is no app called "biling". Did you mean "billing"?',
        '2 error: godwit.config.ts has no database called "defalt". Did you mean "default"?',
        '2 error: A migration cannot be called "add-status".',
        '2 error: The answers in none.json cannot be read: the file cannot be opened.',
        '2 error: The answers in broken.json cannot be read: it is no JSON (',
      ],
    )
    project.write('billing/model.ts', project.read('billing/models.ts'))
    project.write('godwit.config.ts', project.read('godwit.config.ts').replace('"billing"', '"billing/migrations"'))
    assert.match(await firstLine(), /^2 error: The app migrations has no models: billing\/migrations holds neither/)
  })
})

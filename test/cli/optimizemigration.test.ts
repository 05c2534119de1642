import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { describeOnEach } from '../support/databases.ts'
import { createProject, type TestProject } from '../support/project.ts'

const models = `
import { f, index, model } from 'godwit'
export const Invoice = model(
  'Invoice',
  { total: f.integer(), note: f.text({ default: '' }), paidAt: f.date({ null: true }) },
  { indexes: [index({ fields: ['paidAt'], name: 'by_payment' })] },
)
`

const initial = `import { createModel, defineMigration, f } from 'godwit/migrations'

export default defineMigration({
  operations: [createModel({ name: 'Invoice', fields: { id: f.bigAuto({ primaryKey: true }), sum: f.integer() } })],
})
`

/** As a person leaves it behind who has worked on a feature for a week. */
const week = `// The week of the notes.
import { addField, addIndex, alterField, type CodeContext, defineMigration, f, index, renameField, renameIndex, runCode } from 'godwit/migrations'
import { words } from '../words.ts'

const table = 'billing_invoice'

/** Says what is there. */
async function look({ log }: CodeContext): Promise<void> {
  log(\`looking at \${table}\`)
}

export default defineMigration({
  dependencies: [['billing', '0001_initial']],
  operations: [
    addField({ model: 'Invoice', name: 'text', field: f.text({ null: true }) }),
    // The customers ask for it.
    renameField({ model: 'Invoice', from: 'sum', to: 'total' }),
    // Not NULL after all.
    alterField({ model: 'Invoice', name: 'text', field: f.text({ default: '' }), fillExisting: 'none yet' }),
    runCode({
      description: 'Look',
      forwards: look,
      async backwards({ log }: CodeContext): Promise<void> {
        log(\`\${words}
  on two lines\`)
      },
    }),
    renameField({ model: 'Invoice', from: 'text', to: 'note' }),
    addField({ model: 'Invoice', name: 'paid', field: f.date({ null: true }) }),
    addIndex({ model: 'Invoice', index: index({ fields: ['paid'] }) }),
    renameIndex({ model: 'Invoice', index: index({ fields: ['paid'] }), name: 'by_payment' }),
    renameField({ model: 'Invoice', from: 'paid', to: 'paidAt' }),
  ],
})

export const howMany = 9
`

const files = {
  'billing/models.ts': models,
  'billing/words.ts': "export const words: string = 'some words'\n",
  'billing/migrations/0001_initial.ts': initial,
  'billing/migrations/0002_week.ts': week,
}
const path = 'billing/migrations/0002_week.ts'

async function succeeded(project: TestProject, ...args: readonly string[]) {
  const run = await project.run(args)
  assert.equal(run.code, 0, run.stderr)
  return run
}

async function refused(project: TestProject, ...args: readonly string[]): Promise<string> {
  const run = await project.run([...args, '--json'])
  assert.equal(run.code, 2, run.stdout + run.stderr)
  return JSON.parse(run.stdout).error.code
}

describeOnEach('optimizemigration', { concurrency: 2 }, (on) => {
  test('writes a migration with fewer operations, keeps the rest as it is written, and leads where it led', async () => {
    const project = createProject({ files, database: await on.create() })
    const { stdout, stderr } = await succeeded(project, 'optimizemigration', 'billing', '0002')
    assert.equal(
      stdout,
      `Optimizing from 9 operations to 7 operations.
  + Add field text to Invoice
  ~ Rename field sum on Invoice to total
  c Look
  ~ Rename field text on Invoice to note
  + Add field paid to Invoice
  + Create index by_payment on paid of Invoice
  ~ Rename field paid on Invoice to paidAt
Optimized migration ${path}
`,
    )
    assert.equal(stderr, 'Comments of operations that were merged are left out:\n// Not NULL after all.\n')
    assert.equal(project.read(path), shortWeek)
    assert.deepEqual(readdirSync(join(project.dir, 'billing/migrations')).toSorted(), [
      '0001_initial.ts',
      '0002_week.ts',
    ])
    await succeeded(project, 'makemigrations', '--check')
    await succeeded(project, 'migrate', 'billing', '0001')
    const client = await project.database()
    await client.exec('INSERT INTO billing_invoice (sum) VALUES (3)')
    const applied = await succeeded(project, 'migrate')
    assert.match(applied.stdout + applied.stderr, /looking at billing_invoice/)
    assert.deepEqual(
      (await client.all('SELECT total, note, paid_at FROM billing_invoice')).map((row) => ({ ...row })),
      [{ total: 3, note: 'none yet', paid_at: null }],
    )
    await client.close()
    const unapplied = await succeeded(project, 'migrate', 'billing', '0001')
    assert.match(unapplied.stdout + unapplied.stderr, /some words\n {2}on two lines/)
    const again = await succeeded(project, 'optimizemigration', 'billing', '0002')
    assert.equal(again.stdout, 'No optimizations possible.\n')
  })

  test('leaves a migration alone that a database has applied', async () => {
    const project = createProject({ files, database: await on.create() })
    await succeeded(project, 'migrate')
    assert.equal(await refused(project, 'optimizemigration', 'billing', '0002'), 'optimize.applied')
    assert.equal(project.read(path), week)
    const looked = await project.run(['optimizemigration', 'billing', '0002', '--check'])
    assert.equal(looked.code, 2)
    await succeeded(project, 'migrate', 'billing', '0001')
    await succeeded(project, 'optimizemigration', 'billing', '0002')
    await succeeded(project, 'migrate')
  })
})

const shortWeek = week
  .replace(
    /import \{ addField.*\n/,
    `import {
  addField,
  addIndex,
  type CodeContext,
  defineMigration,
  f,
  index,
  renameField,
  runCode,
} from 'godwit/migrations'\n`,
  )
  .replace('field: f.text({ null: true }) }', "field: f.text({ default: '' }), fillExisting: 'none yet' }")
  .replace(/ {4}\/\/ Not NULL.*\n.*\n/, '')
  .replace("fields: ['paid'] }", "fields: ['paid'], name: 'by_payment' }")
  .replace(/ {4}renameIndex.*\n/, '')

describe('optimizemigration', { concurrency: 2 }, () => {
  test('--check and --dry-run write nothing and need no database', async () => {
    const project = createProject({ files })
    const checked = await project.run(['optimizemigration', 'billing', '0002', '--check'])
    assert.equal(checked.code, 2)
    assert.match(checked.stderr, /It can be shortened; run `godwit optimizemigration billing 0002_week`\.\n$/)
    assert.match(checked.stdout, /^Optimizing from 9 operations to 7 operations\.\n/)
    const dry = await succeeded(project, 'optimizemigration', 'billing', '0002', '--dry-run', '-v', '3')
    assert.ok(dry.stdout.endsWith(`\n// ${path}\n${shortWeek}\n`), dry.stdout)
    assert.equal(project.read(path), week)
    assert.deepEqual(readdirSync(project.dir).includes('app.db'), false)
    const nothing = await succeeded(project, 'optimizemigration', 'billing', '0001', '--check')
    assert.equal(nothing.stdout, 'No optimizations possible.\n')
    assert.equal((await succeeded(project, 'optimizemigration', 'billing', '0001', '-v', '0')).stdout, '')
  })

  test('tells --json all that it did', async () => {
    const project = createProject({ files })
    const { stdout } = await succeeded(project, 'optimizemigration', 'billing', '0002', '--json')
    const { optimized, ...rest } = JSON.parse(stdout)
    assert.deepEqual(rest, {
      app: 'billing',
      name: '0002_week',
      operationsBefore: 9,
      lostComments: ['// Not NULL after all.'],
      notAsked: [],
      written: true,
    })
    assert.equal(optimized.source, shortWeek)
    assert.equal(optimized.operations.length, 7)
  })

  test('says which database could not be asked, and goes on', async () => {
    const away =
      "import { defineConfig } from 'godwit'\nexport default defineConfig({ apps: ['billing'], databases: { default: 'sqlite:./app.db', far: 'postgres://127.0.0.1:1/none' } })\n"
    const project = createProject({ files: { ...files, 'godwit.config.ts': away } })
    const { stderr } = await succeeded(project, 'optimizemigration', 'billing', '0002')
    assert.match(stderr, /Whether 0002_week is applied in the database "far" could not be seen: /)
    const other = createProject({ files: { ...files, 'godwit.config.ts': away } })
    const named = await succeeded(other, 'optimizemigration', 'billing', '0002', '--database', 'default')
    assert.doesNotMatch(named.stderr, /could not be seen/)
  })

  test('keeps the line ends of a file, and steps that are elidable', async () => {
    const elidable = week
      .replace("description: 'Look',", "description: 'Look', elidable: true,")
      .replaceAll('\n', '\r\n')
    const project = createProject({ files: { ...files, [path]: elidable } })
    await succeeded(project, 'optimizemigration', 'billing', '0002')
    const written = project.read(path)
    assert.equal(written.replaceAll('\r\n', '').includes('\n'), false)
    assert.match(written, /elidable: true/)
  })

  test('refuses a file that is written otherwise, and leaves it as it is', async () => {
    const apart = week
      .replace('export default defineMigration', 'const migration = defineMigration')
      .concat('export default migration\n')
    const project = createProject({ files: { ...files, [path]: apart } })
    assert.equal(await refused(project, 'optimizemigration', 'billing', '0002'), 'optimize.notRewritable')
    const computed = week.replace('operations: [', 'operations: [...[]].concat([').replace('  ],\n})', '  ]),\n})')
    const other = createProject({ files: { ...files, [path]: computed } })
    await succeeded(other, 'optimizemigration', 'billing', '0002')
    assert.match(other.read(path), /forwards: look,\n {6}async backwards\(\{ log \}: CodeContext\): Promise<void> \{/)
    assert.equal(await refused(project, 'optimizemigration', 'billing', '0009'), 'migrations.unknownMigration')
    assert.equal(await refused(project, 'optimizemigration', 'biling', '0001'), 'migrations.unknownApp')
    assert.equal(await refused(project, 'optimizemigration', 'billing'), 'cli.missingArgument')
    assert.equal(
      await refused(project, 'optimizemigration', 'billing', '0002', '--database', 'far'),
      'config.unknownDatabase',
    )
    assert.equal(project.read(path), apart)
  })
})

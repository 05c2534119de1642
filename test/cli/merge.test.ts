import assert from 'node:assert/strict'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { mergeMigrations, type Question } from '../../src/api.ts'
import { databases, describeOnEach } from '../support/databases.ts'
import { createProject, type TestProject } from '../support/project.ts'
import type { DatabaseUnderTest } from '../support/test-database.ts'

const models = (fields: string): string => `
import { f, model } from 'godwit'
export const Invoice = model('Invoice', { number: f.char({ maxLength: 32 }), ${fields} })
`

const migration = (dependencies: readonly string[], operations: string): string => `
import { addField, createModel, defineMigration, f, removeField, renameField, runCode, runSql } from 'godwit/migrations'
export default defineMigration({
  dependencies: [${dependencies.map((name) => `['billing', '${name}']`).join(', ')}],
  operations: [${operations}],
})
`

const add = (name: string): string => `addField({ model: 'Invoice', name: '${name}', field: f.text({ null: true }) })`
const afterSix = (operations: string): string => migration(['0006_e'], operations)

/** Six migrations in a row, as files: the number of an invoice and five more fields. */
function sixMigrations(): Readonly<Record<string, string>> {
  const names = ['0001_initial', '0002_a', '0003_b', '0004_c', '0005_d', '0006_e']
  const initial = `createModel({
    name: 'Invoice', fields: { id: f.bigAuto({ primaryKey: true }), number: f.char({ maxLength: 32 }) },
  })`
  return Object.fromEntries(
    names.map((name, position) => [
      `billing/migrations/${name}.ts`,
      migration(names.slice(0, position).slice(-1), position === 0 ? initial : add(name.slice(5))),
    ]),
  )
}

const six = sixMigrations()
const five = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}: f.text({ null: true }), `).join('')

/** Two developers who each wrote a migration after the sixth. */
async function branchesOn(
  on: DatabaseUnderTest,
  files: Readonly<Record<string, string>>,
  fields = '',
): Promise<TestProject> {
  const named = Object.fromEntries(Object.entries(files).map(([name, text]) => [`billing/migrations/${name}.ts`, text]))
  return createProject({
    files: { 'billing/models.ts': models(five + fields), ...six, ...named },
    database: await on.create(),
  })
}

const noteAndPaid = {
  '0007_note': afterSix(add('note')),
  '0007_paid': afterSix(add('paid')),
}
const bothFields = 'note: f.text({ null: true }), paid: f.text({ null: true }),'

function migrationsIn(project: TestProject): readonly string[] {
  return readdirSync(join(project.dir, 'billing/migrations')).toSorted()
}

/** What a person reads, durations left out. */
async function told(project: TestProject, ...args: readonly string[]) {
  const { code, stdout, stderr } = await project.run(args)
  return {
    code,
    stdout: stdout.split('\n').slice(0, -1),
    stderr: stderr
      .replace(/ \([\d.]+ m?s\)/g, '')
      .split('\n')
      .slice(0, -1),
  }
}

async function columnsOf(project: TestProject): Promise<readonly string[]> {
  const client = await project.database()
  try {
    await client.exec("INSERT INTO billing_invoice (number) VALUES ('A-1')")
    const [row = {}] = await client.all('SELECT * FROM billing_invoice')
    return Object.keys(row)
  } finally {
    await client.close()
  }
}

describeOnEach('makemigrations --merge', { concurrency: 2 }, (on) => {
  test('two developers, who each wrote a 0007 after 0006, are told, and their branches merged and applied', async () => {
    const project = await branchesOn(on, noteAndPaid, bothFields)
    for (const command of ['migrate', 'makemigrations']) {
      const refused = await told(project, command)
      assert.equal(refused.code, 2)
      assert.equal(refused.stderr[0], 'error: billing has 2 last migrations: 0007_note and 0007_paid.')
      assert.match(refused.stderr.join('\n'), /`godwit makemigrations --merge`/)
    }
    assert.deepEqual(await told(project, 'makemigrations', '--merge', '--no-header'), {
      code: 0,
      stdout: [
        'Merging billing',
        '  Branch 0007_note',
        '    0007_note',
        '      + Add field note to Invoice',
        '  Branch 0007_paid',
        '    0007_paid',
        '      + Add field paid to Invoice',
        '  They commute: every order has the same outcome.',
        "Migrations for 'billing':",
        '  billing/migrations/0008_merge_0007_note_0007_paid.ts',
      ],
      stderr: [],
    })
    assert.equal(
      project.read('billing/migrations/0008_merge_0007_note_0007_paid.ts'),
      [
        "import { defineMigration } from 'godwit/migrations'",
        '',
        'export default defineMigration({',
        '  dependencies: [',
        "    ['billing', '0007_note'],",
        "    ['billing', '0007_paid'],",
        '  ],',
        '  operations: [],',
        '})',
        '',
      ].join('\n'),
    )
    const migrated = await told(project, 'migrate')
    assert.equal(migrated.code, 0)
    assert.deepEqual(migrated.stderr.slice(-3), [
      '  Applying billing.0007_note… done',
      '  Applying billing.0007_paid… done',
      '  Applying billing.0008_merge_0007_note_0007_paid… done',
    ])
    assert.deepEqual(await columnsOf(project), ['id', 'number', 'a', 'b', 'c', 'd', 'e', 'note', 'paid'])
    assert.deepEqual((await told(project, 'makemigrations')).stdout, ['No changes detected'])
    assert.deepEqual(await told(project, 'makemigrations', '--merge'), {
      code: 0,
      stdout: ['No conflicts detected to merge.'],
      stderr: [],
    })
  })

  test('a database that has had one branch gets the other one', async () => {
    const project = await branchesOn(on, { '0007_paid': noteAndPaid['0007_paid'] }, bothFields)
    assert.equal((await project.run(['migrate'])).code, 0)
    project.write('billing/migrations/0007_note.ts', noteAndPaid['0007_note'])
    assert.equal((await project.run(['makemigrations', '--merge'])).code, 0)
    assert.equal((await project.run(['migrate'])).code, 0)
    assert.deepEqual((await columnsOf(project)).toSorted(), ['a', 'b', 'c', 'd', 'e', 'id', 'note', 'number', 'paid'])
  })

  test('branches that clash are not merged; one is deleted and made anew on top of the other', async () => {
    const project = await branchesOn(
      on,
      {
        '0007_more': afterSix(`${add('note')}, ${add('due')}`),
        '0007_note': afterSix(
          "addField({ model: 'Invoice', name: 'note', field: f.char({ maxLength: 9, default: '' }) })",
        ),
      },
      "note: f.char({ maxLength: 9, default: '' }), due: f.text({ null: true }),",
    )
    const refused = await told(project, 'makemigrations', '--merge')
    assert.equal(refused.code, 2)
    assert.deepEqual(refused.stderr.slice(0, 6), [
      'error: The branches 0007_more and 0007_note of billing do not commute: two operations clash.',
      '',
      '  billing.0007_more: Add field note to Invoice',
      '  billing.0007_note: Add field note to Invoice',
      '    both concern the field note of billing.Invoice; where they are the same, one of them is enough',
      '',
    ])
    const json = await project.run(['makemigrations', '--merge', '--json'])
    const { error } = JSON.parse(json.stdout)
    assert.deepEqual([json.code, error.code, error.details.clashes.length], [2, 'merge.branchesClash', 1])
    assert.match(refused.stderr.join('\n'), /delete 0007_note\.ts and run `godwit makemigrations billing`/)
    assert.deepEqual(migrationsIn(project).slice(6), ['0007_more.ts', '0007_note.ts'])
    rmSync(join(project.dir, 'billing/migrations/0007_note.ts'))
    const anew = await told(project, 'makemigrations')
    assert.deepEqual(anew.stdout.slice(1), [
      '  billing/migrations/0008_alter_invoice_note.ts',
      '    ~ Alter field note on Invoice',
    ])
    assert.equal((await project.run(['migrate'])).code, 0)
  })

  test('SQL that nobody can judge is a question, which a flag answers', async () => {
    const files = {
      '0007_note': noteAndPaid['0007_note'],
      '0007_sql': afterSix("runSql({ forwards: 'UPDATE billing_invoice SET a = number' })"),
    }
    const project = await branchesOn(on, files, 'note: f.text({ null: true }),')
    const open = await told(project, 'makemigrations', '--merge')
    assert.equal(open.code, 2)
    const text = open.stderr.join('\n')
    assert.match(text, /^error: A question is open and there is nobody to ask\.\n/)
    assert.match(
      text,
      /\n {4}Add field note to Invoice \(billing\.0007_note\) and Run SQL[^\n]* \(billing\.0007_sql\): nothing says what SQL reads/,
    )
    assert.match(text, /\n {4}--answer billing:merge=yes\n {4}--answer billing:merge=no\n/)
    const left = await told(project, 'makemigrations', '--merge', '--answer', 'billing:merge=no')
    assert.deepEqual(
      [left.code, left.stdout.slice(-2)],
      [0, ['  Not proven to commute.', 'The branches of billing are left as they are.']],
    )
    assert.equal(migrationsIn(project).length, 8)
    project.write('answers.json', '{ "billing:merge": true }')
    const merged = await told(project, 'makemigrations', '--merge', '--answers', 'answers.json')
    assert.deepEqual(merged.stdout.slice(-3), [
      '  Not proven to commute; taken at your word.',
      "Migrations for 'billing':",
      '  billing/migrations/0008_merge_0007_note_0007_sql.ts',
    ])
    assert.equal((await project.run(['migrate'])).code, 0)
  })
})

describe('makemigrations --merge', { concurrency: 2 }, () => {
  const [sqlite] = databases
  assert.ok(sqlite !== undefined)

  test('joins more than two branches, under a name of its own, and shows what it would do first', async () => {
    const project = await branchesOn(sqlite, { ...noteAndPaid, '0009_due': afterSix(add('due')) })
    const merge = ['makemigrations', 'billing', '--merge', '--name', 'together', '--no-header']
    const check = await told(project, ...merge, '--check')
    assert.equal(check.code, 2)
    assert.deepEqual(check.stderr, ['There are branches to merge; run `godwit makemigrations --merge`.'])
    const dry = await told(project, ...merge, '--dry-run', '-v', '3')
    assert.equal(dry.code, 0)
    assert.ok(dry.stdout.includes('// billing/migrations/0010_together.ts'))
    assert.ok(dry.stdout.includes("    ['billing', '0009_due'],"))
    assert.equal(migrationsIn(project).length, 9)
    const { examined, migrations, written } = JSON.parse((await project.run([...merge, '--json'])).stdout)
    assert.deepEqual(
      [examined[0].branches.map(({ name }: { name: string }) => name), migrations[0].name, written],
      [['0007_note', '0007_paid', '0009_due'], '0010_together', true],
    )
    assert.equal((await project.run(['makemigrations', '--merge', '--check'])).code, 0)
  })

  test('shows all that a branch consists of, and names the merge after the minute where the names are long', async () => {
    const long = 'x'.repeat(40)
    const project = await branchesOn(sqlite, { ...noteAndPaid, [`0008_${long}`]: migration(['0007_paid'], add('due')) })
    const merged = await told(project, 'makemigrations', '--merge')
    assert.deepEqual(merged.stdout.slice(4, 9), [
      `  Branch 0008_${long}`,
      '    0007_paid',
      '      + Add field paid to Invoice',
      `    0008_${long}`,
      '      + Add field due to Invoice',
    ])
    assert.match(merged.stdout.at(-1) ?? '', /\/0009_merge_\d{8}_\d{4}\.ts$/)
  })

  test('says where another order has another outcome and no two operations explain it', async () => {
    const field = (name: string, column: string) =>
      `addField({ model: 'Invoice', name: '${name}', field: f.text({ null: true, column: '${column}' }) })`
    const project = await branchesOn(sqlite, {
      '0007_first': afterSix(field('note', 'extra')),
      '0007_second': afterSix(field('paid', 'Extra')),
    })
    const refused = await told(project, 'makemigrations', '--merge')
    assert.equal(refused.code, 2)
    assert.match(
      refused.stderr.join('\n'),
      /another order has another outcome\.\n\n {2}in the order of a new database: .*extra/i,
    )
  })

  test('leaves alone the branches of apps that are not named', async () => {
    const project = await branchesOn(sqlite, noteAndPaid)
    project.write('accounts/models.ts', models('').replace('Invoice', 'User').replace("'Invoice'", "'User'"))
    project.write('godwit.config.ts', project.read('godwit.config.ts').replace('["billing"]', '["billing","accounts"]'))
    assert.deepEqual(await told(project, 'makemigrations', 'accounts', '--merge'), {
      code: 0,
      stdout: ["No conflicts detected to merge in app 'accounts'."],
      stderr: [],
    })
  })

  test('asks somebody who is there, for what is proven as well', async () => {
    const project = await branchesOn(sqlite, noteAndPaid)
    const asked: Question[] = []
    const answer = (kind: 'merge' | 'doNotMerge') =>
      mergeMigrations({
        cwd: project.dir,
        dryRun: true,
        questioner: async (questions) => {
          asked.push(...questions)
          return new Map(questions.map(({ key }) => [key, { kind }]))
        },
      })
    assert.deepEqual((await answer('doNotMerge')).migrations, [])
    assert.deepEqual(
      (await answer('merge')).migrations.map(({ name }) => name),
      ['0008_merge_0007_note_0007_paid'],
    )
    assert.deepEqual(
      asked.map((question) => question.kind === 'merge' && [question.key, question.unproven]),
      [
        ['billing:merge', []],
        ['billing:merge', []],
      ],
    )
  })

  test('is not asked for together with what makes other migrations', async () => {
    const project = await branchesOn(sqlite, noteAndPaid)
    for (const other of [['--update'], ['--empty'], ['--models', 'Invoice']]) {
      const { code, stderr } = await told(project, 'makemigrations', 'billing', '--merge', ...other)
      assert.deepEqual([code, stderr[0]], [2, `error: --merge and ${other[0]} cannot be given together.`])
    }
    const stray = await told(project, 'makemigrations', '--merge', '--answer', 'biling:merge=yes')
    assert.deepEqual(
      [stray.code, stray.stderr[0]],
      [2, 'error: No question is called "biling:merge". Did you mean "billing:merge"?'],
    )
  })
})

import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createProject, type TestProject } from '../support/project.ts'

const models = `
import { f, model } from 'godwit'
export const Bill = model('Bill', { total: f.integer({ null: true }), words: f.text({ null: true }) })
`

/** A migration's file with these operations, behind the one before it. */
function migrationFile(
  operations: string,
  { before, more = '', head = '' }: { before?: string; more?: string; head?: string } = {},
) {
  const dependencies = before === undefined ? '' : `dependencies: [['billing', '${before}']],`
  return `import { addField, addIndexConcurrently, createModel, defineMigration, f, renameModel, runCode, runSql } from 'godwit/migrations'
${head}
export default defineMigration({ ${dependencies} ${more} operations: [${operations}] })
`
}

const history: Readonly<Record<string, string>> = {
  'billing/models.ts': models,
  'billing/migrations/0001_initial.ts': migrationFile(
    "createModel({ name: 'Invoice', fields: { id: f.bigAuto({ primaryKey: true }), total: f.integer({ null: true }) } })",
  ),
  'billing/migrations/0002_words.ts': migrationFile(
    "addField({ model: 'Invoice', name: 'words', field: f.text({ null: true }) })",
    { before: '0001_initial' },
  ),
  'billing/migrations/0003_bill.ts': migrationFile("renameModel({ from: 'Invoice', to: 'Bill' })", {
    before: '0002_words',
  }),
}

async function succeeded(project: TestProject, args: readonly string[]): Promise<string> {
  const run = await project.run(args)
  assert.equal(run.code, 0, run.stderr)
  return run.stdout
}

function migrationsOf(project: TestProject, app = 'billing'): readonly string[] {
  return readdirSync(join(project.dir, app, 'migrations')).sort()
}

async function refused(project: TestProject, args: readonly string[]): Promise<string> {
  const run = await project.run([...args, '--json'])
  assert.equal(run.code, 2, run.stdout + run.stderr)
  return JSON.parse(run.stdout).error.code
}

const dir = 'billing/migrations'

describe('squashmigrations', { concurrency: true }, () => {
  test('writes one migration for a range, leaves the originals, and the models still have no changes', async () => {
    const project = createProject({ files: history })
    const run = await project.run(['squashmigrations', 'billing', '0003', '--no-header'])
    assert.equal(run.stderr.split('\n').length, 3, run.stderr)
    assert.deepEqual(run.stdout.split('\n'), [
      'Will squash the following migrations of billing:',
      '  0001_initial',
      '  0002_words',
      '  0003_bill',
      'Optimized from 3 operations to 1 operation.',
      'Created new squashed migration billing/migrations/0001_squashed_0003_bill.ts',
      '    + Create model Bill',
      '',
    ])
    assert.deepEqual(migrationsOf(project), [
      '0001_initial.ts',
      '0001_squashed_0003_bill.ts',
      '0002_words.ts',
      '0003_bill.ts',
    ])
    assert.equal(
      project.read(`${dir}/0001_squashed_0003_bill.ts`),
      `import { createModel, defineMigration, f } from 'godwit/migrations'

export default defineMigration({
  replaces: [
    ['billing', '0001_initial'],
    ['billing', '0002_words'],
    ['billing', '0003_bill'],
  ],
  initial: true,
  operations: [
    createModel({
      name: 'Bill',
      fields: {
        id: f.bigAuto({ primaryKey: true }),
        total: f.integer({ null: true }),
        words: f.text({ null: true }),
      },
    }),
  ],
})
`,
    )
    assert.equal(await succeeded(project, ['makemigrations']), 'No changes detected\n')
    await succeeded(project, ['migrate'])
    const client = await project.database()
    assert.deepEqual(await client.all('SELECT id, total, words FROM billing_bill'), [])
    await client.close()
  })

  test('in a dry run prints the file and writes nothing', async () => {
    const project = createProject({ files: history })
    const text = await succeeded(project, ['squashmigrations', 'billing', '0002', '0003', '--dry-run', '-v', '3'])
    assert.match(text, /^Would create billing\/migrations\/0002_words_squashed_0003_bill\.ts$/m)
    assert.match(text, /^No optimizations possible\.$/m)
    assert.match(text, /dependencies: \[\['billing', '0001_initial'\]\]/)
    assert.equal(migrationsOf(project).length, 3)
  })

  test('keeps operations with --no-optimize, takes a name, and answers as JSON', async () => {
    const project = createProject({ files: history })
    const args = ['squashmigrations', 'billing', '0003', '--no-optimize', '--squashed-name', 'all', '--json']
    const { squashes, written, range, kept, cuts, removed } = JSON.parse(await succeeded(project, args))
    assert.deepEqual(
      { written, range, kept, cuts, removed },
      {
        written: true,
        range: ['0001_initial', '0002_words', '0003_bill'],
        kept: [],
        cuts: [],
        removed: [],
      },
    )
    const [{ name, replaces, operations, operationsBefore, atomic, code }] = squashes
    assert.deepEqual([name, operations.length, operationsBefore, atomic, code], ['0001_all', 3, 3, true, []])
    assert.deepEqual(replaces, range)
  })

  test('refuses what it cannot squash', async () => {
    const project = createProject({ files: history })
    const code = (...args: readonly string[]) => refused(project, ['squashmigrations', ...args])
    assert.deepEqual(
      await Promise.all([
        code('biling', '0003'),
        code('billing', '0009'),
        code('billing', '0001'),
        code('billing', '0003', '0002'),
        code('billing', '0003', '--squashed-name', 'a-b'),
        code('billing', '0003', '--squashed-name', 'initial', '--dry-run'),
        code('billing'),
        code('billing', '0003', '--finish', '--unapplied'),
        code('billing', '0003', '--finish'),
        code('billing', '--finish'),
      ]),
      [
        'migrations.unknownApp',
        'migrations.unknownMigration',
        'squash.nothingToSquash',
        'squash.startNotBefore',
        'cli.nameNotUsable',
        'migrations.fileExists',
        'cli.missingArgument',
        'cli.conflictingFlags',
        'squash.notASquash',
        'squash.nothingToFinish',
      ],
    )
    await succeeded(project, ['squashmigrations', 'billing', '0002'])
    assert.equal(await code('billing', '0001_initial', '0003'), 'squash.alreadyReplaced')
    assert.equal(await code('billing', '0003', '--squashed-name', 'squashed_0002_words'), 'migrations.fileExists')
  })

  test('imports code that its file exports by name, and writes other code out', async () => {
    const project = createProject({
      files: {
        ...history,
        [`${dir}/0004_code.ts`]: migrationFile("runCode({ forwards: fill, description: 'Fill the totals' })", {
          before: '0003_bill',
          head: "export async function fill({ db }) { await db.insertInto('billing_bill').values({ total: 7 }).execute() }",
        }),
        [`${dir}/0005_more.ts`]: migrationFile('runCode({ async forwards({ log }) { log(factor + " times") } })', {
          before: '0004_code',
          head: 'const factor = 2',
        }),
      },
    })
    const text = await succeeded(project, ['squashmigrations', 'billing', '0005', '--no-header'])
    assert.match(text, /^The code of "Fill the totals" in billing\.0004_code is imported from there\.$/m)
    assert.match(
      text,
      /^The code of "Run code" in billing\.0005_more is written out, with what it uses there: factor\./m,
    )
    const source = project.read(`${dir}/0001_squashed_0005_more.ts`)
    assert.match(source, /^import \{ fill \} from '\.\/0004_code\.ts'$/m)
    assert.match(source, /Written out from 0005_more\.ts, with what it uses there: factor\./)
    const run = await project.run(['migrate'])
    assert.equal(run.code, 0, run.stderr)
    assert.match(run.stderr, /2 times/)
    const client = await project.database()
    assert.deepEqual(await client.all('SELECT total FROM billing_bill'), [{ total: 7 }])
    await client.close()
  })

  test('is split where apps would come to wait for each other, and every command still works', async () => {
    const project = createProject({
      files: {
        ...history,
        'blog/models.ts': `
          import { f, model } from 'godwit'
          export const Post = model('Post', { bill: f.foreignKey('billing.Bill', { null: true }) })`,
        'blog/migrations/0001_initial.ts': `
          import { createModel, defineMigration, f } from 'godwit/migrations'
          export default defineMigration({ dependencies: [['billing', '0002_words']], runBefore: [['billing', '0003_bill']], operations: [
            createModel({ name: 'Post', fields: { id: f.bigAuto({ primaryKey: true }), bill: f.foreignKey('billing.Invoice', { null: true }) } }) ] })`,
        'billing/models.ts': `
          import { f, model } from 'godwit'
          export const Bill = model('Bill', {
            total: f.integer({ null: true }), words: f.text({ null: true }), text: f.text({ null: true }),
            post: f.foreignKey('blog.Post', { null: true }) })`,
        [`${dir}/0004_post.ts`]: `
          import { addField, defineMigration, f } from 'godwit/migrations'
          export default defineMigration({ dependencies: [['billing', '0003_bill'], ['blog', '0001_initial']], operations: [
            addField({ model: 'Bill', name: 'post', field: f.foreignKey('blog.Post', { null: true }) }) ] })`,
        [`${dir}/0005_text.ts`]: migrationFile(
          "addField({ model: 'Bill', name: 'text', field: f.text({ null: true }) })",
          { before: '0004_post' },
        ),
      },
    })
    const text = await succeeded(project, ['squashmigrations', 'billing', '0005', '--squashed-name', 'all'])
    assert.deepEqual(
      text.match(/billing\/migrations\/\w+\.ts/g),
      ['0001_all_1', '0003_all_2'].map((name) => `${dir}/${name}.ts`),
    )
    assert.match(
      text,
      /^ {2}Split: billing\.0003_bill waits for blog\.0001_initial, which waits for an earlier migration of billing\.$/m,
    )
    assert.match(text, /^0001_all_1 for 0001_initial and 0002_words:\n/m)
    assert.equal(await succeeded(project, ['makemigrations']), 'No changes detected\n')
    await succeeded(project, ['migrate'])
    assert.match(await succeeded(project, ['showmigrations', 'billing']), /\[X\] 0001_all_1/)
  })

  test('of squashes takes a database at every point of the first history to the same end', async () => {
    const databases = ['zero', 'two', 'three', 'squashed']
    const project = createProject({
      files: {
        ...history,
        'godwit.config.ts': `
          import { defineConfig } from 'godwit'
          export default defineConfig({ apps: { billing: './billing' }, databases: {
            default: 'sqlite:./app.db', ${databases.map((name) => `${name}: 'sqlite:./${name}.db'`).join(', ')} } })`,
      },
    })
    await succeeded(project, ['migrate', 'billing', '0002', '--database', 'two'])
    await succeeded(project, ['migrate', '--database', 'three'])
    await succeeded(project, ['squashmigrations', 'billing', '0002'])
    await succeeded(project, ['migrate', '--database', 'squashed'])
    await succeeded(project, ['squashmigrations', 'billing', '0003'])
    assert.match(
      project.read(`${dir}/0001_squashed_0003_bill.ts`),
      /replaces: \[\n {4}\['billing', '0001_squashed_0002_words'\],/,
    )
    for (const name of databases) {
      await succeeded(project, ['migrate', '--database', name])
      assert.equal(await succeeded(project, ['migrate', '--check', '--database', name, '-v', '0']), '')
    }
    const finished = await succeeded(project, ['squashmigrations', 'billing', '--finish'])
    assert.match(finished, /^Removed 4 files\.$/m)
    assert.deepEqual(migrationsOf(project), ['0001_squashed_0003_bill.ts'])
    for (const name of databases) {
      await succeeded(project, ['migrate', 'billing', '--prune', '--database', name])
      await succeeded(project, ['migrate', '--check', '--database', name])
    }
  })
})

describe('squashmigrations --unapplied', { concurrency: true }, () => {
  test('makes one file of a branch in place', async () => {
    const project = createProject({
      files: { ...history, [`${dir}/0004_last.ts`]: migrationFile('', { before: '0003_bill' }) },
    })
    await succeeded(project, ['migrate', 'billing', '0001'])
    const text = await succeeded(project, ['squashmigrations', 'billing', '0002', '0003', '--unapplied'])
    assert.match(text, /^Removed billing\/migrations\/0002_words\.ts, billing\/migrations\/0003_bill\.ts$/m)
    assert.deepEqual(migrationsOf(project), [
      '0001_initial.ts',
      '0002_invoice_words_rename_invoice_bill.ts',
      '0004_last.ts',
    ])
    assert.doesNotMatch(project.read(`${dir}/0002_invoice_words_rename_invoice_bill.ts`), /replaces/)
    assert.match(project.read(`${dir}/0004_last.ts`), /\['billing', '0002_invoice_words_rename_invoice_bill'\]/)
    await succeeded(project, ['migrate'])
    assert.equal(await succeeded(project, ['makemigrations']), 'No changes detected\n')
  })

  test('says which comments are in no file any more', async () => {
    const project = createProject({ files: history })
    const file = `${dir}/0002_words.ts`
    project.write(file, project.read(file).replace('operations: [', 'operations: [\n// For the auditors.\n'))
    const told = /^Comments that found no place in what is written anew:\n\/\/ For the auditors\.$/m
    assert.match(await succeeded(project, ['squashmigrations', 'billing', '0003', '--unapplied', '--dry-run']), told)
    assert.doesNotMatch(await succeeded(project, ['squashmigrations', 'billing', '0003', '--dry-run']), told)
  })

  test('keeps the name of the beginning', async () => {
    const project = createProject({ files: history })
    await succeeded(project, ['squashmigrations', 'billing', '0003', '--unapplied'])
    assert.deepEqual(migrationsOf(project), ['0001_initial.ts'])
    assert.match(project.read(`${dir}/0001_initial.ts`), /name: 'Bill'/)
  })

  test('is refused where a database has recorded one, or cannot be asked, and where another app refers to one', async () => {
    const project = createProject({ files: history })
    await succeeded(project, ['migrate', 'billing', '0002'])
    const args = ['squashmigrations', 'billing', '0003', '--unapplied']
    assert.equal(await refused(project, args), 'squash.applied')
    project.write(
      'godwit.config.ts',
      "export default { apps: { billing: './billing' }, databases: { default: 'sqlite:./none.db', other: 'postgres://nobody@127.0.0.1:1/none' } }",
    )
    assert.equal(await refused(project, args), 'squash.databaseNotAsked')
    project.write(
      'godwit.config.ts',
      "export default { apps: { billing: './billing', blog: './blog' }, databases: { default: 'sqlite:./none.db' } }",
    )
    project.write(
      'blog/migrations/0001_initial.ts',
      migrationFile('').replace('{  ', "{ dependencies: [['billing', '0002_words']],"),
    )
    assert.equal(await refused(project, args), 'squash.dependedOn')
    assert.equal(migrationsOf(project).length, 3)
  })
})

describe('squashmigrations --finish', { concurrency: true }, () => {
  const withCode = {
    ...history,
    [`${dir}/0004_code.ts`]: migrationFile('runCode({ forwards: fill })', {
      before: '0003_bill',
      head: "export async function fill({ log }) { log('filled') }",
    }),
  }

  test('is refused while a database is not past the squash', async () => {
    const project = createProject({ files: history })
    await succeeded(project, ['migrate', 'billing', '0002'])
    await succeeded(project, ['squashmigrations', 'billing', '0003'])
    assert.equal(await refused(project, ['squashmigrations', 'billing', '--finish']), 'squash.notPast')
    assert.equal(await refused(project, ['squashmigrations', 'billing', '0002', '--finish']), 'squash.alreadyReplaced')
    assert.equal(migrationsOf(project).length, 4)
  })

  test('takes the originals away, writes out what was imported from them, and has others refer to the squash', async () => {
    const project = createProject({ files: { ...withCode } })
    project.write(`${dir}/0005_last.ts`, migrationFile('', { before: '0004_code' }))
    await succeeded(project, ['migrate'])
    await succeeded(project, ['squashmigrations', 'billing', '0004', '--no-header'])
    await succeeded(project, ['migrate'])
    const dry = await succeeded(project, ['squashmigrations', 'billing', '--finish', '--dry-run'])
    assert.equal(migrationsOf(project).length, 6)
    const text = await succeeded(project, ['squashmigrations', 'billing', '--finish'])
    assert.deepEqual(text.split('\n'), [...dry.split('\n').slice(0, -1), 'Removed 4 files.', ''])
    assert.deepEqual(migrationsOf(project), ['0001_squashed_0004_code.ts', '0005_last.ts'])
    assert.match(project.read(`${dir}/0005_last.ts`), /\[\['billing', '0001_squashed_0004_code'\]\]/)
    const source = project.read(`${dir}/0001_squashed_0004_code.ts`)
    assert.doesNotMatch(source, /replaces|from '\.\//)
    assert.match(source, /log\('filled'\)/)
    assert.equal(await succeeded(project, ['makemigrations']), 'No changes detected\n')
    await succeeded(project, ['migrate', '--check'])
  })

  test('is refused where another file imports from one that would go', async () => {
    const project = createProject({ files: withCode })
    await succeeded(project, ['squashmigrations', 'billing', '0004'])
    project.write(
      `${dir}/0005_last.ts`,
      migrationFile('runCode({ forwards: fill })', {
        before: '0004_code',
        head: "import { fill } from './0004_code.ts'",
      }),
    )
    assert.equal(await refused(project, ['squashmigrations', 'billing', '--finish']), 'squash.importedElsewhere')
  })
})

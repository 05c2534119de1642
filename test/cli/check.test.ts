import assert from 'node:assert/strict'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { findingKinds } from '../../src/api/check/finding-kinds.ts'
import { checkProject, loadProject, migrate } from '../../src/api.ts'
import { describeOnEach } from '../support/databases.ts'
import { createProject } from '../support/project.ts'
import type { TestDatabase } from '../support/test-database.ts'
import { branched, dropBody, files, found, inShort, migration, models } from './checked-project.ts'

describe('check, without a database', { concurrency: 2 }, () => {
  test('finds nothing in a project that is as it should be', async () => {
    assert.deepEqual(await found(createProject({ files })), [])
    assert.deepEqual(await found(branched(files, {})), [])
  })

  test('finds what is in the models and in no migration, at the model', async () => {
    const changed = { ...files, 'blog/models.ts': models.replace('title:', 'stars: f.integer({ default: 0 }), title:') }
    const [finding] = (await checkProject({ cwd: createProject({ files: changed }).dir })).findings
    assert.deepEqual(finding, {
      id: 'models.changed',
      severity: 'error',
      app: 'blog',
      file: 'blog/models.ts',
      line: 3,
      column: 21,
      message: 'The models of blog have changes that are in no migration:\n  + Add field stars to Post',
      fix: 'Run `godwit makemigrations blog`, read what it writes, and commit it.',
    })
    const asking = { ...files, 'blog/models.ts': models.replace('title:', 'stars: f.integer(), title:') }
    assert.deepEqual(await found(createProject({ files: asking })), ['error models.undecided blog/models.ts:3'])
  })

  test('goes on after what cannot be read', async () => {
    const project = createProject({
      files: {
        ...files,
        'blog/models.ts': `${models}export const x = nothing.there\n`,
        'blog/migrations/0002_broken.ts': 'export default defineMigration({\n',
        'blog/migrations/0003_empty.ts': 'export const nothing = 1\n',
        'blog/migrations/0004_code.ts': migration('0003_empty', 'runCode({ async forwards() {} })'),
      },
    })
    assert.deepEqual(await found(project), [
      'error models.notLoadable blog/models.ts:4',
      'error migrations.notLoadable blog/migrations/0002_broken.ts:1',
      'error migrations.notLoadable blog/migrations/0003_empty.ts',
    ])
  })

  test('finds migrations that no order can be made of, and branches of them', async () => {
    const add = (name: string): string => `addField({ model: 'Post', name: '${name}', field: f.text({ null: true }) })`
    const waiting = { ...files, 'blog/migrations/0002_a.ts': migration('0009_nowhere', add('a')) }
    assert.deepEqual(await found(createProject({ files: waiting })), [
      'error migrations.noOrder blog/migrations/0002_a.ts',
    ])
    const unfit = {
      ...files,
      'blog/migrations/0002_a.ts': migration('0001_initial', "removeField({ model: 'Post', name: 'x' })"),
    }
    assert.deepEqual(await found(createProject({ files: unfit })), [
      'error migrations.doNotFit blog/migrations/0002_a.ts:6',
    ])
    const branches = {
      ...files,
      'blog/migrations/0002_a.ts': migration('0001_initial', add('a')),
      'blog/migrations/0002_b.ts': migration('0001_initial', add('b')),
    }
    assert.deepEqual(await found(createProject({ files: branches })), [
      'error migrations.severalLeaves blog/migrations/0002_b.ts',
    ])
  })

  test('finds what has no way back, and what nothing tells of after a crash', async () => {
    const operations = [
      "runSql({ forwards: 'UPDATE blog_post SET title = 1' })",
      "runSql({ forwards: { sqlite: '', postgres: '', mariadb: 'GRANT SELECT ON *.* TO me' }, backwards: [] })",
      'runSql({ forwards: [], backwards: [] })',
      'runCode({ async forwards() {} })',
      'runCode({ async forwards() {}, async backwards() {} })',
      "batched({ model: 'Post', run: { set: { title: '' } } })",
    ].join(',\n    ')
    const config = `
import { defineConfig } from 'godwit'
export default defineConfig({ apps: ['blog'], databases: { default: 'sqlite:./app.db', other: 'mariadb://me@nowhere/blog' } })
`
    const project = createProject({
      files: {
        ...files,
        'godwit.config.ts': config,
        'blog/migrations/0002_data.ts': migration('0001_initial', operations, 'atomic: false,\n  '),
      },
    })
    // Without git and without a database nobody knows what is new.
    assert.deepEqual(await found(project), [
      'warning migrations.irreversible blog/migrations/0002_data.ts:7',
      'warning migrations.dataWithoutReverse blog/migrations/0002_data.ts:10',
      'warning migrations.dataWithoutReverse blog/migrations/0002_data.ts:12',
      'warning migrations.outcomeUnknown blog/migrations/0002_data.ts:7',
      'warning migrations.outcomeUnknown blog/migrations/0002_data.ts:8',
    ])
  })

  test('a file whose list of operations is computed has no line', async () => {
    const text = migration('0001_initial', '...[runCode({ async forwards() {} })]')
    const project = createProject({ files: { ...files, 'blog/migrations/0002_data.ts': text } })
    assert.deepEqual(await found(project), ['warning migrations.dataWithoutReverse blog/migrations/0002_data.ts'])
  })

  test('of a database it asks what lives there', async () => {
    const config = `
import { defineConfig } from 'godwit'
export default defineConfig({
  apps: ['blog'],
  databases: { default: 'sqlite:./default.db', other: 'sqlite:./other.db' },
  router: { blog: 'default' },
})
`
    const project = createProject({ files: { ...files, 'godwit.config.ts': config } })
    const dropped = createProject({ files: { ...files, ...dropBody, 'godwit.config.ts': config } })
    for (const database of ['default', 'other']) {
      const migrated = await loadProject({ cwd: project.dir })
      await migrate({ project: migrated, database })
      cpSync(join(project.dir, `${database}.db`), join(dropped.dir, `${database}.db`))
    }
    assert.deepEqual(await found(dropped, { database: 'default' }), [
      'warning migrations.destructive blog/migrations/0002_drop_body.ts:6',
      'info migrations.needsEmptyTable blog/migrations/0002_drop_body.ts:6',
      'info database.notApplied',
    ])
    assert.deepEqual(await found(dropped, { database: 'other' }), ['info database.notApplied'])
  })

  test('asks only about the named apps', async () => {
    const shop = {
      'shop/models.ts': models,
      'shop/migrations/0001_initial.ts': migration(undefined, 'runCode({ async forwards() {} })'),
    }
    const project = createProject({ files: { ...files, ...shop } })
    assert.deepEqual(await found(project, { apps: ['blog'] }), [])
    assert.deepEqual((await found(project, { apps: ['shop'] })).length, 2)
    await assert.rejects(found(project, { apps: ['shpo'] }), { code: 'config.unknownApp' })
  })
})

/** Outside of GitHub's CI, also where these tests run in it. */
const local = { GITHUB_ACTIONS: '' }

describe('check, as a command', { concurrency: 2 }, () => {
  test('tells people, GitHub and programs', async () => {
    const project = branched(files, dropBody)
    const place = 'blog/migrations/0002_drop_body.ts'
    const [person, strict, github, program] = await Promise.all([
      project.run(['check'], local),
      project.run(['check', '--strict', '-v', '2'], local),
      project.run(['check', 'blog'], { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: join(project.dir, '..') }),
      project.run(['check', '--json'], { GITHUB_ACTIONS: 'true' }),
    ])
    const text = `warning  migrations.destructive  ${place}:6:5
  "Remove field body from Post" of blog.0002_drop_body drops the column blog_post.body with its values.
  fix: Be sure that nobody needs the data, and that the code which is deployed before it no longer reads or writes there; \`backwards\` brings the structure back, never the data.

info     migrations.needsEmptyTable  ${place}:6:5
  "Remove field body from Post" of blog.0002_drop_body can be unapplied only while blog_post is empty: the column takes no NULL and has no default.

1 warning, 1 note in 2 migrations.
`
    assert.deepEqual([person.code, person.stdout, person.stderr], [0, text, ''])
    assert.deepEqual([strict.code, strict.stdout.match(/ {2}fix: /g)?.length], [2, 2])
    assert.equal(strict.stderr, 'No database was asked; --database NAME asks one.\n')
    const [warning = '', ...rest] = github.stdout.slice(text.length).split('\n')
    const folder = project.dir.slice(project.dir.lastIndexOf('/') + 1)
    const properties = `file=${folder}/${place},line=6,col=5,title=godwit%3A migrations`
    assert.ok(github.stdout.startsWith(text), 'annotations come behind the lines')
    assert.ok(warning.startsWith(`::warning ${properties}.destructive::"Remove field body`), warning)
    assert.ok(
      warning.endsWith(
        'its values.%0ABe sure that nobody needs the data, and that the code which is deployed before it no longer reads or writes there; `backwards` brings the structure back, never the data.',
      ),
    )
    assert.deepEqual(rest, [''], 'notes are for the log')
    const data = JSON.parse(program.stdout)
    assert.deepEqual([data.findings.length, data.errors, data.warnings, data.root], [2, 0, 1, project.dir])
  })

  test('what the config gives a reason for may stay', async () => {
    const config = `
import { defineConfig } from 'godwit'
export default defineConfig({
  apps: ['blog'],
  databases: { default: 'sqlite:./app.db' },
  check: { ignore: [{ id: 'migrations.*', migration: 'blog.0002_*', reason: 'nobody reads it' }] },
})
`
    const { code, stdout } = await branched({ ...files, 'godwit.config.ts': config }, dropBody).run(
      ['check', '--strict'],
      local,
    )
    const of = (id: string): string =>
      `ignored  migrations.${id}  blog/migrations/0002_drop_body.ts:6:5  (nobody reads it)\n`
    assert.deepEqual(
      [code, stdout],
      [0, `${of('destructive')}${of('needsEmptyTable')}\nNothing found in 2 migrations.\n`],
    )
  })

  test('needs neither a driver nor a server unless a database is named', async () => {
    const config =
      "export default { apps: ['./blog'], databases: { default: 'postgres://me:secret@nowhere.invalid/blog' } }\n"
    const project = createProject({ files: { ...files, 'godwit.config.ts': config } })
    rmSync(join(project.dir, 'node_modules/pg'))
    project.write('node_modules/pg/index.js', "throw new Error('a driver was loaded')")
    project.write('node_modules/pg/package.json', '{ "name": "pg", "main": "index.js" }')
    const { code, stdout } = await project.run(['check'], local)
    assert.deepEqual([code, stdout], [0, 'Nothing found in 1 migration.\n'])
  })

  test('the help lists all that can be found', async () => {
    const { stdout } = await createProject({ files }).run(['check', '--help'])
    for (const id of Object.keys(findingKinds)) assert.ok(stdout.includes(`\n  ${id}`), id)
  })
})

describeOnEach('check with a database', {}, (on) => {
  async function changed(database: TestDatabase, ...statements: readonly string[]): Promise<void> {
    const client = await database.connect()
    for (const statement of statements) await client.exec(statement)
    await client.close()
  }

  test('its record says what is new, and what is wrong with it', async () => {
    const database = await on.create()
    const project = createProject({
      files: {
        ...files,
        'blog/migrations/0002_code.ts': migration(
          '0001_initial',
          'runCode({ async forwards() {}, async backwards() {} })',
        ),
      },
      database,
    })
    const options = { project: await loadProject({ cwd: project.dir }), database: 'default' }
    assert.deepEqual(
      await found(project, options),
      ['info database.notApplied'],
      'over an empty database nothing is lost',
    )
    await migrate(options)
    assert.deepEqual(await found(project, options), [])

    const later = createProject({ files: { ...files, ...dropBody }, database })
    const ofLater = { project: await loadProject({ cwd: later.dir }), database: 'default' }
    assert.deepEqual(await found(later, ofLater), [
      'warning migrations.destructive blog/migrations/0002_drop_body.ts:6',
      'warning database.missing 0002_code',
      'info migrations.needsEmptyTable blog/migrations/0002_drop_body.ts:6',
      'info database.notApplied',
    ])

    await changed(
      database,
      "UPDATE godwit_migrations SET checksum = 'x', operations = replace(operations, '20', '40') WHERE name = '0001_initial'",
      "UPDATE godwit_migrations SET code_fingerprint = 'x' WHERE name = '0002_code'",
      `INSERT INTO godwit_migrations (app, name, applied_at, duration_ms, godwit_version, format, checksum, dependencies, operations)
       VALUES ('shop', '0001_initial', '2026-01-01T00:00:00.000Z', 1, '0.1.0', 1, '', '[]', '[]')`,
      'ALTER TABLE blog_post ADD COLUMN extra integer',
    )
    assert.deepEqual(await found(project, options), [
      'error database.edited blog/migrations/0001_initial.ts',
      'error database.drift blog',
      'error database.drift blog',
      'warning database.foreignApp 0001_initial',
      'info database.codeDiffers blog/migrations/0002_code.ts',
    ])
    await changed(
      database,
      `INSERT INTO godwit_journal (app, name, direction, position, step, under_way, written_at, steps_done, steps_total)
       VALUES ('blog', '0002_code', 'backwards', 0, 'x', 0, '2026-01-01T00:00:00.000Z', 1, 2)`,
      "DELETE FROM godwit_migrations WHERE name = '0001_initial'",
    )
    assert.deepEqual((await found(project, options)).slice(0, 2), [
      'error database.cannotGoOn',
      'error database.halfWay blog/migrations/0002_code.ts',
    ])
    await database.drop()
  })
})

test('a database that cannot be asked is one of the findings', async () => {
  const config =
    "export default { apps: ['./blog'], databases: { default: 'postgres://me:secret@127.0.0.1:1/blog' } }\n"
  const project = createProject({ files: { ...files, 'godwit.config.ts': config } })
  const { findings } = await checkProject({ cwd: project.dir, database: 'default' })
  assert.deepEqual(findings.map(inShort), ['error database.notAsked'])
  assert.ok(!JSON.stringify(findings).includes('secret'))
})

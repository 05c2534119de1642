import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type AssertMigratedOptions,
  assertMigrated,
  databaseStatus,
  GodwitError,
  loadProject,
  migrate,
  type Project,
} from '../../src/api.ts'
import { applicationKysely } from '../support/application-kysely.ts'
import { testOnEach } from '../support/databases.ts'
import { createProject } from '../support/project.ts'
import { sqliteUnderTest } from '../support/sqlite-database.ts'
import type { DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'

const initial = `
import { createModel, defineMigration, f } from 'godwit/migrations'
export default defineMigration({
  operations: [createModel({ name: 'Post', fields: { id: f.bigAuto({ primaryKey: true }), title: f.char({ maxLength: 20 }) } })],
})
`
const stars = `
import { addField, defineMigration, f } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['blog', '0001_initial']],
  operations: [addField({ model: 'Post', name: 'stars', field: f.integer({ default: 0 }) })],
})
`
/** No models: an application that starts imports its own, and what is asked here needs none. */
const files = {
  'blog/models.ts': "throw new Error('models were imported')",
  'blog/migrations/0001_initial.ts': initial,
  'blog/migrations/0002_stars.ts': stars,
}

/** An application's own type of its tables. */
interface Blog {
  readonly blog_post: { readonly id: number; readonly title: string }
}

/** What is done behind Godwit's back, and what it says of that. */
interface Case {
  readonly name: string
  readonly sql: string
  readonly options?: AssertMigratedOptions
  /** Undefined: the application starts. */
  readonly refusal: string | undefined
}

const row = (app: string, name: string): string =>
  `INSERT INTO godwit_migrations (app, name, applied_at, duration_ms, godwit_version, format, checksum, dependencies, operations)
   VALUES ('${app}', '${name}', '2026-01-01T00:00:00.000Z', 1, '0.1.0', 1, '${'0'.repeat(64)}', '[]', '[]')`
const halfWay = (app: string, name: string): string =>
  `INSERT INTO godwit_journal (app, name, direction, position, step, under_way, written_at)
   VALUES ('${app}', '${name}', 'forwards', 0, 'x', 1, '2026-01-01T00:00:00.000Z')`

/** One after the other over one database: each begins where the one before has left it. */
const cases: readonly Case[] = [
  { name: 'as it was migrated', sql: '', refusal: undefined },
  {
    name: 'newer than the code',
    sql: row('blog', '0003_future'),
    refusal: 'applied to it and unknown to this code: blog.0003_future',
  },
  { name: 'newer, where that is agreed to', sql: '', options: { allowNewer: true }, refusal: undefined },
  {
    name: 'newer, and being migrated still',
    sql: halfWay('blog', '0004_later'),
    options: { allowNewer: true },
    refusal: undefined,
  },
  {
    name: 'newer than the code, and being migrated still',
    sql: '',
    refusal: 'applied to it and unknown to this code: blog.0003_future, blog.0004_later',
  },
  {
    name: 'rows of another project in the same database',
    sql: `DELETE FROM godwit_journal; DELETE FROM godwit_migrations WHERE name = '0003_future'; ${row('shop', '0001_initial')}`,
    refusal: undefined,
  },
  {
    name: 'stopped half-way',
    sql: halfWay('blog', '0002_stars'),
    refusal: 'half-way in it: blog.0002_stars',
  },
  {
    name: 'edited after it was applied',
    sql: `DELETE FROM godwit_journal; UPDATE godwit_migrations SET checksum = 'x', operations = replace(operations, '20', '40') WHERE name = '0001_initial'`,
    refusal: 'blog.0001_initial was edited after it was applied: "Create model Post": fields.title.maxLength 40 → 20',
  },
  {
    name: 'older than the code',
    sql: `UPDATE godwit_migrations SET checksum = '' WHERE name = '0001_initial'; DELETE FROM godwit_migrations WHERE name = '0002_stars'`,
    refusal: 'not applied to it: blog.0002_stars',
  },
  {
    name: 'older and newer: another branch',
    sql: row('blog', '0002_other'),
    refusal: 'not applied to it: blog.0002_stars; applied to it and unknown to this code: blog.0002_other',
  },
]

async function migrated(
  on: DatabaseUnderTest,
): Promise<{ readonly project: Project; readonly database: TestDatabase }> {
  const database = await on.create()
  const project = await loadProject({ cwd: createProject({ files, database }).dir })
  await migrate({ project })
  return { project, database }
}

async function run(database: TestDatabase, statements: string): Promise<void> {
  const client = await database.connect()
  for (const statement of statements.split('; ')) if (statement !== '') await client.exec(statement)
  await client.close()
}

/** What the database is refused for, without the words around it; undefined where the application starts. */
async function refusalOf(options: AssertMigratedOptions): Promise<string | undefined> {
  try {
    await assertMigrated(options)
    return undefined
  } catch (error) {
    if (!hasCode(error)) throw error
    return /^.* does not fit this code: (.*)\.$/s.exec(error.message)?.[1]
  }
}

function hasCode(error: unknown): error is GodwitError {
  return error instanceof GodwitError && error.code === 'checking.databaseDoesNotFit'
}

testOnEach('an application can refuse a database that does not fit its code, in either direction', async (on) => {
  const database = await on.create()
  const project = await loadProject({ cwd: createProject({ files, database }).dir })
  const kysely = applicationKysely<Blog>(on, database)
  const never = 'not applied to it: blog.0001_initial, blog.0002_stars'
  assert.deepEqual([await refusalOf({ project }), await refusalOf({ project, kysely })], [never, never])
  await migrate({ project })
  for (const { name, sql, options, refusal } of cases) {
    await run(database, sql)
    const ways = [{}, { kysely }, { database: database.url }]
    const said = await Promise.all(ways.map((way) => refusalOf({ project, ...options, ...way })))
    assert.deepEqual(said, [refusal, refusal, refusal], name)
  }
  await kysely.destroy()
  await database.drop()
})

testOnEach('drift is a reason to refuse where it is asked for', async (on) => {
  const { project, database } = await migrated(on)
  await assertMigrated({ project, drift: true })
  await run(database, 'ALTER TABLE blog_post ADD COLUMN extra integer')
  await assertMigrated({ project })
  const { drift, ...status } = await databaseStatus({ project, drift: true })
  assert.deepEqual([drift.length, status.notApplied, status.newer, status.halfWay, status.history], [1, [], [], [], []])
  assert.match((await refusalOf({ project, drift: true })) ?? '', /^not as the migrations left it: .*blog_post.extra/)
  await database.drop()
})

test('a history that was begun anew fits, before and after the database has adopted it, and beside the files of before', async () => {
  const { project, database } = await migrated(sqliteUnderTest())
  const baseline = `
import { createModel, defineMigration, f } from 'godwit/migrations'
export default defineMigration({
  resets: { migrations: ['0001_initial', '0002_stars'] },
  operations: [
    createModel({
      name: 'Post',
      fields: { id: f.bigAuto({ primaryKey: true }), title: f.char({ maxLength: 20 }), stars: f.integer({ default: 0 }) },
    }),
  ],
})
`
  const anew = { 'blog/models.ts': '', 'blog/migrations/0001_anew.ts': baseline }
  const later = await loadProject({ cwd: createProject({ files: anew, database }).dir })
  assert.equal(await refusalOf({ project: later }), undefined)
  await migrate({ project: later })
  assert.deepEqual([await refusalOf({ project: later }), await refusalOf({ project })], [undefined, undefined])
  await run(database, 'DELETE FROM godwit_migrations')
  assert.equal(await refusalOf({ project: later }), 'not applied to it: blog.0001_anew')
})

test('the sentence names what is wrong, and what to do about it', async () => {
  const project = await loadProject({ cwd: createProject({ files }).dir })
  const error = await assertMigrated({ project }).catch((caught: unknown) => caught)
  assert.ok(error instanceof GodwitError)
  assert.equal(error.code, 'checking.databaseDoesNotFit')
  assert.equal(
    error.message,
    'sqlite:./app.db does not fit this code: not applied to it: blog.0001_initial, blog.0002_stars.',
  )
  assert.equal(error.fix, 'Run `godwit migrate` before the application starts.')
})

test('the sentence holds all that is wrong, and of a long list its beginning', () => {
  const { message, fix } = new GodwitError('checking.databaseDoesNotFit', {
    database: 'the database',
    notApplied: ['a.1', 'a.2', 'a.3', 'a.4', 'a.5', 'a.6', 'a.7'],
    newer: ['b.9'],
    halfWay: ['a.0'],
    history: ['a.1 was edited after it was applied: "Run SQL" was removed.'],
    drift: ['column t.c is missing', 'index i on t is missing'],
  })
  assert.deepEqual(
    [message, fix],
    [
      'The database does not fit this code: not applied to it: a.1, a.2, a.3, a.4, a.5 and 2 more; half-way in it: a.0; ' +
        'applied to it and unknown to this code: b.9; a.1 was edited after it was applied: "Run SQL" was removed; ' +
        'not as the migrations left it: column t.c is missing, index i on t is missing.',
      'Run `godwit migrate` before the application starts. Run `godwit migrate`, which finishes what is half-way, or `godwit migrate --rollback`. ' +
        'Deploy the code that the database was migrated with; where old code may run beside new one, say `allowNewer: true`. ' +
        'Run `godwit check --database NAME`, which says what to do about it. Run `godwit drift`.',
    ],
  )
})

test('what cannot be asked is told apart from what does not fit', async () => {
  const on = sqliteUnderTest()
  const { project, database } = await migrated(on)
  const kysely = applicationKysely(on, database)
  await assert.rejects(assertMigrated({ project, kysely, drift: true }), { code: 'checking.driftNeedsConnection' })
  await assert.rejects(assertMigrated({ project, database: 'other' }), { code: 'config.unknownDatabase' })
  await assertMigrated({ project, kysely })
  await kysely.destroy()
  await assert.rejects(assertMigrated({ project, kysely }), { code: 'checking.recordNotReadable' })
})

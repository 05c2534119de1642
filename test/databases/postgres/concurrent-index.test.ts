import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode } from '../../../src/errors/error.ts'
import { type MigrateOptions, migrate } from '../../../src/execution/migrate.ts'
import { buildGraph } from '../../../src/history/graph.ts'
import type { MigrationDefinition } from '../../../src/history/migration.ts'
import {
  addField,
  addIndexConcurrently,
  createModel,
  defineMigration,
  f,
  index,
  q,
  removeIndexConcurrently,
  runSql,
} from '../../../src/migrations.ts'
import { postgresUnderTest } from '../../support/postgres-database.ts'
import type { Client, TestDatabase } from '../../support/test-database.ts'

const options = { skip: postgresUnderTest.skip }
const id = f.bigAuto({ primaryKey: true })
const initial = defineMigration({
  operations: [createModel({ name: 'Post', fields: { id, title: f.text(), views: f.integer({ default: 0 }) } })],
})
const byTitle = index({ fields: ['title'], name: 'by_title' })
// Divides by a value of the rows, so that a build can be made to fail by them.
const byShare = index({ expressions: [q.div(q.value(100), q.field('views'))], name: 'by_share' })

function stepwise(operations: MigrationDefinition['operations'], before = '0001_initial') {
  return defineMigration({ dependencies: [['blog', before]], atomic: false, operations })
}

function graphOf(definitions: Readonly<Record<string, MigrationDefinition>>) {
  return buildGraph(
    Object.entries({ '0001_initial': initial, ...definitions }).map(([name, definition]) => ({
      app: 'blog',
      name,
      definition,
    })),
  )
}

interface Scene {
  readonly database: TestDatabase
  readonly client: Client
  /** Statements that were sent since the last look. */
  readonly sent: () => readonly string[]
  readonly run: (
    definitions: Readonly<Record<string, MigrationDefinition>>,
    options?: Partial<MigrateOptions>,
  ) => ReturnType<typeof migrate>
  readonly indexes: () => Promise<readonly unknown[]>
}

/** A database with the first migration applied. */
async function onScene(body: (scene: Scene) => Promise<void>): Promise<void> {
  const database = await postgresUnderTest.create()
  const statements: string[] = []
  const session = await database.openSession({
    observe: (phase, statement) => {
      if (phase === 'before') statements.push(statement)
    },
  })
  const client = await database.connect()
  try {
    await migrate({ session, graph: graphOf({}) })
    await body({
      database,
      client,
      sent: () => statements.splice(0),
      run: (definitions, more = {}) => migrate({ session, graph: graphOf(definitions), ...more }),
      indexes: async () =>
        (
          await client.all(
            "SELECT relname, indisvalid FROM pg_index JOIN pg_class ON oid = indexrelid WHERE indrelid = 'blog_post'::regclass AND NOT indisprimary ORDER BY 1",
          )
        ).map(({ relname, indisvalid }) => `${relname}${indisvalid === true ? '' : ' (invalid)'}`),
    })
  } finally {
    await client.close()
    await session.close()
  }
}

test('an index comes and goes outside any transaction, without timeouts', options, () =>
  onScene(async ({ run, sent, indexes }) => {
    sent()
    await run({ '0002_title': stepwise([addIndexConcurrently({ model: 'Post', index: byTitle })]) })
    const statements = sent()
    const build = statements.findIndex((statement) => statement.startsWith('CREATE INDEX CONCURRENTLY'))
    assert.ok(build > 0)
    const isLast = (text: RegExp) => statements.slice(0, build).findLastIndex((statement) => text.test(statement))
    assert.ok(isLast(/^(COMMIT|ROLLBACK)/) >= isLast(/^BEGIN/), 'no transaction is open')
    assert.match(statements[isLast(/lock_timeout/)] ?? '', /SET lock_timeout = 0/)
    assert.deepEqual(await indexes(), ['by_title'])
    await run({
      '0002_title': stepwise([addIndexConcurrently({ model: 'Post', index: byTitle })]),
      '0003_no_title': stepwise([removeIndexConcurrently({ model: 'Post', index: byTitle })], '0002_title'),
    })
    assert.ok(sent().some((statement) => statement.startsWith('DROP INDEX CONCURRENTLY')))
    assert.deepEqual(await indexes(), [])
  }),
)

test('what a user writes by hand is given its time as well', options, () =>
  onScene(async ({ run, sent, indexes }) => {
    sent()
    const forwards = 'CREATE UNIQUE INDEX CONCURRENTLY by_hand ON blog_post (title); COMMENT ON INDEX by_hand IS $$so$$'
    await run({ '0002_by_hand': stepwise([runSql({ forwards, done: 'SELECT 1 WHERE false' })]) })
    const timeouts = sent().filter((statement) => /lock_timeout|CREATE UNIQUE|COMMENT/.test(statement))
    assert.deepEqual(
      timeouts.map((statement) => statement.replace(/ ON .*| = [1-9].*/, '')),
      ['SET lock_timeout = 0', 'CREATE UNIQUE INDEX CONCURRENTLY by_hand', 'SET lock_timeout', 'COMMENT'],
    )
    assert.deepEqual(await indexes(), ['by_hand'])
  }),
)

test('an atomic migration cannot hold it, and nothing is touched', options, () =>
  onScene(async ({ run, indexes, client }) => {
    const atomic = defineMigration({
      dependencies: [['blog', '0001_initial']],
      operations: [
        addField({ model: 'Post', name: 'note', field: f.text({ null: true }) }),
        addIndexConcurrently({ model: 'Post', index: byTitle }),
      ],
    })
    await assert.rejects(run({ '0002_title': atomic }), { code: 'execution.needsNonAtomic' })
    assert.deepEqual(await indexes(), [])
    assert.equal((await client.all('SELECT * FROM godwit_migrations')).length, 1)
  }),
)

test('a build that fails leaves nothing that the next migrate does not mend', options, () =>
  onScene(async ({ run, indexes, client }) => {
    await client.exec("INSERT INTO blog_post (title, views) VALUES ('a', 1), ('b', 0)")
    const definitions = { '0002_share': stepwise([addIndexConcurrently({ model: 'Post', index: byShare })]) }
    await assert.rejects(run(definitions), (error) => {
      assert.ok(hasCode(error, 'execution.stepFailed'))
      assert.match(error.message, /division by zero/)
      assert.match(error.fix, /Running migrate again drops what the build may have left behind, and begins it anew\.$/)
      return true
    })
    assert.deepEqual(await indexes(), ['by_share (invalid)'])
    await client.exec('UPDATE blog_post SET views = 1')
    const { applied } = await run(definitions)
    assert.deepEqual(
      applied.map(({ migration }) => migration.name),
      ['0002_share'],
    )
    assert.deepEqual(await indexes(), ['by_share'])
    assert.deepEqual(await client.all('SELECT * FROM godwit_journal'), [])
  }),
)

test('after a death in between, reality says what took effect', options, () =>
  onScene(async ({ run, sent, indexes, client }) => {
    const add = { '0002_title': stepwise([addIndexConcurrently({ model: 'Post', index: byTitle })]) }
    const both = {
      ...add,
      '0003_gone': stepwise([removeIndexConcurrently({ model: 'Post', index: byTitle })], '0002_title'),
    }
    const underWay = (name: string) =>
      client.exec(
        `INSERT INTO godwit_journal VALUES ('blog', '${name}', 'forwards', 0, 'the step', 1, '2026-01-01T00:00:00.000Z')`,
      )
    const sentDdl = () => sent().filter((statement) => /INDEX CONCURRENTLY/.test(statement))

    // Built, but the process died before it could say so.
    await underWay('0002_title')
    await client.exec('CREATE INDEX by_title ON blog_post (title)')
    await run(add)
    assert.deepEqual(sentDdl(), [])
    assert.deepEqual(await indexes(), ['by_title'])

    // Removed half-way: the server leaves an index that nobody uses, and that is still there.
    await underWay('0003_gone')
    await client.exec("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'by_title'::regclass")
    assert.deepEqual(await indexes(), ['by_title (invalid)'])
    await run(both)
    assert.match(sentDdl().join(), /^DROP INDEX CONCURRENTLY "by_title"$/)
    assert.deepEqual(await indexes(), [])

    // Backwards, and not begun.
    await run(both, { target: { kind: 'zero', app: 'blog' } })
    await run(add)
    assert.deepEqual(await indexes(), ['by_title'])
  }),
)

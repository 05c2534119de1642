import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode } from '../../../src/errors/error.ts'
import { type MigrateOptions, migrate } from '../../../src/execution/migrate.ts'
import { buildGraph } from '../../../src/history/graph.ts'
import {
  addConstraintNotValid,
  alterModelTable,
  check,
  createCollation,
  createExtension,
  createModel,
  defineMigration,
  f,
  q,
  runSql,
  validateConstraint,
} from '../../../src/migrations.ts'
import { postgresUnderTest } from '../../support/postgres-database.ts'
import type { Client } from '../../support/test-database.ts'

const options = { skip: postgresUnderTest.skip }
const id = f.bigAuto({ primaryKey: true })
type Operations = Parameters<typeof defineMigration>[0]['operations']

/** Migrations of one app, one after the other. */
function graphOf(...lists: readonly Operations[]) {
  return buildGraph(
    lists.map((operations, position) => ({
      app: 'blog',
      name: `000${position + 1}_step`,
      definition: defineMigration({
        ...(position === 0 ? {} : { dependencies: [['blog', `000${position}_step`]] }),
        operations,
      }),
    })),
  )
}

type Run = (graph: MigrateOptions['graph'], more?: Partial<MigrateOptions>) => Promise<unknown>

async function inDatabase(body: (run: Run, client: Client) => Promise<void>): Promise<void> {
  const database = await postgresUnderTest.create()
  const session = await database.openSession()
  const client = await database.connect()
  try {
    await body((graph, more = {}) => migrate({ session, graph, ...more }), client)
  } finally {
    await client.close()
    await session.close()
  }
}

const nothing = { kind: 'zero', app: 'blog' } as const

test('a check spares the rows that are there until it is validated', options, () =>
  inDatabase(async (run, client) => {
    const steps: Operations[] = [
      [createModel({ name: 'Post', fields: { id, views: f.integer() } })],
      [addConstraintNotValid({ model: 'Post', constraint: check({ name: 'seen', condition: q.gte('views', 0) }) })],
      [validateConstraint({ model: 'Post', name: 'seen' })],
    ]
    const validated = async () =>
      (await client.all("SELECT convalidated FROM pg_constraint WHERE conname = 'seen'")).map(
        (row) => row['convalidated'],
      )
    await run(graphOf(...steps.slice(0, 1)))
    await client.exec('INSERT INTO blog_post (views) VALUES (1), (-1)')
    await run(graphOf(...steps.slice(0, 2)))
    assert.deepEqual(await validated(), [false])
    await assert.rejects(client.exec('INSERT INTO blog_post (views) VALUES (-2)'), /seen/)
    await assert.rejects(run(graphOf(...steps)), (error) => {
      assert.ok(hasCode(error, 'execution.dataStandsInTheWay'), String(error))
      assert.deepEqual([error.details.rows, error.details.problem], [1, 'checkViolated'])
      return true
    })
    await client.exec('UPDATE blog_post SET views = 0 WHERE views < 0')
    await run(graphOf(...steps))
    assert.deepEqual(await validated(), [true])
    await run(graphOf(...steps), { target: nothing })
    assert.deepEqual(await validated(), [])
  }),
)

test('extensions and collations are there for what needs them, and go with them', options, () =>
  inDatabase(async (run, client) => {
    const graph = graphOf([
      createExtension({ name: 'citext' }),
      createCollation({ name: 'any_case', locale: 'und-u-ks-level2', deterministic: false }),
      createModel({
        name: 'Post',
        fields: {
          id,
          title: f.text({ collation: 'any_case', unique: true }),
          slug: f.custom({ types: { postgres: 'citext' } }),
        },
      }),
    ])
    await run(graph)
    await client.exec("INSERT INTO blog_post (title, slug) VALUES ('Hello', 'x')")
    await assert.rejects(client.exec("INSERT INTO blog_post (title, slug) VALUES ('HELLO', 'y')"), /unique/)
    assert.equal((await client.all("SELECT 1 FROM blog_post WHERE slug = 'X'")).length, 1)
    await run(graph, { target: nothing })
    assert.deepEqual(await client.all("SELECT extname FROM pg_extension WHERE extname = 'citext'"), [])
    assert.deepEqual(await client.all("SELECT collname FROM pg_collation WHERE collname = 'any_case'"), [])
    await run(graph)
  }),
)

test('a table moves to another schema with its rows and its join table, and back', options, () =>
  inDatabase(async (run, client) => {
    const graph = graphOf(
      [
        runSql({ forwards: 'CREATE SCHEMA archive', backwards: 'DROP SCHEMA archive' }),
        createModel({ name: 'Tag', fields: { id } }),
        createModel({ name: 'Post', fields: { id, title: f.text(), tags: f.manyToMany('Tag') } }),
      ],
      [runSql({ forwards: "INSERT INTO blog_post (title) VALUES ('a')", backwards: [] })],
      [alterModelTable({ name: 'Post', schema: 'archive' })],
      [alterModelTable({ name: 'Post', schema: 'archive', table: 'posts' })],
    )
    const tables = async () =>
      (
        await client.all(
          "SELECT schemaname || '.' || tablename AS t FROM pg_tables WHERE tablename ~ 'post' ORDER BY 1",
        )
      ).map((row) => row['t'])
    await run(graph)
    assert.deepEqual(await tables(), ['archive.posts', 'archive.posts_tags'])
    assert.deepEqual(await client.all('SELECT title FROM archive.posts'), [{ title: 'a' }])
    await client.exec('DELETE FROM archive.posts')
    await run(graph, { target: nothing })
    assert.deepEqual(await tables(), [])
    await run(graph)
  }),
)

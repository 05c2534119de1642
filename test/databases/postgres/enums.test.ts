import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectMigrations } from '../../../src/autodetector/detect-migrations.ts'
import { migrate } from '../../../src/execution/migrate.ts'
import { buildGraph } from '../../../src/history/graph.ts'
import { type Migration, migrationKey } from '../../../src/history/migration.ts'
import { replay } from '../../../src/history/replay.ts'
import { alterField, createEnum, createModel, defineMigration, f } from '../../../src/migrations.ts'
import { diff } from '../../../src/schema/diff.ts'
import { sql } from '../../../src/schema/sql.ts'
import { withNativeEnums } from '../../../src/state/native-enums.ts'
import { project } from '../../../src/state/project.ts'
import type { ProjectState } from '../../../src/state/project-state.ts'
import { type NewModel, stateOf } from '../../../src/state/with-model.ts'
import { postgresUnderTest } from '../../support/postgres-database.ts'

const id = f.bigAuto({ primaryKey: true })
const mood = (values: readonly string[], options: object = {}) => f.enum(values, { native: 'mood', ...options })
const post = (fields: NewModel['fields']): ProjectState =>
  withNativeEnums(stateOf([{ app: 'blog', name: 'Post', fields: { id, note: f.text(), ...fields } }]))

/** Models as they are changed one step after the other; rows hold `ok` throughout. */
const steps: readonly (readonly [what: string, models: ProjectState])[] = [
  ['there is an enum', post({ mood: mood(['sad', 'ok'], { default: 'ok' }) })],
  ['a value comes', post({ mood: mood(['sad', 'ok', 'glad'], { default: 'ok' }) })],
  [
    'a value comes in the middle and is the default',
    post({ mood: mood(['sad', 'so-so', 'ok', 'glad'], { default: 'so-so' }) }),
  ],
  ['the default and its value go', post({ mood: mood(['sad', 'ok', 'glad'], { default: 'glad' }) })],
  [
    'another order, and an array',
    post({
      mood: mood(['glad', 'ok', 'sad']),
      moods: f.array(mood(['glad', 'ok', 'sad']), { null: true, default: ['ok'] }),
    }),
  ],
  [
    'one value goes, another comes',
    post({ mood: mood(['ok', "it's"], { default: "it's" }), moods: f.array(mood(['ok', "it's"]), { null: true }) }),
  ],
  ['the field becomes text, the array stays', post({ mood: f.text(), moods: f.array(mood(['ok']), { null: true }) })],
  ['the text becomes another enum', post({ mood: f.enum(['ok', 'fine'], { native: 'temper', default: 'fine' }) })],
  ['no enum is left', post({ mood: f.text({ default: 'ok' }) })],
]

test('enums go through all their changes and back, with the rows', { skip: postgresUnderTest.skip }, async () => {
  const database = await postgresUnderTest.create()
  const session = await database.openSession()
  const client = await database.connect()
  try {
    const migrations: Migration[] = []
    const ends: (readonly [what: string, last: string, models: ProjectState])[] = []
    for (const [what, models] of steps) {
      const graph = buildGraph(migrations)
      const from = replay(graph, graph.order)
      const leaf = migrations.at(-1)?.name
      const leaves = new Map(leaf === undefined ? [] : [['blog', leaf]])
      const found = detectMigrations({ from, to: models, leaves, now: new Date(0) })
      assert.ok(found.kind === 'migrations', what)
      migrations.push(...found.migrations)
      await migrate({ session, graph: buildGraph(migrations) })
      if (leaf === undefined) await client.exec("INSERT INTO blog_post (note, mood) VALUES ('a', 'ok'), ('b', 'ok')")
      ends.push([what, migrations.at(-1)?.name ?? '', models])
      await assertIs(models, `forwards: ${what}`)
    }
    for (const [what, name, models] of ends.toReversed().slice(1)) {
      const target = { kind: 'migration', key: migrationKey('blog', name) } as const
      await migrate({ session, graph: buildGraph(migrations), target })
      await assertIs(models, `backwards: ${what}`)
    }
  } finally {
    await client.close()
    await session.close()
  }

  async function assertIs(models: ProjectState, what: string): Promise<void> {
    const wanted = await session.dialect.canonicalise(project(models, session.dialect), session)
    const options = { match: 'name', comparison: session.dialect.comparison } as const
    assert.deepEqual(diff(await session.inspect(), wanted, options), [], what)
    const rows = await client.all('SELECT note, mood::text FROM blog_post ORDER BY note')
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      [
        { note: 'a', mood: 'ok' },
        { note: 'b', mood: 'ok' },
      ],
      what,
    )
  }
})

test('a text that is no value of an enum to come is found before the first step', {
  skip: postgresUnderTest.skip,
}, async () => {
  const database = await postgresUnderTest.create()
  const session = await database.openSession()
  try {
    const initial = defineMigration({
      operations: [createModel({ name: 'Post', fields: { id, mood: f.text() } })],
    })
    const tightened = defineMigration({
      dependencies: [['blog', '0001_initial']],
      operations: [
        createEnum({ name: 'mood', values: ['sad', 'ok'] }),
        alterField({ model: 'Post', name: 'mood', field: mood(['sad', 'ok']) }),
      ],
    })
    const first = { app: 'blog', name: '0001_initial', definition: initial }
    const graph = buildGraph([first, { app: 'blog', name: '0002_tightened', definition: tightened }])
    await migrate({ session, graph: buildGraph([first]) })
    await session.script("INSERT INTO blog_post (mood) VALUES ('ok'), ('furious')")
    await assert.rejects(migrate({ session, graph }), { code: 'execution.dataStandsInTheWay' })
    await session.script("DELETE FROM blog_post WHERE mood = 'furious'")
    await migrate({ session, graph })
    assert.deepEqual(await session.query(sql`SELECT mood FROM blog_post`), [{ mood: 'ok' }])
  } finally {
    await session.close()
  }
})

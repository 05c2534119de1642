import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JournalEntry } from '../../src/history/journal.ts'
import { keyOfMigration, type Migration, migrationKey } from '../../src/history/migration.ts'
import { createRecorder } from '../../src/history/recorder.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { testOnEach } from '../support/databases.ts'
import type { DatabaseUnderTest } from '../support/test-database.ts'

const migration: Migration = { app: 'blog', name: "0001_it's", definition: { operations: [] } }
const key = keyOfMigration(migration)
const entry: JournalEntry = {
  direction: 'backwards',
  position: 2,
  step: "Remove field 'a' from Post",
  underWay: true,
  progress: { done: 3, total: 7 },
  begun: ['0123', '4567', '89ab'],
  plan: {
    from: 'forwards',
    made: [{ kind: 'renameTable', from: 'a', to: 'b' }],
    statements: [
      {
        sql: "ALTER TABLE `b` ADD COLUMN `c` text DEFAULT ('\\\\ \"x\" ''y'' é'), ALGORITHM=INSTANT",
        relaxed: 'ALTER TABLE `b` ADD COLUMN `c` text',
        makes: [{ kind: 'addColumn', table: 'b', column: { name: 'c', type: 'text', nullable: true } }],
      },
      { sql: 'UPDATE `b` SET `c` = 1', note: 'fill' },
    ],
  },
  statement: 1,
  fingerprint: 'f'.repeat(64),
}

async function withSession(on: DatabaseUnderTest, work: (session: Session) => Promise<void>): Promise<void> {
  const database = await on.createScratch()
  const session = await database.openSession()
  try {
    await work(session)
  } finally {
    await session.close()
    await database.drop()
  }
}

testOnEach('an entry is read as it was written, plan and all; the next one takes its place', (on) =>
  withSession(on, async (session) => {
    const recorder = createRecorder(session)
    await recorder.ensure()
    await recorder.writeJournal({ ...entry, migration })
    assert.deepEqual(await recorder.readJournal(key), entry)
    const { fingerprint: _, plan: __, statement: ___, ...later } = { ...entry, position: 3, underWay: false }
    await recorder.writeJournal({ ...later, migration })
    assert.deepEqual(await recorder.halfWay(), new Map([[key, later]]))
    await recorder.clearJournal(key)
    assert.deepEqual(await recorder.halfWay(), new Map())
  }),
)

/** The tables as the first build made them, with a row in each. */
const ofTheFirstBuild = [
  `CREATE TABLE godwit_journal (app varchar(255) NOT NULL, name varchar(255) NOT NULL, direction varchar(9) NOT NULL,
     position integer NOT NULL, step text NOT NULL, under_way integer NOT NULL, written_at varchar(32) NOT NULL, PRIMARY KEY (app, name))`,
  `CREATE TABLE godwit_migrations (app varchar(255) NOT NULL, name varchar(255) NOT NULL, applied_at varchar(32) NOT NULL,
     duration_ms integer NOT NULL, godwit_version varchar(50) NOT NULL, format integer NOT NULL, checksum varchar(64) NOT NULL,
     code_fingerprint varchar(64), dependencies text NOT NULL, operations text NOT NULL, PRIMARY KEY (app, name))`,
  "INSERT INTO godwit_journal VALUES ('blog', '0002_next', 'forwards', 1, 'Run SQL', 0, '2026-01-01T00:00:00.000Z')",
  "INSERT INTO godwit_migrations VALUES ('blog', '0001_first', '2026-01-01T00:00:00.000Z', 1, '0.0.1', 1, 'c', NULL, '[]', '[]')",
]

testOnEach('tables of an earlier build are read as they are, and get their columns before anything is written', (on) =>
  withSession(on, async (session) => {
    for (const statement of ofTheFirstBuild) await session.query({ parts: [statement] })
    const recorder = createRecorder(session)
    const old = { direction: 'forwards', position: 1, step: 'Run SQL', underWay: false } as const
    assert.deepEqual([...(await recorder.applied()).keys()], ['blog.0001_first'])
    assert.deepEqual(await recorder.halfWay(), new Map([[migrationKey('blog', '0002_next'), old]]))
    await recorder.ensure()
    await recorder.writeJournal({ ...entry, migration })
    await recorder.record(migration, { milliseconds: 1 })
    for (const one of [recorder, createRecorder(session)]) {
      assert.deepEqual(await one.readJournal(key), entry)
      assert.equal((await one.applied()).size, 2)
      await one.ensure()
    }
  }),
)

test('what half of the tables were made before is made on', async () => {
  const { openSqlite } = await import('../../src/dialects/sqlite/index.ts')
  const session = await openSqlite({ path: ':memory:' })
  await session.query({ parts: [ofTheFirstBuild[0] ?? ''] })
  const recorder = createRecorder(session)
  assert.equal(await recorder.exists(), false)
  await recorder.ensure()
  await recorder.writeJournal({ ...entry, migration })
  assert.deepEqual(await recorder.readJournal(key), entry)
  await session.close()
})

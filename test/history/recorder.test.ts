import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { f } from '../../src/fields/f.ts'
import { editedMigrations } from '../../src/history/edited.ts'
import { buildGraph } from '../../src/history/graph.ts'
import { keyOfMigration, type Migration, migrationKey } from '../../src/history/migration.ts'
import { createRecorder, type Recorder } from '../../src/history/recorder.ts'
import { version } from '../../src/lib/version.ts'
import { operationsChecksum } from '../../src/operations/canonical.ts'
import { createModel } from '../../src/operations/create-model.ts'
import { runCode } from '../../src/operations/run-code.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { name, sql } from '../../src/schema/sql.ts'
import { describeOnEach } from '../support/databases.ts'
import type { DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'

const tag: Migration = {
  app: 'blog',
  name: "0001_it's",
  definition: {
    dependencies: [['accounts', '0001_initial']],
    operations: [
      createModel({ name: 'Tag', fields: { id: f.bigAuto({ primaryKey: true }), name: f.char({ maxLength: 50 }) } }),
      runCode({ forwards: () => {} }),
    ],
  },
}
const key = keyOfMigration(tag)

let database: TestDatabase
let session: Session
let recorder: Recorder

/** Gives each test of a suite an empty database and a recorder of it. */
function onEmpty(on: DatabaseUnderTest): void {
  before(async () => {
    database = await on.createScratch()
  })
  beforeEach(async () => {
    await database.empty()
    session = await database.openSession()
    recorder = createRecorder(session)
  })
  afterEach(() => session.close())
  after(() => database.drop())
}

describeOnEach('the recorder', {}, (on) => {
  onEmpty(on)

  test('makes nothing by looking', async () => {
    assert.equal(await recorder.exists(), false)
    assert.deepEqual(await recorder.applied(), new Map())
    assert.deepEqual(await recorder.contents([key]), new Map())
    assert.equal((await session.inspect()).tables.size, 0)
  })

  test('makes its tables once, and finds them again', async () => {
    await recorder.ensure()
    await recorder.ensure()
    await createRecorder(session).ensure()
    assert.equal(await createRecorder(session).exists(), true)
    assert.deepEqual(await createRecorder(session).applied(), new Map())
  })

  test('remembers what was applied, operations included', async () => {
    await recorder.ensure()
    await recorder.record(tag, { milliseconds: 12.4 })
    const recorded = (await recorder.applied()).get(key)
    assert.ok(recorded !== undefined)
    const { appliedAt, codeFingerprint, ...rest } = recorded
    assert.ok(Math.abs(Date.parse(appliedAt) - Date.now()) < 60_000 && appliedAt.endsWith('Z'))
    assert.match(codeFingerprint ?? '', /^[0-9a-f]{64}$/)
    assert.deepEqual(rest, {
      app: 'blog',
      name: "0001_it's",
      milliseconds: 12,
      godwitVersion: version(),
      format: 1,
      checksum: operationsChecksum(tag.definition.operations),
      replaces: [],
    })
    assert.deepEqual((await recorder.contents([key])).get(key), {
      dependencies: [['accounts', '0001_initial']],
      operations: [
        {
          kind: 'createModel',
          name: 'Tag',
          fields: { id: { kind: 'bigAuto', primaryKey: true }, name: { kind: 'char', maxLength: 50 } },
        },
        { kind: 'runCode' },
      ],
    })
  })

  test('cannot remember a migration twice', async () => {
    await recorder.ensure()
    await recorder.record(tag, { milliseconds: 0 })
    await assert.rejects(recorder.record(tag, { milliseconds: 0 }))
    assert.equal((await recorder.applied()).size, 1)
  })

  test('forgets what was unapplied', async () => {
    await recorder.ensure()
    await recorder.record(tag, { milliseconds: 0 })
    assert.equal(await recorder.isApplied(key), true)
    await recorder.unrecord(key)
    assert.equal(await recorder.isApplied(key), false)
    assert.deepEqual(await recorder.applied(), new Map())
  })

  test('gives a row another content, and another name in every table, and leaves alone when it was applied', async () => {
    await recorder.ensure()
    await recorder.record(tag, { milliseconds: 7 })
    await recorder.writeJournal({
      migration: tag,
      direction: 'backwards',
      step: 'Create model Tag',
      position: 1,
      underWay: false,
    })
    const before = (await recorder.applied()).get(key)
    const emptied = { ...tag, definition: { operations: [], dependencies: [['accounts', '0001_initial']] as const } }
    await recorder.amend(emptied, { otherwiseSame: true })
    assert.equal((await recorder.applied()).get(key)?.codeFingerprint, before?.codeFingerprint)
    await recorder.amend(emptied)
    const to = migrationKey('labels', '0001_tag')
    await recorder.rename(key, to)
    assert.deepEqual(
      await recorder.contents([key, to]),
      new Map([[to, { dependencies: [['accounts', '0001_initial']], operations: [] }]]),
    )
    const after = (await recorder.applied()).get(to)
    assert.deepEqual([after?.appliedAt, after?.milliseconds, after?.codeFingerprint], [before?.appliedAt, 7, undefined])
    assert.deepEqual([...(await recorder.halfWay()).keys()], [to])
  })

  test('takes part in the transaction around it', async () => {
    await recorder.ensure()
    const failing = session.transaction(async () => {
      await recorder.record(tag, { milliseconds: 0 })
      throw new Error('rolled back')
    })
    await assert.rejects(failing, /rolled back/)
    assert.equal(await recorder.isApplied(key), false)
  })

  test('refuses to read what a newer version wrote', async () => {
    await recorder.ensure()
    await recorder.record(tag, { milliseconds: 0 })
    await session.query(sql`UPDATE ${name('godwit_migrations')} SET format = 99`)
    await assert.rejects(recorder.contents([key]), { code: 'migrations.recordFormat' })
  })

  test('tells an edited file from a reformatted one', async () => {
    await recorder.ensure()
    await recorder.record(tag, { milliseconds: 0 })
    const [create] = tag.definition.operations
    const after = (...operations: readonly Migration['definition']['operations'][number][]) =>
      buildGraph([{ ...tag, definition: { operations } }])
    assert.ok(create !== undefined)
    const applied = await recorder.applied()
    const sameInOtherWords = after({ ...create }, runCode({ forwards: async () => {}, description: 'now with words' }))
    assert.deepEqual(await editedMigrations(sameInOtherWords, applied, recorder), [])
    const [edited] = await editedMigrations(after(create), applied, recorder)
    assert.deepEqual([edited?.key, edited?.differences], [key, ['"Run code" was removed']])
  })
})

describeOnEach('the journal', {}, (on) => {
  onEmpty(on)

  const half = { migration: tag, direction: 'forwards', step: 'Create model Tag', position: 1, underWay: true } as const

  test('has no entry for a migration that is not half-way', async () => {
    await recorder.ensure()
    assert.equal(await recorder.readJournal(key), undefined)
  })

  test('keeps the last entry of a migration until it is cleared', async () => {
    await recorder.ensure()
    await recorder.writeJournal(half)
    const { migration: _, ...entry } = half
    assert.deepEqual(await recorder.readJournal(key), entry)
    await recorder.writeJournal({ ...half, position: 2, underWay: false })
    assert.deepEqual(await recorder.readJournal(key), { ...entry, position: 2, underWay: false })
    await recorder.clearJournal(key)
    assert.equal(await recorder.readJournal(key), undefined)
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPostgres } from '../../../src/dialects/postgres/index.ts'
import type { GodwitError } from '../../../src/errors/error.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import { postgresUnderTest } from '../../support/postgres-database.ts'
import { testOnBoth } from './two-servers.ts'

const { skip } = postgresUnderTest

/** A statement fails with a code, and says certain words. */
async function fails(session: Session, text: string, code: string, words: RegExp = /./): Promise<void> {
  await assert.rejects(session.script(text), (error: GodwitError) => {
    assert.equal(error.code, code, error.message)
    assert.match(error.message, words)
    return true
  })
}

const tables = `
  CREATE TABLE parent (id int PRIMARY KEY, title text UNIQUE, CHECK (id > 0));
  CREATE TABLE child (id int, parent int NOT NULL REFERENCES parent DEFERRABLE);
  CREATE VIEW titles AS SELECT title FROM parent;
  INSERT INTO parent VALUES (1, 'one');
`

testOnBoth('what the data breaks is said with the data', tables, async (session) => {
  await fails(session, "INSERT INTO parent VALUES (1, 'two')", 'database.constraintFailed', /parent_pkey.*\(id\)=\(1\)/)
  await fails(session, 'INSERT INTO child VALUES (1, NULL)', 'database.constraintFailed', /null value/)
  await fails(session, 'INSERT INTO child VALUES (1, 7)', 'database.constraintFailed', /\(parent\)=\(7\)/)
  await fails(session, "INSERT INTO parent VALUES (0, 'zero')", 'database.constraintFailed', /check/)
  await assert.rejects(
    session.transaction(() => session.script('SET CONSTRAINTS ALL DEFERRED; INSERT INTO child VALUES (1, 7)')),
    { code: 'database.constraintFailed', message: /`COMMIT`/ },
  )
})

testOnBoth('what depends on a thing is named', tables, async (session) => {
  await fails(session, 'ALTER TABLE parent DROP COLUMN title', 'database.dependedOn', /view titles depends on/)
  await fails(session, 'ALTER TABLE parent ALTER COLUMN title TYPE varchar(9)', 'database.dependedOn', /view titles/)
  await fails(session, 'DROP TABLE parent', 'database.dependedOn', /constraint .* on table child .*view titles/)
})

testOnBoth('a failure names the statement and what kind of failure it is', tables, async (session) => {
  await assert.rejects(session.script('SELECT 1; SELECT nope'), (error: GodwitError) => {
    assert.deepEqual(error.details, {
      database: session.label,
      statement: 'SELECT nope',
      message: 'column "nope" does not exist',
      code: '42703',
    })
    return true
  })
  await fails(session, 'SELECT lower(1)', 'database.statementFailed', /No function matches/)
  await fails(session, 'CREATE TABLE parent (id int)', 'database.tableExists', /table parent/)
  await fails(session, 'ALTER TABLE child RENAME TO parent', 'database.tableExists')
  for (const text of [
    'CREATE INDEX titles ON parent (id)',
    'ALTER TABLE parent ADD COLUMN title text',
    'CREATE SCHEMA public',
    'ALTER TABLE parent ADD CONSTRAINT parent_pkey CHECK (true)',
  ]) {
    await fails(session, text, 'database.nameTaken', /already exists/)
  }
  await fails(session, 'CREATE EXTENSION godwit_none', 'database.extensionUnavailable', /godwit_none/)
})

testOnBoth('a value of an enum is not used where it was added', "CREATE TYPE mood AS ENUM ('sad')", async (session) => {
  await assert.rejects(
    session.transaction(async () => {
      await session.script("ALTER TYPE mood ADD VALUE 'glad'")
      await session.script("SELECT 'glad'::mood")
    }),
    { code: 'database.enumValueTooNew' },
  )
})

testOnBoth('a table with rows to be checked later is not changed', tables, async (session) => {
  await assert.rejects(
    session.transaction(async () => {
      await session.script('SET CONSTRAINTS ALL DEFERRED; INSERT INTO child VALUES (1, 1)')
      await session.script('ALTER TABLE child ADD COLUMN n int')
    }),
    { code: 'database.objectInUse', message: /pending trigger events/ },
  )
})

testOnBoth('what can be part of no transaction says so', tables, async (session) => {
  await assert.rejects(
    session.transaction(() => session.script('CREATE INDEX CONCURRENTLY i ON parent (id)')),
    { code: 'database.notInTransaction', fix: /atomic: false/ },
  )
})

test('what a role may not do is said to be that', { skip }, async () => {
  const database = await postgresUnderTest.create()
  const owner = await openPostgres({ url: database.url })
  const role = `${new URL(database.url).pathname.slice(1)}_guest`
  await owner.script(`CREATE ROLE ${role} LOGIN; CREATE TABLE secrets (n int)`)
  const url = new URL(database.url)
  url.username = role
  const guest = await openPostgres({ url: url.href })
  await fails(guest, 'SELECT * FROM secrets', 'database.notPermitted', /secrets/)
  await fails(guest, 'ALTER TABLE secrets ADD COLUMN m int', 'database.notPermitted', /owner/)
  await guest.close()
  await owner.close()
  await database.drop()
  const admin = await (await postgresUnderTest.create()).openSession()
  await admin.script(`DROP ROLE ${role}`)
  await admin.close()
})

test('two transactions that wait for each other end in a sentence', { skip }, async () => {
  const database = await postgresUnderTest.create()
  const [one, two] = [await openPostgres({ url: database.url }), await openPostgres({ url: database.url })]
  await one.script('CREATE TABLE a (n int); CREATE TABLE b (n int)')
  await one.script('SET lock_timeout = 0')
  await two.script('SET lock_timeout = 0')
  const { promise: bothHold, resolve } = Promise.withResolvers<void>()
  let holding = 0
  const work = (session: Session, first: string, second: string): Promise<void> =>
    session.transaction(async () => {
      await session.script(`LOCK TABLE ${first}`)
      holding += 1
      if (holding === 2) resolve()
      await bothHold
      await session.script(`LOCK TABLE ${second}`)
    })
  const outcomes = await Promise.allSettled([work(one, 'a', 'b'), work(two, 'b', 'a')])
  const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'done')).toSorted()
  assert.deepEqual(codes, ['database.deadlock', 'done'])
  await Promise.all([one.close(), two.close()])
})

test('a serialisation failure is told apart', { skip }, async () => {
  const database = await postgresUnderTest.create()
  const [one, two] = [await openPostgres({ url: database.url }), await openPostgres({ url: database.url })]
  await one.script('CREATE TABLE t (n int); INSERT INTO t VALUES (1)')
  await assert.rejects(
    one.transaction(async () => {
      await one.script('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT * FROM t')
      await two.script('UPDATE t SET n = 2')
      await one.script('UPDATE t SET n = 3')
    }),
    { code: 'database.serializationFailed' },
  )
  await Promise.all([one.close(), two.close()])
})

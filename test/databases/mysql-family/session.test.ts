import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Kysely, sql as raw } from 'kysely'
import { commitsItself, transactionControl } from '../../../src/dialects/mysql-family/transaction-control.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import { sql, value } from '../../../src/schema/sql.ts'
import { endConnections } from '../../support/mysql-database.ts'
import { openSession } from '../../support/open-session.ts'
import { startProxy } from '../../support/server-proxy.ts'
import { rows, testBothWays, testOnEachProduct } from './two-ways.ts'

const t = 'CREATE TABLE t (n int)'

async function numbers(session: Session): Promise<readonly unknown[]> {
  return (await rows(session, 'SELECT n FROM t ORDER BY n')).map(({ n }) => n)
}

testOnEachProduct('values go in as what they are, and come out as they are stored', async (database) => {
  const session = await database.openSession()
  await session.query(
    sql`CREATE TABLE v (id int AUTO_INCREMENT PRIMARY KEY, content text, moment datetime(6), bytes blob, exact bigint)`,
  )
  const moment = new Date('2026-01-02T03:04:05.678Z')
  const sent = [true, 1.5, 12n, "te'xt\\?", { a: [1] }, ['x', null], null]
  for (const content of sent) await session.kysely.insertInto('v').values({ content }).execute()
  const given = { content: 'last', moment, bytes: Buffer.from([0, 255]), exact: 9007199254740993n }
  const { insertId, numInsertedOrUpdatedRows } = await session.kysely
    .insertInto('v')
    .values(given)
    .executeTakeFirstOrThrow()
  assert.deepEqual([insertId, numInsertedOrUpdatedRows], [8n, 1n])
  const found = await session.kysely.selectFrom('v').select('content').orderBy('id').execute()
  assert.deepEqual(
    found.map(({ content }) => content),
    ['1', '1.5', '12', "te'xt\\?", '{"a":[1]}', '["x",null]', null, 'last'],
  )
  assert.deepEqual(await session.query(sql`SELECT moment, bytes, exact FROM v WHERE id = 8`), [
    { moment, bytes: Buffer.from([0, 255]), exact: '9007199254740993' },
  ])
  await session.close()
})

testOnEachProduct('a question mark in a text or a comment is no place for a value', async (database) => {
  const session = await database.openSession()
  const { rows: found } = await raw`SELECT concat('?''?', /* ? */ ${'a\\'}, "?", ${1}) AS said -- ?`.execute(
    session.kysely,
  )
  assert.deepEqual(found, [{ said: "?'?a\\?1" }])
  await session.close()
})

testBothWays('tagged values are written as literals', [], async (session) => {
  const [row] = await session.query(
    sql`SELECT ${value({ $bigint: '12' })} AS a, ${value({ $bytes: '01ff' })} AS b, ${value("it's \\")} AS c, '?' AS d`,
  )
  assert.deepEqual({ ...row, a: String(row?.['a']) }, { a: '12', b: Buffer.from([1, 255]), c: "it's \\", d: '?' })
})

testBothWays(
  'a value that cannot be sent is refused, with its place',
  ['CREATE TABLE v (content text)'],
  async (session) => {
    for (const content of [Symbol('s'), new Map(), new Set(), new Date(Number.NaN)]) {
      await assert.rejects(session.kysely.insertInto('v').values({ content }).execute(), {
        code: 'database.valueNotBound',
      })
    }
    await assert.rejects(session.kysely.selectFrom('v').selectAll().where('content', '=', undefined).execute(), {
      code: 'database.valueNotBound',
      message: /Parameter 1/,
    })
    assert.deepEqual(await rows(session, 'SELECT * FROM v'), [])
  },
)

testBothWays('a transaction commits what its body did, or takes all of it back', [t], async (session) => {
  const insert = (n: number): Promise<void> => session.script(`INSERT INTO t VALUES (${n})`)
  assert.equal(await session.transaction(() => insert(1).then(() => 'done')), 'done')
  const failing = session.transaction(async () => {
    await insert(2)
    throw new Error('stop')
  })
  await assert.rejects(failing, { message: 'stop' })
  assert.deepEqual(await numbers(session), [1])
})

testBothWays('a transaction is READ COMMITTED', [t], async (session, database) => {
  const other = await database.connect()
  await session.transaction(async () => {
    assert.deepEqual(await numbers(session), [])
    await other.exec('INSERT INTO t VALUES (1)')
    assert.deepEqual(await numbers(session), [1])
  })
  await other.close()
})

testBothWays(
  'a transaction inside another is refused, and so is its end in a script or by Kysely',
  [t],
  async (session) => {
    await session.transaction(async () => {
      await assert.rejects(
        session.transaction(async () => {}),
        { code: 'database.transactionOpen' },
      )
      for (const text of ['COMMIT', '/* c */ rollback', '# c\nSTART TRANSACTION', 'SET autocommit = 1', 'begin']) {
        await assert.rejects(session.script(text), { code: 'database.transactionControl' }, text)
      }
      await session.script('SAVEPOINT a')
      await session.script('INSERT INTO t VALUES (1)')
      await session.script('ROLLBACK TO a')
      await session.script('RELEASE SAVEPOINT a')
      await assert.rejects(raw`COMMIT`.execute(session.kysely), { code: 'database.transactionControl' })
    })
    assert.deepEqual(await numbers(session), [])
  },
)

testBothWays('what the server commits by itself is refused inside a transaction, and named', [t], async (session) => {
  for (const statement of [
    'CREATE TABLE u (n int)',
    'ALTER TABLE t ADD m int',
    '/*!40000 ALTER TABLE t DISABLE KEYS */',
    'TRUNCATE t',
  ]) {
    const work = session.transaction(async () => {
      await session.script('INSERT INTO t VALUES (1)')
      await session.script(statement)
    })
    await assert.rejects(work, {
      code: 'database.implicitCommit',
      details: { database: session.label, statement, sent: false },
    })
  }
  const byKysely = session.transaction(async () => {
    await session.kysely.insertInto('t').values({ n: 1 }).execute()
    await session.kysely.schema.createTable('u').addColumn('n', 'integer').execute()
  })
  await assert.rejects(byKysely, { code: 'database.implicitCommit' })
  assert.deepEqual(await numbers(session), [])
  assert.deepEqual([...(await session.inspect()).tables.keys()], ['t'])
  await session.transaction(async () => {
    await session.script('CREATE TEMPORARY TABLE u AS SELECT 1 AS n')
    await session.script('INSERT INTO t SELECT n FROM u')
    await session.script('DROP TEMPORARY TABLE u')
  })
  assert.deepEqual(await numbers(session), [1])
})

const committing = [
  t,
  'CREATE PROCEDURE committing() BEGIN INSERT INTO t VALUES (7); COMMIT; END',
  'CREATE PROCEDURE going_on() BEGIN COMMIT; START TRANSACTION; INSERT INTO t VALUES (8); END',
]

testBothWays('a procedure that ends the transaction is found out, and named', committing, async (session) => {
  const work = session.transaction(async () => {
    await session.script('INSERT INTO t VALUES (1)')
    await session.script('CALL committing()')
  })
  const details = { database: session.label, statement: 'CALL committing()', sent: true }
  await assert.rejects(work, { code: 'database.implicitCommit', details })
  assert.deepEqual(await numbers(session), [1, 7])
  const hidden = session.transaction(() => session.script('CALL going_on()'))
  await assert.rejects(hidden, { code: 'database.transactionFailed' })
  assert.deepEqual(await numbers(session), [1, 7])
})

testBothWays(
  "Kysely's transactions are savepoints inside the session's, and transactions outside",
  [t],
  async (session) => {
    const insert = (n: number, fails: boolean) =>
      session.kysely.transaction().execute(async (inner) => {
        await inner.insertInto('t').values({ n }).execute()
        if (fails) await inner.selectFrom('nowhere').selectAll().execute()
      })
    await session.transaction(async () => {
      await insert(1, false)
      await assert.rejects(insert(2, true), { code: 'database.statementFailed' })
      await Promise.all([insert(3, false), insert(4, false)])
    })
    await insert(5, false)
    await assert.rejects(insert(6, true), { code: 'database.statementFailed' })
    assert.deepEqual(await numbers(session), [1, 3, 4, 5])
  },
)

testBothWays('statements that are sent at once are done one after the other', [t], async (session) => {
  const insert = (n: number) => session.kyselyAlongside.insertInto('t').values({ n }).execute()
  await Promise.all([insert(1), insert(2), session.script('INSERT INTO t VALUES (9)'), insert(3)])
  await assert.rejects(Promise.all([session.script('SELECT nope'), insert(4)]), { code: 'database.statementFailed' })
  assert.deepEqual(await numbers(session), [1, 2, 3, 4, 9])
})

const many = [t, `INSERT INTO t VALUES ${Array.from({ length: 5000 }, (_, index) => `(${index + 1})`).join(', ')}`]

testBothWays('a stream brings rows in chunks, and may be left early', many, async (session) => {
  const kysely = session.kysely as Kysely<{ t: { n: number } }>
  const read = async (chunk: number, until = 10_000): Promise<readonly number[]> => {
    const found: number[] = []
    for await (const { n } of kysely.selectFrom('t').select('n').where('n', '>', 3).orderBy('n').stream(chunk)) {
      found.push(n)
      if (found.length === until) break
    }
    return found
  }
  const expected = Array.from({ length: 4997 }, (_, index) => index + 4)
  for (const chunk of [1, 100, 4997, 9999]) assert.deepEqual(await read(chunk), expected)
  assert.deepEqual(await read(10, 2), [4, 5])
  await assert.rejects(
    async () => {
      for await (const _ of session.kysely.selectFrom('nowhere').selectAll().stream());
    },
    { code: 'database.statementFailed' },
  )
  assert.deepEqual(await read(100, 1), [4])
})

testBothWays('a statement between two rows of a stream waits for no reader', many, async (session) => {
  await session.transaction(async () => {
    let read = 0
    for await (const { n } of session.kysely.selectFrom('t').select('n').where('n', '<=', 2500).stream(10)) {
      read += 1
      if (read % 500 === 0) await session.script(`UPDATE t SET n = -${n} WHERE n = ${n}`)
    }
    assert.equal(read, 2500)
  })
  assert.deepEqual(await rows(session, 'SELECT count(*) AS n FROM t WHERE n < 0'), [{ n: 5 }])
})

testBothWays('what can be in no transaction is refused inside one', [t], async (session) => {
  assert.equal(await session.outsideTransaction(async () => 'done'), 'done')
  await session.transaction(async () => {
    await assert.rejects(
      session.outsideTransaction(async () => {}),
      { code: 'database.notInTransaction' },
    )
  })
})

testBothWays("settings that a user's SQL leaves behind do no harm", [t], async (session, database) => {
  const other = new URL(database.url).pathname.slice(1)
  const harm = [
    "SET sql_mode = 'ANSI_QUOTES', time_zone = '+09:00', foreign_key_checks = 0",
    'SET NAMES latin1',
    'SET autocommit = 0',
    'SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE',
    "SET SESSION lock_wait_timeout = 77, time_zone = '+09:00'",
    'USE information_schema',
    'LOCK TABLES t READ',
  ]
  const question = `SELECT @@sql_mode AS mode, @@time_zone AS zone, @@foreign_key_checks AS keys_checked, @@autocommit AS auto, @@character_set_client AS charset, DATABASE() AS place`
  const before = await rows(session, question)
  for (const statement of harm) {
    await session.script(statement)
    assert.deepEqual(await rows(session, question), before, statement)
  }
  assert.deepEqual(before[0]?.['place'], other)
  assert.deepEqual(await rows(session, 'SELECT @@lock_wait_timeout AS n'), [{ n: 77 }])
  await session.script('SET lock_wait_timeout = 2')
  await session.transaction(async () => {
    await session.script('INSERT INTO t VALUES (1)')
    await session.script('SET foreign_key_checks = 0')
    assert.deepEqual(await rows(session, question), before)
    await session.script('INSERT INTO t VALUES (2)')
  })
  assert.deepEqual(await numbers(session), [1, 2])
})

test('what a statement does to its transaction is told by its first words', () => {
  const told = (texts: readonly string[]) => [...new Set(texts.map(transactionControl))]
  assert.deepEqual(
    told(['BEGIN', 'begin work', '-- c\nSTART TRANSACTION', '# c\n/* d */ Start transaction read only']),
    ['begins'],
  )
  assert.deepEqual(
    told(['COMMIT', '/* c */ commit and chain', 'ROLLBACK WORK', "XA COMMIT 'a'", '/*!50000 COMMIT */']),
    ['ends'],
  )
  assert.deepEqual(
    told([
      'SAVEPOINT a',
      'ROLLBACK TO a',
      'ROLLBACK WORK TO SAVEPOINT a',
      'START SLAVE',
      'BEGIN NOT ATOMIC SELECT 1; END',
      'RELEASE SAVEPOINT a',
    ]),
    [undefined],
  )
})

test('what commits by itself is told by its first words', () => {
  const told = (texts: readonly string[]) => texts.filter(commitsItself)
  const ending = [
    ...[
      'CREATE TABLE t (n int)',
      'create or replace table t (n int)',
      'CREATE INDEX i ON t (n)',
      'CREATE VIEW v AS SELECT 1',
    ],
    ...['ALTER TABLE t ADD m int', 'DROP TABLE t', 'RENAME TABLE t TO u', 'TRUNCATE t', '-- c\nLOCK TABLES t WRITE'],
    ...[
      '/*!40000 ALTER TABLE t ENABLE KEYS */',
      '/*M!100301 CREATE TABLE t (n int) */',
      'GRANT ALL ON *.* TO me',
      'ANALYZE TABLE t',
    ],
  ]
  assert.deepEqual(told(ending), ending)
  const keeping = [
    ...['CREATE TEMPORARY TABLE t (n int)', 'create /* c */ temporary table t (n int)', 'DROP TEMPORARY TABLE t'],
    ...[
      'SELECT 1',
      '(SELECT 1)',
      'INSERT INTO t VALUES (1)',
      'SET @a = 1',
      'LOAD DATA INFILE "a" INTO TABLE t',
      'CALL p()',
    ],
    ...['SAVEPOINT a', 'SHOW CREATE TABLE t', 'UNLOCK TABLES', 'DO 0', 'WITH a AS (SELECT 1) SELECT * FROM a', ''],
  ]
  assert.deepEqual(told(keeping), [])
})

for (const loss of ['terminated', 'unsent', 'unanswered'] as const) {
  testOnEachProduct(`a connection that is ${loss} in the middle is not gone on with`, async (database) => {
    const client = await database.connect()
    await client.exec(t)
    await client.close()
    const proxy = await startProxy(database.url, () => endConnections(database.url))
    const session = await openSession(proxy.url)
    const lock = await session.lock({ timeout: 0 })
    await assert.rejects(
      session.transaction(async () => {
        await session.script('INSERT INTO t VALUES (1)')
        proxy.lose(loss)
        await session.script('INSERT INTO t VALUES (2)')
      }),
      { code: 'database.connectionLost' },
    )
    await assert.rejects(session.query(sql`SELECT 1`), { code: 'database.connectionLost' })
    await lock.release()
    await session.close()
    await proxy.close()
    const again = await database.openSession()
    await (await again.lock({ timeout: 10_000 })).release()
    assert.deepEqual(await numbers(again), [])
    await again.close()
  })
}

testOnEachProduct('a commit whose answer is lost is said to be of unknown outcome', async (database) => {
  const client = await database.connect()
  await client.exec(t)
  await client.close()
  const proxy = await startProxy(database.url, async () => {})
  const session = await openSession(proxy.url, {
    observe: (phase, statement) => {
      if (phase === 'before' && statement === 'COMMIT') proxy.lose('unanswered')
    },
  })
  await assert.rejects(
    session.transaction(() => session.script('INSERT INTO t VALUES (1)')),
    { code: 'database.commitUnknown' },
  )
  await session.close()
  await proxy.close()
  const again = await database.openSession()
  await (await again.lock({ timeout: 10_000 })).release()
  assert.deepEqual(await numbers(again), [1])
  await again.close()
})

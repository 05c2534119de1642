import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { type Dialect, SqliteAdapter, SqliteDialect, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { dialectFor, openDatabase } from '../../../src/dialects/index.ts'
import { openSqlite } from '../../../src/dialects/sqlite/index.ts'
import { sql, value, verbatim } from '../../../src/schema/sql.ts'
import { database, rows } from './support.ts'

const folder = await mkdtemp(join(tmpdir(), 'godwit-sqlite-'))
after(() => rm(folder, { recursive: true }))

test('values go in and come out as what they are', async () => {
  const session = await database('CREATE TABLE v (id integer PRIMARY KEY, content)')
  const sent = [true, 1.5, 12n, 'text', new Date(0), new Uint8Array([1, 255]), { a: [1] }, [1, 2], null]
  for (const content of sent) await session.kysely.insertInto('v').values({ content }).execute()
  const found = await session.kysely.selectFrom('v').select('content').orderBy('id').execute()
  assert.deepEqual(
    found.map(({ content }) => content),
    [1, 1.5, 12, 'text', '1970-01-01T00:00:00.000Z', new Uint8Array([1, 255]), '{"a":[1]}', '[1,2]', null],
  )
  await session.close()
})

test('a value that SQLite does not have is refused, with its place', async () => {
  const session = await database('CREATE TABLE v (content)')
  for (const content of [Number.NaN, Number.POSITIVE_INFINITY, Symbol('s'), new Map(), new Date(Number.NaN)]) {
    await assert.rejects(session.kysely.insertInto('v').values({ content }).execute(), {
      code: 'database.valueNotBound',
    })
  }
  await assert.rejects(session.kysely.selectFrom('v').selectAll().where('content', '=', undefined).execute(), {
    code: 'database.valueNotBound',
  })
  assert.deepEqual(await rows(session, 'SELECT * FROM v'), [])
  await session.close()
})

test('tagged values are bound, also as the only one', async () => {
  const session = await database()
  const [row] = await session.query(
    sql`SELECT ${value({ $bigint: '12' })} AS a, ${value({ $bytes: '01ff' })} AS b, ${value({ $json: { k: 1 } })} AS c`,
  )
  assert.deepEqual(row, { a: 12, b: new Uint8Array([1, 255]), c: '{"k":1}' })
  assert.deepEqual(await session.query(sql`SELECT ${value({ $json: [] })} AS a`), [{ a: '[]' }])
  await session.close()
})

test('a whole number stays whole in a column of texts', async () => {
  const session = await database('CREATE TABLE v (content text)')
  await session.kysely.insertInto('v').values({ content: 7 }).execute()
  await session.query(sql`INSERT INTO v VALUES (${value(7)})`)
  assert.deepEqual(await rows(session, 'SELECT content FROM v'), [{ content: '7' }, { content: '7' }])
  await session.close()
})

test('an integer that no number holds is an error and never a wrong number', async () => {
  const session = await database()
  await assert.rejects(session.query(verbatim('SELECT 9007199254740993 AS n')), { code: 'database.integerTooLarge' })
  assert.deepEqual(await session.query(verbatim('SELECT cast(9007199254740993 as text) AS n')), [
    { n: '9007199254740993' },
  ])
  await session.close()
})

test('a failure names the statement and what kind of failure it is', async () => {
  const session = await database('CREATE TABLE t (id integer PRIMARY KEY, n int NOT NULL)')
  await assert.rejects(
    session.script('SELECT 1; SELECT nope'),
    (error: { code: string; details: { statement: string } }) => {
      assert.equal(error.code, 'database.statementFailed')
      assert.equal(error.details.statement, 'SELECT nope')
      return true
    },
  )
  await assert.rejects(session.script('INSERT INTO t VALUES (1, NULL)'), { code: 'database.constraintFailed' })
  await assert.rejects(session.kysely.insertInto('t').values({ id: 1 }).execute(), {
    code: 'database.constraintFailed',
  })
  await session.script('CREATE VIEW v AS SELECT n FROM t')
  await assert.rejects(session.script('ALTER TABLE t DROP COLUMN n'), { code: 'database.brokenObject' })
  await session.close()
})

test('files that cannot be opened or are no database are told apart', async () => {
  await assert.rejects(openSqlite({ path: join(folder, 'no', 'such', 'folder.db') }), { code: 'database.cannotOpen' })
  await assert.rejects(openSqlite({ path: folder }), { code: 'database.cannotOpen' })
  const text = join(folder, 'text.db')
  await writeFile(text, 'this is a text and no database, long enough to look like one '.repeat(20))
  await assert.rejects(openSqlite({ path: text }), { code: 'database.notADatabase' })
})

test('a transaction commits what its body did, or takes all of it back', async () => {
  const session = await database('CREATE TABLE t (n int)')
  assert.equal(await session.transaction(() => session.script('INSERT INTO t VALUES (1)').then(() => 'done')), 'done')
  const failing = session.transaction(async () => {
    await session.script('INSERT INTO t VALUES (2); CREATE TABLE u (n int)')
    throw new Error('stop')
  })
  await assert.rejects(failing, { message: 'stop' })
  assert.deepEqual(await rows(session, 'SELECT n FROM t'), [{ n: 1 }])
  assert.deepEqual([...(await session.inspect()).tables.keys()], ['t'])
  await session.close()
})

test('a transaction inside another is refused, and so is a COMMIT in a script', async () => {
  const session = await database()
  await session.transaction(async () => {
    await assert.rejects(
      session.transaction(async () => {}),
      { code: 'database.transactionOpen' },
    )
    await assert.rejects(session.script('SELECT 1; COMMIT'), { code: 'database.transactionControl' })
  })
  await session.close()
})

test("Kysely's transactions are savepoints inside the session's, and transactions outside", async () => {
  const session = await database('CREATE TABLE t (n int)')
  const insert = (n: number, fails: boolean) =>
    session.kysely.transaction().execute(async (inner) => {
      await inner.insertInto('t').values({ n }).execute()
      if (fails) throw new Error('inner')
    })
  await session.transaction(async () => {
    await insert(1, false)
    await assert.rejects(insert(2, true), { message: 'inner' })
  })
  await insert(3, false)
  await assert.rejects(insert(4, true), { message: 'inner' })
  assert.deepEqual(await rows(session, 'SELECT n FROM t'), [{ n: 1 }, { n: 3 }])
  await session.close()
})

test('foreign keys are on, off inside a transaction that suspends them, and on again whatever happens', async () => {
  const session = await database()
  const on = async () => (await rows(session, 'PRAGMA foreign_keys'))[0]?.['foreign_keys']
  assert.equal(await on(), 1)
  await session.transaction(async () => assert.equal(await on(), 0), { suspendForeignKeys: true })
  assert.equal(await on(), 1)
  const failing = session.transaction(() => Promise.reject(new Error('stop')), { suspendForeignKeys: true })
  await assert.rejects(failing, { message: 'stop' })
  assert.equal(await on(), 1)
  await session.close()
})

test('where foreign keys cannot be switched off, a transaction that needs it does not begin', async () => {
  const session = await openSqlite({ path: ':memory:', enforceForeignKeys: 'always' })
  assert.equal(session.canSuspendForeignKeys, false)
  const asked = session.transaction(async () => assert.fail('began'), { suspendForeignKeys: true })
  await assert.rejects(asked, { code: 'database.foreignKeysStayOn' })
  await session.close()
})

test('the lock is held by one, waited for by others, and gone with its holder', async () => {
  const path = join(folder, 'locked.db')
  const [first, second] = [await openSqlite({ path }), await openSqlite({ path })]
  const lock = await first.lock({ timeout: 0 })
  let told = 0
  const onWait = (): void => {
    told += 1
  }
  await assert.rejects(second.lock({ timeout: 120, onWait }), { code: 'database.lockTimeout' })
  assert.equal(told, 1)
  await second.script('CREATE TABLE not_hindered (n int)')
  const waiting = second.lock({ timeout: 5000 })
  await lock.release()
  await (await waiting).release()
  await first.close()
  await second.close()
})

test('a database in memory needs no lock', async () => {
  const session = await database()
  const [a, b] = [await session.lock({ timeout: 0 }), await session.lock({ timeout: 0 })]
  await Promise.all([a.release(), b.release()])
  await session.close()
})

test('a URL is relative to the folder of the config, and a bad one is refused without being repeated', async () => {
  const session = await openDatabase('sqlite:./by-url.db', folder)
  await session.script('CREATE TABLE t (n int)')
  await session.close()
  const again = await openDatabase(`sqlite:${join(folder, 'by-url.db')}`, '/nowhere')
  assert.deepEqual([...(await again.inspect()).tables.keys()], ['t'])
  await again.close()
  const refused = async (url: string, code: string): Promise<void> => {
    await assert.rejects(openDatabase(url, folder), (error: Error & { code: string }) => {
      assert.equal(error.code, code)
      assert.doesNotMatch(error.message, /secret/)
      return true
    })
  }
  await refused('mysql://me:secret@host/', 'database.badMysqlUrl')
  await refused('oracle://me:secret@host/db', 'database.unknownUrl')
  await refused('secret', 'database.unknownUrl')
  await refused('sqlite:', 'database.badSqliteUrl')
  await refused('sqlite://app.db', 'database.badSqliteUrl')
  await refused('sqlite:./app.db?mode=ro', 'database.badSqliteUrl')
  await refused('mariadb://me:secret@host/db?unknown=secret', 'database.badMysqlUrl')
  await assert.rejects(dialectFor('oracle'), { code: 'database.unknownUrl' })
})

/** A Kysely dialect of a user's own: `better-sqlite3` has this shape. */
function ownDialect(file: string, inspectStatement: (statement: string) => void = () => {}): Dialect {
  const connection = new DatabaseSync(file)
  return new SqliteDialect({
    database: {
      close: () => connection.close(),
      prepare(statement: string) {
        inspectStatement(statement)
        const prepared = connection.prepare(statement)
        return {
          reader: prepared.columns().length > 0,
          all: (parameters: readonly unknown[]) => prepared.all(...(parameters as string[])),
          run: (parameters: readonly unknown[]) => prepared.run(...(parameters as string[])),
          iterate: (parameters: readonly unknown[]) => prepared.iterate(...(parameters as string[])),
        }
      },
    },
  })
}

test("a user's own Kysely dialect is a session when its connection keeps its state", async () => {
  const session = await openDatabase({ dialect: ownDialect(join(folder, 'own.db')), kind: 'sqlite' }, folder)
  await session.transaction(() => session.script('CREATE TABLE t (n int); INSERT INTO t VALUES (1)'), {
    suspendForeignKeys: true,
  })
  assert.equal((await session.kysely.selectFrom('t').selectAll().execute())[0]?.['n'], 1)
  const lock = await session.lock({ timeout: 0 })
  await lock.release()
  await assert.rejects(session.script('SELECT nope'), { code: 'database.statementFailed' })
  await session.close()
})

test('a driver without a session is refused by what it lacks', async () => {
  const forgetful: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver: () => {
      const fresh = () => ownDialect(':memory:').createDriver()
      const driver = fresh()
      return {
        ...driver,
        init: async () => {},
        destroy: async () => {},
        releaseConnection: async () => {},
        beginTransaction: async () => {},
        commitTransaction: async () => {},
        rollbackTransaction: async () => {},
        acquireConnection: async () => ({
          async executeQuery(query) {
            const once = fresh()
            await once.init()
            return (await once.acquireConnection()).executeQuery(query)
          },
          streamQuery: () => assert.fail('not asked for'),
        }),
      }
    },
  }
  await assert.rejects(openDatabase({ dialect: forgetful, kind: 'sqlite' }, folder), { code: 'database.notASession' })
})

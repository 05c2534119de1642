import assert from 'node:assert/strict'
import { createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { type DatabaseConnection, type Dialect, MysqlDialect } from 'kysely'
import mysql2 from 'mysql2'
import { type DatabaseAddress, databaseKind, openDatabase, openScratch } from '../../../src/dialects/index.ts'
import type { GodwitError } from '../../../src/errors/error.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import { verbatim } from '../../../src/schema/sql.ts'
import { withConnection } from '../../support/tampered-dialect.ts'
import { poolDialect, testOnEachProduct } from './two-ways.ts'

async function value(session: Session, text: string): Promise<unknown> {
  return Object.values((await session.query(verbatim(text)))[0] ?? {})[0]
}

/** Opens and closes a database that can be opened. */
async function opens(address: DatabaseAddress, options = {}): Promise<void> {
  await (await openDatabase(address, '/', options)).close()
}

async function refused(
  address: DatabaseAddress,
  code: string,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await assert.rejects(openDatabase(address, '/'), (error: GodwitError) => {
    assert.equal(error.code, code, error.message)
    assert.doesNotMatch(`${error.message} ${error.fix} ${JSON.stringify(error.details)}`, /topsecret/)
    for (const [key, content] of Object.entries(details)) assert.equal(Reflect.get(error.details, key), content)
    return true
  })
}

/** The database by another user, host or port, or with parameters. */
function urlWith(url: string, change: (url: URL) => void): string {
  const changed = new URL(url)
  change(changed)
  return changed.href
}

testOnEachProduct('a connection is named without its password, and knows its version', async ({ url }, { kind }) => {
  const withPassword = urlWith(url, (changed) => {
    changed.password = 'topsecret'
    changed.username = 'root'
  })
  await refused(withPassword, 'database.loginRefused')
  const session = await openDatabase(url.replace(kind, kind.toUpperCase()), '/')
  const { username, hostname, port, pathname } = new URL(url)
  assert.equal(session.label, `${kind}://${username}@${hostname}:${port || 3306}${pathname}`)
  assert.match(session.dialect.version, /^\d+\.\d+\.\d+$/)
  assert.equal(session.dialect.name, kind)
  await session.close()
  assert.equal(databaseKind(url), kind)
})

testOnEachProduct(
  'settings that change what SQL means are pinned, however a connection comes',
  async (database, { kind }) => {
    const { hostname: host, port, username: user, pathname } = new URL(database.url)
    const pool = mysql2.createPool({ host, port: Number(port), user, database: pathname.slice(1), connectionLimit: 2 })
    const dialect = new MysqlDialect({
      pool,
      onCreateConnection: async (connection) => {
        for (const harm of [
          "SET SESSION sql_mode = 'ANSI,NO_BACKSLASH_ESCAPES', time_zone = '+09:00', foreign_key_checks = 0, unique_checks = 0",
          "SET SESSION completion_type = 'CHAIN', sql_auto_is_null = 1, lc_messages = 'de_DE', default_storage_engine = 'MEMORY'",
          'SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY',
          'SET SESSION lock_wait_timeout = 77, innodb_lock_wait_timeout = 77, wait_timeout = 5, sql_quote_show_create = 0',
          'SET SESSION autocommit = 0, sql_safe_updates = 1, sql_select_limit = 1, group_concat_max_len = 16',
        ]) {
          await connection.executeQuery(verbatimQuery(harm))
        }
      },
    })
    const session = await openDatabase({ dialect, kind }, '/', { lockTimeout: 1200.4 })
    const names = [
      ...['time_zone', 'foreign_key_checks', 'unique_checks', 'completion_type', 'sql_auto_is_null', 'lc_messages'],
      ...['default_storage_engine', 'lock_wait_timeout', 'innodb_lock_wait_timeout', 'wait_timeout', 'autocommit'],
      ...[
        'sql_quote_show_create',
        'sql_safe_updates',
        'group_concat_max_len',
        'character_set_client',
        'collation_connection',
      ],
    ]
    const found: Record<string, string> = {}
    for (const name of names) found[name] = String(await value(session, `SELECT @@${name}`))
    assert.deepEqual(found, {
      time_zone: '+00:00',
      foreign_key_checks: '1',
      unique_checks: '1',
      completion_type: 'NO_CHAIN',
      sql_auto_is_null: '0',
      lc_messages: 'en_US',
      default_storage_engine: 'InnoDB',
      lock_wait_timeout: '2',
      innodb_lock_wait_timeout: '2',
      wait_timeout: '86400',
      autocommit: '1',
      sql_quote_show_create: '1',
      sql_safe_updates: '0',
      group_concat_max_len: '1073741824',
      character_set_client: 'utf8mb4',
      collation_connection: kind === 'mariadb' ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin',
    })
    const modes = String(await value(session, 'SELECT @@sql_mode'))
      .split(',')
      .toSorted()
    assert.deepEqual(modes, [
      ...['ERROR_FOR_DIVISION_BY_ZERO', 'NO_AUTO_VALUE_ON_ZERO', 'NO_ENGINE_SUBSTITUTION', 'NO_UNSIGNED_SUBTRACTION'],
      ...['STRICT_ALL_TABLES', 'STRICT_TRANS_TABLES'],
    ])
    await session.script('CREATE TABLE t (n int)')
    await session.transaction(() => session.script("INSERT INTO t VALUES ('\\7')"))
    await session.close()
  },
)

function verbatimQuery(sql: string): Parameters<DatabaseConnection['executeQuery']>[0] {
  return {
    sql,
    parameters: [],
    query: { kind: 'RawNode', sqlFragments: [sql], parameters: [] },
    queryId: { queryId: 'q' },
  }
}

testOnEachProduct(
  'without a given time a statement waits two seconds for a lock, and one at least',
  async ({ url }) => {
    for (const [options, seconds] of [
      [{}, '2'],
      [{ lockTimeout: 1 }, '1'],
      [{ lockTimeout: 10_000 }, '10'],
    ] as const) {
      const session = await openDatabase({ url }, '/', options)
      assert.equal(String(await value(session, 'SELECT @@lock_wait_timeout')), seconds)
      await session.close()
    }
  },
)

test('a URL that cannot be read is refused without being repeated', async () => {
  for (const [bad, said] of [
    ['mariadb://me:topsecret@host:port/db', /cannot be read/],
    ['mysql://me:top/secret@host/db', /cannot be read/],
    ['mysql://me:topsecret%zz@host/db', /cannot be read/],
    ['mariadb://me:topsecret@host', /names no database/],
    ['mariadb://me:topsecret@host/db?charset=topsecret', /a parameter that is not understood, charset/],
    ['mariadb://me:topsecret@host/db?sslmode=prefer', /sslmode=prefer/],
    ['mysql://me:topsecret@host/db?sslca=/nowhere/ca.pem', /\/nowhere\/ca\.pem/],
  ] as const) {
    await assert.rejects(openDatabase(bad, '/'), (error: GodwitError) => {
      assert.equal(error.code, 'database.badMysqlUrl', bad)
      assert.match(error.message, said)
      assert.doesNotMatch(`${error.message} ${error.fix} ${error.cause ?? ''}`, /secret/)
      return true
    })
  }
})

testOnEachProduct('what stands in the way of a connection is told apart', async (database) => {
  const admin = await database.connect()
  const user = `godwit_test_${process.pid}_full`
  await admin.exec(`CREATE USER ${user} IDENTIFIED BY 'topsecret' WITH MAX_USER_CONNECTIONS 1`)
  const own = new URL(database.url).pathname.slice(1)
  await admin.exec(`GRANT ALL ON ${own}.* TO ${user}`)
  const by = (change: (url: URL) => void): string => urlWith(database.url, change)
  const asUser = (password: string, pathname?: string): string =>
    by((changed) => {
      changed.username = user
      changed.password = password
      if (pathname !== undefined) changed.pathname = pathname
    })
  try {
    await refused(
      by((changed) => (changed.pathname = '/godwit_nowhere')),
      'database.noSuchDatabase',
      { name: 'godwit_nowhere' },
    )
    await refused(
      by((changed) => (changed.username = 'godwit_nobody')),
      'database.loginRefused',
    )
    await refused(asUser('wrong'), 'database.loginRefused')
    await refused(asUser('topsecret', '/mysql'), 'database.loginRefused')
    await refused(
      by((changed) => (changed.port = '1')),
      'database.noConnection',
      { reason: 'refused' },
    )
    await refused(
      by((changed) => (changed.hostname = 'godwit.invalid')),
      'database.noConnection',
      { reason: 'unknownHost' },
    )
    await refused(
      by((changed) => changed.searchParams.set('socket', '/nowhere/server.sock')),
      'database.noConnection',
      {
        reason: 'noSocket',
      },
    )
    const first = await openDatabase(asUser('topsecret'), '/')
    assert.doesNotMatch(first.label, /topsecret/)
    await refused(asUser('topsecret'), 'database.noConnection', { reason: 'tooMany' })
    await first.close()
  } finally {
    await admin.exec(`DROP USER ${user}`)
    await admin.close()
  }
})

test('a server that hangs up, says nothing that is understood, or has no place left, is told apart', async () => {
  const answering = async (answer: (client: Socket) => void, reason: string): Promise<void> => {
    const server = createServer((client) => {
      client.on('error', () => {})
      answer(client)
    })
    const { promise, resolve } = Promise.withResolvers<void>()
    server.listen(0, '127.0.0.1', resolve)
    await promise
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    await refused(`mariadb://me:topsecret@127.0.0.1:${port}/db`, 'database.noConnection', { reason })
    server.close()
  }
  await answering((client) => client.end(), 'closed')
  await answering((client) => client.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'), 'closed')
})

testOnEachProduct('encryption is had as the URL asks for it, or told to be missing', async (database) => {
  const asking = (parameters: string): string => `${database.url}?${parameters}`
  const admin = await database.connect()
  const [ssl] = await admin.all("SHOW VARIABLES LIKE 'have_ssl'")
  const offersNone = ssl?.['Value'] === 'DISABLED'
  await admin.close()
  await opens(asking('sslmode=disable'))
  await opens(asking('ssl-mode=DISABLED'))
  if (offersNone) {
    for (const mode of ['require', 'REQUIRED', 'verify-full']) {
      await refused(asking(`sslmode=${mode}`), 'database.noConnection', { reason: 'noEncryption' })
    }
    return
  }
  const session = await openDatabase(asking('sslmode=require'), '/')
  const [cipher] = await session.query(verbatim("SHOW SESSION STATUS LIKE 'Ssl_cipher'"))
  assert.notEqual(cipher?.['Value'], '')
  await session.close()
  for (const mode of ['verify-ca', 'VERIFY_IDENTITY']) {
    await refused(asking(`sslmode=${mode}`), 'database.noConnection', { reason: 'certificate' })
  }
})

testOnEachProduct('the other product is refused, with the scheme that is right', async ({ url }, { kind }) => {
  const other = kind === 'mariadb' ? 'mysql' : 'mariadb'
  const details = { said: other, scheme: kind }
  await refused(url.replace(kind, other), 'database.otherProduct', details)
  await refused({ dialect: poolDialect(url), kind: other }, 'database.otherProduct', details)
})

testOnEachProduct(
  "a user's own Kysely dialect is a session when its connection keeps its state",
  async ({ url }, { kind }) => {
    for (const max of [1, 3]) {
      const session = await openDatabase({ dialect: poolDialect(url, max), kind }, '/')
      await session.script('CREATE TABLE own (n int)')
      await session.transaction(() => session.script('INSERT INTO own VALUES (1)'))
      assert.deepEqual(await session.kysely.selectFrom('own').selectAll().execute(), [{ n: 1 }])
      const lock = await session.lock({ timeout: 0 })
      await lock.release()
      await session.script('DROP TABLE own')
      await session.close()
    }
  },
)

testOnEachProduct(
  'a dialect whose statements go to one connection and to another is refused',
  async ({ url }, { kind }) => {
    const connections = [
      mysql2.createConnection(url.replace(/^\w+/, 'mysql')),
      mysql2.createConnection(url.replace(/^\w+/, 'mysql')),
    ]
    let turns = 0
    const alternating = withConnection(poolDialect(url), (connection) => ({
      async executeQuery(query) {
        turns += 1
        const [rows] = (await connections[turns % 2]?.promise().query(query.sql)) ?? []
        return { rows: Array.isArray(rows) ? (rows as never[]) : [] }
      },
      streamQuery: (query, size) => connection.streamQuery(query, size),
    }))
    await refused({ dialect: alternating, kind }, 'database.transactionPooler')
    for (const connection of connections) connection.destroy()
  },
)

/** Connections that borrow one of the server's for a transaction or a statement each, and always the one that was given back last. */
function pooledDialect(url: string): Dialect {
  const idle: DatabaseConnection[] = []
  return withConnection(poolDialect(url, 4), (original) => {
    idle.push(original)
    let borrowed: DatabaseConnection | undefined
    return {
      async executeQuery(query) {
        borrowed ??= idle.pop() ?? original
        const used = borrowed
        const result = await used.executeQuery<never>(query)
        if (/^START/.test(query.sql)) return result
        if (/^(COMMIT|ROLLBACK$)/.test(query.sql) || !isOpen.has(used)) {
          isOpen.delete(used)
          idle.push(used)
          borrowed = undefined
        }
        return result
      },
      streamQuery: (query, size) => original.streamQuery(query, size),
    }
  })
}

const isOpen = new WeakSet<DatabaseConnection>()

testOnEachProduct('a proxy that lends a connection for one transaction is refused', async ({ url }, { kind }) => {
  await refused({ dialect: pooledDialect(url), kind }, 'database.transactionPooler')
})

testOnEachProduct(
  'a dialect that forgets, or garbles texts, is refused by what it lacks',
  async ({ url }, { kind }) => {
    const forgetful = withConnection(poolDialect(url), (connection) => ({
      async executeQuery(query) {
        const result = await connection.executeQuery<never>(query)
        await connection.executeQuery(verbatimQuery('SET @godwit_session = NULL'))
        return result
      },
      streamQuery: (query, size) => connection.streamQuery(query, size),
    }))
    await refused({ dialect: forgetful, kind }, 'database.notASession', {
      problem: 'a variable set by one statement is not there for the next',
    })
    const garbling = withConnection(poolDialect(url), (connection) => ({
      executeQuery: (query) =>
        connection.executeQuery({ ...query, sql: Buffer.from(query.sql, 'utf8').toString('latin1') }),
      streamQuery: (query, size) => connection.streamQuery(query, size),
    }))
    await refused({ dialect: garbling, kind }, 'database.notASession', { problem: 'it does not send texts as UTF-8' })
  },
)

const serverSettings =
  "SHOW SESSION VARIABLES WHERE Variable_name IN ('read_only', 'super_read_only', 'innodb_read_only', 'log_bin', 'binlog_format')"

/** The server with another answer in place of one of its own: there is none so old, and no replica, at hand. */
function answering(url: string, question: string, answer: string): Dialect {
  return withConnection(poolDialect(url), (connection) => ({
    executeQuery: (query) => connection.executeQuery({ ...query, sql: query.sql.replace(question, answer) }),
    streamQuery: (query, size) => connection.streamQuery(query, size),
  }))
}

testOnEachProduct('a server that is too old is refused', async ({ url }, { kind, name }) => {
  const [said, version, oldest] =
    kind === 'mariadb' ? ['5.5.5-10.5.9-MariaDB-log', '10.5.9', '10.11'] : ['8.0.18', '8.0.18', '8.0.19']
  await refused({ dialect: answering(url, 'VERSION()', `'${said}'`), kind }, 'database.tooOld', {
    product: name,
    version,
    oldest,
  })
})

testOnEachProduct(
  'a server that takes no writes is refused, unless nothing is to be written',
  async ({ url }, { kind }) => {
    const replica = (): Dialect => answering(url, serverSettings, "SELECT 'read_only' AS Variable_name, 'ON' AS Value")
    await refused({ dialect: replica(), kind }, 'database.writesRefused', { reason: 'server' })
    await opens({ dialect: replica(), kind }, { forReading: true })
  },
)

testOnEachProduct(
  'where the binary log is one of statements, a transaction keeps its snapshot',
  async ({ url }, { kind }) => {
    const isolation = async (format: string): Promise<unknown> => {
      const dialect = answering(
        url,
        serverSettings,
        `SELECT 'log_bin' AS Variable_name, 'ON' AS Value UNION SELECT 'binlog_format', '${format}'`,
      )
      const session = await openDatabase({ dialect, kind }, '/')
      const [row] = await session.query(
        verbatim("SHOW SESSION VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')"),
      )
      await session.close()
      return row?.['Value']
    }
    assert.deepEqual([await isolation('STATEMENT'), await isolation('ROW')], ['REPEATABLE-READ', 'READ-COMMITTED'])
  },
)

testOnEachProduct('a pool that stands in no database is refused', async ({ url }, { kind }) => {
  const { hostname: host, port, username: user } = new URL(url)
  const pool = mysql2.createPool({ host, port: Number(port), user })
  await refused({ dialect: new MysqlDialect({ pool }), kind }, 'database.noDatabaseChosen')
})

testOnEachProduct('a setting that the server keeps for itself is named', async ({ url }, { kind }) => {
  const stubborn = withConnection(poolDialect(url), (connection) => ({
    executeQuery: (query) =>
      connection.executeQuery({
        ...query,
        sql: query.sql.replace(/SESSION sql_mode = '[^']*'/, "SESSION sql_mode = 'ANSI'"),
      }),
    streamQuery: (query, size) => connection.streamQuery(query, size),
  }))
  await refused({ dialect: stubborn, kind }, 'database.settingRefused', { setting: 'sql_mode' })
})

testOnEachProduct(
  'a scratch database lies beside the other, with its character set, and is gone when it is closed',
  async (database) => {
    const place = "SELECT CONCAT(DATABASE(), ' ', @@collation_database)"
    const beside = await openDatabase(database.url, '/')
    const session = await openScratch(database.url, '/')
    const [name = '', collation] = String(await value(session, place)).split(' ')
    assert.match(name, /^godwit_scratch_[0-9a-f]{7}_[0-9a-f]{12}$/)
    assert.equal(collation, String(await value(beside, place)).split(' ')[1])
    await session.script('CREATE TABLE t (n int)')
    const count = `SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = '${name}'`
    assert.equal(Number(await value(beside, count)), 1)
    await session.close()
    assert.equal(Number(await value(beside, count)), 0)
    await beside.close()
  },
)

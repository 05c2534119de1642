import assert from 'node:assert/strict'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type Dialect, PostgresDialect } from 'kysely'
import pg from 'pg'
import { databaseKind, openDatabase } from '../../../src/dialects/index.ts'
import { openKyselyDialect, openPglite, openPostgres } from '../../../src/dialects/postgres/index.ts'
import { loadPackage } from '../../../src/dialects/shared/driver-loading.ts'
import type { GodwitError } from '../../../src/errors/error.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import { verbatim } from '../../../src/schema/sql.ts'
import { postgresUnderTest } from '../../support/postgres-database.ts'
import { withConnection } from '../../support/tampered-dialect.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { type PoolMode, startPooler } from './transaction-pooler.ts'

const { skip } = postgresUnderTest
const database = skip === false ? await postgresUnderTest.create() : undefined
const url = database?.url ?? ''

async function value(session: Session, text: string): Promise<unknown> {
  return Object.values((await session.query(verbatim(text)))[0] ?? {})[0]
}

/** Opens and closes a database that can be opened. */
async function opens(opening: Promise<Session>): Promise<void> {
  await (await opening).close()
}

/** The database by another user, host or port, or with parameters. */
function urlWith(change: (url: URL) => void): string {
  const changed = new URL(url)
  change(changed)
  return changed.href
}

test('a connection is named without its password, and knows its version', { skip }, async () => {
  const withPassword = urlWith((changed) => {
    changed.password = 'topsecret'
  })
  const session = await openPostgres({ url: withPassword })
  const { username, hostname, port, pathname } = new URL(url)
  assert.equal(session.label, `postgres://${username}@${hostname}:${port || 5432}${pathname}`)
  assert.match(session.dialect.version, /^\d\d\.\d+$/)
  assert.equal(session.dialect.name, 'postgres')
  await session.close()
})

test('settings that change printed text are pinned, and the search path is not', { skip }, async () => {
  const admin = await openPostgres({ url })
  const own = new URL(url).pathname.slice(1)
  await admin.script(`
    CREATE SCHEMA elsewhere;
    ALTER DATABASE "${own}" SET search_path = elsewhere, public;
    ALTER DATABASE "${own}" SET timezone = 'Asia/Tokyo';
    ALTER DATABASE "${own}" SET datestyle = 'German, DMY';
    ALTER DATABASE "${own}" SET intervalstyle = 'iso_8601';
    ALTER DATABASE "${own}" SET default_transaction_isolation = 'serializable';
    ALTER DATABASE "${own}" SET statement_timeout = '1min';
    ALTER DATABASE "${own}" SET idle_in_transaction_session_timeout = '5s';
  `)
  const session = await openPostgres({ url, lockTimeout: 1500 })
  const settings = ['timezone', 'datestyle', 'intervalstyle', 'transaction_isolation', 'standard_conforming_strings']
  const behaviour = [
    ...['lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout', 'application_name'],
    ...['client_min_messages', 'client_connection_check_interval', 'search_path'],
  ]
  const found: Record<string, unknown> = {}
  for (const name of [...settings, ...behaviour]) found[name] = await value(session, `SHOW ${name}`)
  assert.deepEqual(found, {
    timezone: 'UTC',
    datestyle: 'ISO, YMD',
    intervalstyle: 'postgres',
    transaction_isolation: 'read committed',
    standard_conforming_strings: 'on',
    lock_timeout: '1500ms',
    statement_timeout: '0',
    idle_in_transaction_session_timeout: '0',
    application_name: 'godwit',
    client_min_messages: 'warning',
    client_connection_check_interval: '1s',
    search_path: 'elsewhere, public',
  })
  await session.close()
  await admin.script(`ALTER DATABASE "${own}" RESET ALL; DROP SCHEMA elsewhere`)
  await admin.close()
})

test('without a given time a statement waits two seconds for a lock', { skip }, async () => {
  const session = await openPostgres({ url })
  assert.equal(await value(session, 'SHOW lock_timeout'), '2s')
  await session.close()
})

test('a URL opens the database, whatever its scheme is called', { skip }, async () => {
  for (const scheme of ['postgres', 'postgresql', 'Postgres']) {
    const session = await openDatabase(url.replace(/^[a-z]+/, scheme), '/', {
      lockTimeout: 700.4,
      statementTimeout: 0.2,
    })
    assert.deepEqual(
      [await value(session, 'SHOW lock_timeout'), await value(session, 'SHOW statement_timeout')],
      ['700ms', '1ms'],
    )
    await session.close()
  }
  await opens(openDatabase({ url }, '/'))
  const kinds = ['postgres://h/d', 'postgresql://h/d', 'pglite:./data', 'sqlite:./app.db'].map((one) =>
    databaseKind(one),
  )
  assert.deepEqual(kinds, ['postgres', 'postgres', 'postgres', 'sqlite'])
})

test('a URL that cannot be read is refused without being repeated', async () => {
  for (const bad of [
    'postgres://me:secret@host:port/db',
    'postgres://me:sec/ret@host/db',
    'postgres://me:secret@[::1/db',
  ]) {
    await assert.rejects(openDatabase(bad, '/'), (error: GodwitError) => {
      assert.equal(error.code, 'database.badPostgresUrl')
      assert.doesNotMatch(`${error.message} ${error.cause ?? ''}`, /sec/)
      return true
    })
  }
  await assert.rejects(openDatabase('postgres://host/db?sslrootcert=/nowhere/ca.pem', '/'), {
    code: 'database.badPostgresUrl',
    message: /\/nowhere\/ca\.pem/,
  })
})

test('what stands in the way of a connection is told apart', { skip }, async () => {
  const admin = await openPostgres({ url })
  const role = `${new URL(url).pathname.slice(1)}_full`
  await admin.script(`CREATE ROLE ${role} LOGIN CONNECTION LIMIT 0`)
  const refused = async (
    change: (url: URL) => void,
    code: string,
    details: Readonly<Record<string, unknown>> = {},
  ): Promise<void> => {
    await assert.rejects(openPostgres({ url: urlWith(change) }), (error: GodwitError) => {
      assert.equal(error.code, code, error.message)
      for (const [key, content] of Object.entries(details)) assert.equal(Reflect.get(error.details, key), content)
      return true
    })
  }
  try {
    await refused(
      (changed) => {
        changed.pathname = '/godwit_nowhere'
      },
      'database.noSuchDatabase',
      { name: 'godwit_nowhere' },
    )
    await refused((changed) => {
      changed.username = 'godwit_nobody'
    }, 'database.loginRefused')
    await refused(
      (changed) => {
        changed.port = '1'
      },
      'database.noConnection',
      { reason: 'refused' },
    )
    await refused(
      (changed) => {
        changed.hostname = 'godwit.invalid'
      },
      'database.noConnection',
      { reason: 'unknownHost' },
    )
    await refused(
      (changed) => {
        changed.username = role
      },
      'database.noConnection',
      { reason: 'tooMany' },
    )
  } finally {
    await admin.script(`DROP ROLE ${role}`)
    await admin.close()
  }
})

test('a server that hangs up, or offers no encryption, is told apart', async () => {
  const answering = async (answer: (client: Socket) => void, parameters: string, reason: string): Promise<void> => {
    const server = createServer((client) => {
      client.on('error', () => {})
      client.on('data', () => answer(client))
    })
    const { promise, resolve } = Promise.withResolvers<void>()
    server.listen(0, '127.0.0.1', resolve)
    await promise
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    await assert.rejects(
      openPostgres({ url: `postgres://me@127.0.0.1:${port}/db${parameters}` }),
      (error: GodwitError) => {
        assert.equal(error.code, 'database.noConnection', error.message)
        assert.equal(Reflect.get(error.details, 'reason'), reason)
        return true
      },
    )
    server.close()
  }
  await answering((client) => client.end(), '', 'closed')
  await answering((client) => client.write('N'), '?sslmode=require', 'noEncryption')
})

test('a server that takes no writes is refused, unless nothing is to be written', { skip }, async () => {
  const other = await postgresUnderTest.create()
  const admin = await openPostgres({ url: other.url })
  const own = new URL(other.url).pathname.slice(1)
  await admin.script(`ALTER DATABASE "${own}" SET default_transaction_read_only = on`)
  await assert.rejects(openPostgres({ url: other.url }), {
    code: 'database.writesRefused',
    details: { database: admin.label, reason: 'setting' },
  })
  await opens(openPostgres({ url: other.url, forReading: true }))
  await admin.close()
})

test('a database without a place for tables is refused', { skip }, async () => {
  const other = await postgresUnderTest.create()
  const admin = await openPostgres({ url: other.url })
  await admin.script(`ALTER DATABASE "${new URL(other.url).pathname.slice(1)}" SET search_path = nowhere`)
  await assert.rejects(openPostgres({ url: other.url }), {
    code: 'database.noSchema',
    details: { database: admin.label, searchPath: 'nowhere' },
  })
  await admin.close()
})

const modes: readonly PoolMode[] = ['transaction', 'session']
for (const mode of modes) {
  test(`a pooler that lends a process for a ${mode} is ${mode === 'session' ? 'taken' : 'refused'}`, {
    skip,
  }, async () => {
    const pooler = await startPooler(url, mode)
    try {
      const opening = openPostgres({ url: pooler.url })
      if (mode === 'session') await opens(opening)
      else await assert.rejects(opening, { code: 'database.transactionPooler' })
    } finally {
      pooler.close()
    }
  })
}

/** A Kysely dialect over a pool of `pg`. */
function poolDialect(max = 2): Dialect {
  return new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max }) })
}

test("a user's own Kysely dialect is a session when its connection keeps its state", { skip }, async () => {
  for (const max of [1, 3]) {
    const session = await openDatabase({ dialect: poolDialect(max), kind: 'postgres' }, '/')
    await session.transaction(() => session.script('CREATE TABLE own (n int); INSERT INTO own VALUES (1)'))
    assert.deepEqual(await session.kysely.selectFrom('own').selectAll().execute(), [{ n: 1 }])
    await assert.rejects(
      session.transaction(async () => {
        await session.script('DROP TABLE own')
        await session.script('SELECT nope').catch(() => {})
      }),
      { code: 'database.transactionFailed' },
    )
    const lock = await session.lock({ timeout: 0 })
    await lock.release()
    await session.script('DROP TABLE own')
    await session.close()
  }
})

test('a dialect whose statements go to one connection and to another is refused', { skip }, async () => {
  const clients = [new pg.Client({ connectionString: url }), new pg.Client({ connectionString: url })]
  await Promise.all(clients.map((client) => client.connect()))
  let turns = 0
  const alternating = withConnection(poolDialect(), (connection) => ({
    async executeQuery(query) {
      turns += 1
      const result = await clients[turns % 2]?.query(query.sql, [...query.parameters])
      return { rows: result?.rows ?? [] }
    },
    streamQuery: (query, size) => connection.streamQuery(query, size),
  }))
  await assert.rejects(openKyselyDialect(alternating, 'own'), { code: 'database.transactionPooler' })
  await Promise.all(clients.map((client) => client.end()))
})

test('a dialect that forgets is refused by what it lacks', { skip }, async () => {
  const forgetful = withConnection(poolDialect(), (connection) => ({
    async executeQuery(query) {
      const result = await connection.executeQuery<never>(query)
      if (!/^BEGIN|^SAVEPOINT|^ROLLBACK/.test(query.sql)) {
        await connection.executeQuery({ ...query, sql: 'DISCARD TEMP', parameters: [] })
      }
      return result
    },
    streamQuery: (query, size) => connection.streamQuery(query, size),
  }))
  await assert.rejects(openKyselyDialect(forgetful, 'own'), {
    code: 'database.notASession',
    message: /a temporary table made by one statement/,
  })
})

/** The server with another answer in place of one of its own: there is none of 13, and no replica, at hand. */
function answering(question: string, answer: string): Dialect {
  return withConnection(poolDialect(), (connection) => ({
    executeQuery: (query) => connection.executeQuery({ ...query, sql: query.sql.replace(question, answer) }),
    streamQuery: (query, size) => connection.streamQuery(query, size),
  }))
}

test('a server that is too old is refused', { skip }, async () => {
  const older = answering("pg_catalog.current_setting('server_version_num')", "'130014'")
  await assert.rejects(openKyselyDialect(older, 'own'), {
    code: 'database.tooOld',
    details: { database: 'own', product: 'PostgreSQL', version: '13.14', oldest: '14' },
  })
})

test('a replica is refused, unless nothing is to be written', { skip }, async () => {
  const replica = (): Dialect => answering('pg_catalog.pg_is_in_recovery()', 'true')
  await assert.rejects(openKyselyDialect(replica(), 'own'), {
    code: 'database.writesRefused',
    details: { database: 'own', reason: 'replica' },
  })
  await opens(openKyselyDialect(replica(), 'own', { forReading: true }))
})

test('a package that is not installed is none, and one that fails to load is an error', async () => {
  assert.equal(await loadPackage('godwit-no-such-package', temporaryFolder('postgres')), undefined)
  const folder = temporaryFolder('postgres')
  const broken = join(folder, 'node_modules', 'godwit-broken-package')
  mkdirSync(broken, { recursive: true })
  writeFileSync(join(broken, 'package.json'), '{ "main": "index.js" }')
  writeFileSync(join(broken, 'index.js'), "require('something-else')")
  await assert.rejects(loadPackage('godwit-broken-package', folder), /something-else/)
})

test("a package of the project's own is found where Godwit has none", async () => {
  const folder = temporaryFolder('postgres')
  const own = join(folder, 'node_modules', 'godwit-own-package')
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, 'package.json'), '{ "main": "index.js" }')
  writeFileSync(join(own, 'index.js'), 'exports.found = 1')
  const { found } = (await loadPackage<{ readonly found: number }>('godwit-own-package', folder)) ?? {}
  assert.equal(found, 1)
})

test('PGlite keeps a folder, one process at a time, and nothing of one that is only read', async () => {
  const folder = temporaryFolder('postgres')
  await opens(openDatabase('pglite:./data', folder, { forReading: true }))
  assert.equal(existsSync(join(folder, 'data')), false)
  const first = await openDatabase('pglite:./data', folder)
  assert.equal(first.label, 'pglite:./data')
  await first.script('CREATE EXTENSION btree_gist; CREATE TABLE kept (n int)')
  const order: string[] = []
  const second = openDatabase('pglite:./data', folder).then((session) => {
    order.push('second opens')
    return session
  })
  await new Promise((resolve) => setTimeout(resolve, 300))
  order.push('first closes')
  await first.close()
  const again = await second
  assert.deepEqual(order, ['first closes', 'second opens'])
  assert.deepEqual([...(await again.inspect()).tables.keys()], ['kept'])
  await again.close()
})

test('folders that cannot be made or are no database are told apart', async () => {
  const folder = temporaryFolder('postgres')
  await assert.rejects(openPglite({ dataDir: join(folder, 'no', 'such', 'folder') }), { code: 'database.cannotOpen' })
  const foreign = join(folder, 'foreign')
  mkdirSync(foreign)
  writeFileSync(join(foreign, 'PG_VERSION'), 'what?')
  await assert.rejects(openPglite({ dataDir: foreign }), { code: 'database.notADatabase' })
  for (const bad of ['pglite://host/data', 'pglite:./data?mode=ro']) {
    await assert.rejects(openDatabase(bad, folder), { code: 'database.badPgliteUrl' })
  }
})

after(async () => {
  await database?.drop()
})

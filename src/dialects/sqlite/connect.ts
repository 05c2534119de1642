import type { DatabaseSync } from 'node:sqlite'
import type { DatabaseConnection, Dialect as KyselyDialect } from 'kysely'
import { fail } from '../../errors/error.ts'
import type { Session } from '../../schema/dialect.ts'
import { type Observer, observed } from '../shared/observed.ts'
import { loadKysely, loadNodeSqlite } from '../shared/quiet-loading.ts'
import { rawQuery } from '../shared/raw-query.ts'
import { isAtLeast } from '../shared/versions.ts'
import { defaultBusyTimeout } from './busy.ts'
import { oldestVersion } from './capabilities.ts'
import { databaseError } from './database-error.ts'
import { nodeConnection } from './node-connection.ts'
import { createSession, type OpenConnection } from './session.ts'

export interface OpenSqliteOptions {
  /** A path, or `:memory:`. */
  readonly path: string
  /** The database in words for messages; the path when absent. */
  readonly label?: string
  /** `always`: foreign keys are never switched off, not even while a table is rebuilt. */
  readonly enforceForeignKeys?: 'switchable' | 'always'
  /** Plans as for a server of this version, which must be older: to see what an older one would get. */
  readonly planAs?: string
  /** What a database in memory begins with, as a file has it; Node can do that since 24.18. */
  readonly image?: Uint8Array
  /** How long a statement may wait for another connection, in milliseconds; 5 seconds if not given. */
  readonly lockTimeout?: number | undefined
  /** Called before and after every statement that is sent, whoever sends it. */
  readonly observe?: Observer
}

/** Opens a SQLite file, or makes it, by Node's own driver. */
export async function openSqlite(options: OpenSqliteOptions): Promise<Session> {
  const {
    path,
    label = path,
    enforceForeignKeys,
    planAs,
    image,
    observe,
    lockTimeout: busyTimeout = defaultBusyTimeout,
  } = options
  const { DatabaseSync } = loadNodeSqlite()
  const database = prepared(label, busyTimeout, () => {
    const opened = new DatabaseSync(path)
    if (image !== undefined) opened.deserialize(image)
    return opened
  })
  return createSession({
    label,
    connection: observed(nodeConnection(database, label, busyTimeout), observe),
    parts: {
      createAdapter: () => new (loadKysely().SqliteAdapter)(),
      createIntrospector: (db) => new (loadKysely().SqliteIntrospector)(db),
      createQueryCompiler: () => new (loadKysely().SqliteQueryCompiler)(),
    },
    isTransaction: () => database.isTransaction,
    canSuspendForeignKeys: enforceForeignKeys !== 'always',
    busyTimeout,
    ...(planAs === undefined ? {} : { planAs }),
    close: async () => database.close(),
  })
}

/** Takes one connection out of a Kysely dialect of the user's own, and keeps it. */
export async function openKyselyDialect(
  dialect: KyselyDialect,
  label: string,
  { lockTimeout: busyTimeout = defaultBusyTimeout }: Pick<OpenSqliteOptions, 'lockTimeout'> = {},
): Promise<Session> {
  const driver = dialect.createDriver()
  try {
    await driver.init()
    const connection = await driver.acquireConnection()
    const value = async (statement: string): Promise<unknown> => firstValue(connection, statement)
    await proveSession(connection, label)
    for (const pragma of pragmas(busyTimeout)) await value(pragma)
    const version = String(await value('SELECT sqlite_version()'))
    if (!isAtLeast(version, oldestVersion))
      fail('database.tooOld', { database: label, product: 'SQLite', version, oldest: oldestVersion })
    await value('PRAGMA foreign_keys = OFF')
    const canSuspendForeignKeys = Number(await value('PRAGMA foreign_keys')) === 0
    await value('PRAGMA foreign_keys = ON')
    const open: OpenConnection = {
      label,
      connection,
      parts: dialect,
      canSuspendForeignKeys,
      busyTimeout,
      async close() {
        await driver.releaseConnection(connection)
        await driver.destroy()
      },
    }
    return await createSession(open)
  } catch (error) {
    await driver.destroy().catch(() => {})
    throw databaseError(error, label, 'opening the connection')
  }
}

/**
 * What every connection is set to. Foreign keys are on, as they are for the applications that use the file; RENAME rewrites what names the table;
 * a statement that meets another writer waits.
 */
function pragmas(busyTimeout: number): readonly string[] {
  return ['PRAGMA foreign_keys = ON', 'PRAGMA legacy_alter_table = OFF', `PRAGMA busy_timeout = ${busyTimeout}`]
}

function prepared(label: string, busyTimeout: number, open: () => DatabaseSync): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    database = open()
    for (const pragma of pragmas(busyTimeout)) database.exec(pragma)
    const on = database.prepare('PRAGMA foreign_keys').get()
    if (Number(on?.['foreign_keys']) !== 1) fail('database.foreignKeysStayOff', { database: label })
    // The file is read for the first time here: whether it is a database at all shows now and not in the middle of a migration.
    database.prepare('SELECT count(*) FROM sqlite_schema').get()
    return database
  } catch (error) {
    database?.close()
    throw databaseError(error, label, 'opening the database')
  }
}

/** A driver that sends each statement by a connection of its own, as one over HTTP does, keeps neither temporary tables nor a transaction. */
async function proveSession(connection: DatabaseConnection, label: string): Promise<void> {
  const works = async (problem: string, statements: readonly string[]): Promise<void> => {
    try {
      for (const statement of statements) await firstValue(connection, statement)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      fail(
        'database.notASession',
        { database: label, product: 'SQLite', problem: `${problem} (${message})` },
        { cause: error },
      )
    }
  }
  await works('a temporary table made by one statement is not there for the next', [
    'CREATE TEMP TABLE godwit_session (probe)',
    'SELECT * FROM temp.godwit_session',
    'DROP TABLE temp.godwit_session',
  ])
  await works('it keeps no transaction open', ['BEGIN', 'SELECT 1', 'ROLLBACK'])
}

async function firstValue(connection: DatabaseConnection, statement: string): Promise<unknown> {
  const { rows } = await connection.executeQuery<object>(rawQuery(statement))
  return Object.values(rows[0] ?? {})[0]
}

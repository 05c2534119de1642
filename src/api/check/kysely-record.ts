import type { Kysely } from 'kysely'
import { fail } from '../../errors/error.ts'
import { entryOf } from '../../history/journal.ts'
import { type MigrationKey, splitMigrationKey } from '../../history/migration.ts'
import { journalTable, recordTable } from '../../history/record-tables.ts'
import { contentOf, keyOfRow, overview, recordedOf } from '../../history/recorder.ts'
import type { Row } from '../../schema/dialect.ts'
import type { RecordReader } from './read-record.ts'

/** An application's own Kysely, whatever it knows of its tables. */
// biome-ignore lint/suspicious/noExplicitAny: the tables of a database are known to its user, not here.
export type AnyKysely = Kysely<any>

const journalColumns = ['app', 'name', 'direction', 'position', 'step', 'under_way']

/** Reads the record over a Kysely that somebody else has opened: one query for each of the two tables, which changes nothing of the connection. */
export function kyselyRecord(kysely: AnyKysely): RecordReader {
  // Names are to reach the database as they are.
  const db = kysely.withoutPlugins()
  return {
    // Whether there is a table is seen when it is read.
    exists: async () => true,
    async applied() {
      const rows = await rowsOf(db, recordTable, overview)
      return new Map(rows.map((row) => [keyOfRow(row), recordedOf(row)]))
    },
    async halfWay() {
      const rows = await rowsOf(db, journalTable, journalColumns)
      return new Map(rows.map((row) => [keyOfRow(row), entryOf(row)]))
    },
    async contents(keys) {
      const found = await Promise.all([...keys].map(async (key) => [key, await contentUnder(db, key)] as const))
      return new Map(found.flatMap(([key, content]) => (content === undefined ? [] : [[key, content]])))
    },
  }
}

async function contentUnder(db: AnyKysely, key: MigrationKey) {
  const [app, name] = splitMigrationKey(key)
  const row: Row | undefined = await db
    .selectFrom(recordTable)
    .select(['format', 'dependencies', 'operations'])
    .where('app', '=', app)
    .where('name', '=', name)
    .executeTakeFirst()
  return row === undefined ? undefined : contentOf(key, row)
}

/** The rows of a table, of which an earlier build may have made fewer columns; none where there is no such table. */
async function rowsOf(db: AnyKysely, table: string, columns: readonly string[]): Promise<readonly Row[]> {
  try {
    return await db
      .selectFrom(table)
      .select([...columns])
      .execute()
  } catch (error) {
    const there = await columnsOf(db, table, error)
    if (there === undefined) return []
    const known = columns.filter((column) => there.has(column))
    if (known.length === columns.length) return notReadable(error)
    return db.selectFrom(table).select(known).execute()
  }
}

async function columnsOf(db: AnyKysely, table: string, cause: unknown): Promise<ReadonlySet<string> | undefined> {
  try {
    const tables = await db.introspection.getTables()
    const found = tables.find(({ name }) => name === table)
    return found && new Set(found.columns.map(({ name }) => name))
  } catch {
    // The first failure is the one to tell of: a database that cannot be reached answers nothing.
    return notReadable(cause)
  }
}

function notReadable(cause: unknown): never {
  return fail(
    'checking.recordNotReadable',
    { reason: cause instanceof Error ? cause.message : String(cause) },
    { cause },
  )
}

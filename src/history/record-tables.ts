import type { ColumnType } from '../schema/column-type.ts'
import type { Spelling } from '../schema/dialect.ts'
import { join, name, type Sql, sql, value, verbatim } from '../schema/sql.ts'
import { type MigrationKey, splitMigrationKey } from './migration.ts'

/** The tables that Godwit keeps for itself in each database: no part of any Schema that is compared. */
export const recordTable = 'godwit_migrations'
export const journalTable = 'godwit_journal'
export const batchesTable = 'godwit_batches'
export const objectsTable = 'godwit_objects'

const label: ColumnType = { type: 'varchar', length: 255 }
const digest: ColumnType = { type: 'varchar', length: 64 }
/** Moments are ISO text in UTC: the same in every database, whatever its driver makes of timestamps. */
const moment: ColumnType = { type: 'varchar', length: 32 }

interface OwnColumn {
  readonly type: ColumnType
  readonly nullable?: true
}

const recordColumns = {
  app: { type: label },
  name: { type: label },
  applied_at: { type: moment },
  duration_ms: { type: { type: 'integer' } },
  godwit_version: { type: { type: 'varchar', length: 50 } },
  format: { type: { type: 'integer' } },
  checksum: { type: digest },
  code_fingerprint: { type: digest, nullable: true },
  dependencies: { type: { type: 'text' } },
  /** What a squash stood for when it was recorded; NULL for other migrations. */
  replaces: { type: { type: 'text' }, nullable: true },
  /** The names of the migrations that a baseline began anew, as a JSON list; NULL for other migrations. */
  resets: { type: { type: 'text' }, nullable: true },
  operations: { type: { type: 'text' } },
} as const satisfies Record<string, OwnColumn>

const journalColumns = {
  app: { type: label },
  name: { type: label },
  direction: { type: { type: 'varchar', length: 9 } },
  position: { type: { type: 'integer' } },
  step: { type: { type: 'text' } },
  /** 0 or 1. */
  under_way: { type: { type: 'integer' } },
  written_at: { type: moment },
  /** How many steps are done, and of how many. */
  steps_done: { type: { type: 'integer' }, nullable: true },
  steps_total: { type: { type: 'integer' }, nullable: true },
  /** A digest of every unit that was begun, as a JSON list: what was begun may not be another when it is finished. */
  begun: { type: { type: 'text' }, nullable: true },
  /** The plan of the unit at `position`, as JSON, where the server commits its statements one by one. */
  plan: { type: { type: 'text' }, nullable: true },
  /** How many statements of that unit are done. */
  statement: { type: { type: 'integer' }, nullable: true },
  /** What an inspection gave before the statement that is under way. */
  fingerprint: { type: digest, nullable: true },
} as const satisfies Record<string, OwnColumn>

const batchesColumns = {
  app: { type: label },
  name: { type: label },
  /** Which step of the migration it is about. */
  position: { type: { type: 'integer' } },
  direction: { type: { type: 'varchar', length: 9 } },
  /** The key of the last row that was worked on: a JSON list with a literal for each column. */
  cursor: { type: { type: 'text' } },
  rows_done: { type: { type: 'bigInteger' } },
  written_at: { type: moment },
} as const satisfies Record<string, OwnColumn>

const objectsColumns = {
  /** A digest of what names the thing: its name alone may be longer than a key can be. */
  object_key: { type: digest },
  app: { type: label },
  name: { type: label },
  /** Later notes of a thing are the ones that hold. */
  position: { type: { type: 'integer' } },
  kind: { type: { type: 'varchar', length: 32 } },
  object: { type: { type: 'text' } },
  table_name: { type: { type: 'text' }, nullable: true },
  /** NULL: the migration took it away. */
  definition: { type: { type: 'text' }, nullable: true },
} as const satisfies Record<string, OwnColumn>

export type RecordColumn = keyof typeof recordColumns
export type JournalColumn = keyof typeof journalColumns
export type BatchesColumn = keyof typeof batchesColumns
export type ObjectsColumn = keyof typeof objectsColumns

/** The statements that make Godwit's own tables where they are missing. */
export function createOwnTables(spelling: Spelling): readonly Sql[] {
  // The record last: where it is, the journal is too, however early a process died.
  return [createTable(journalTable, journalColumns, spelling), createTable(recordTable, recordColumns, spelling)]
}

/** The tables that are made before the first migration, and the columns that a build of some other day may not know yet. */
export const ownTables: ReadonlyMap<string, readonly string[]> = new Map([
  [journalTable, Object.keys(journalColumns)],
  [recordTable, Object.keys(recordColumns)],
])

/** Every table of Godwit's own whose rows are about a migration; not every database has all of them. */
export const tablesByMigration: readonly string[] = [recordTable, journalTable, batchesTable, objectsTable]

/** The statements that give tables of an earlier build the columns that it did not know. Only what may be NULL has come since the first. */
export function addOwnColumns(missing: ReadonlyMap<string, readonly string[]>, spelling: Spelling): readonly Sql[] {
  const definitions: Readonly<Record<string, OwnColumn>> = { ...recordColumns, ...journalColumns }
  return [...missing].flatMap(([table, columns]) =>
    columns.flatMap((column) => {
      const definition = definitions[column]
      return definition === undefined
        ? []
        : [sql`ALTER TABLE ${name(table)} ADD COLUMN ${name(column)} ${verbatim(spelling.type(definition.type))}`]
    }),
  )
}

/** The statement that makes the table of resume points where it is missing: few databases ever need it. */
export function createBatchesTable(spelling: Spelling): Sql {
  return createTable(batchesTable, batchesColumns, spelling)
}

/** The statement that makes the table of what SQL and code of migrations made: only databases with such migrations need it. */
export function createObjectsTable(spelling: Spelling): Sql {
  return createTable(objectsTable, objectsColumns, spelling, ['object_key', 'app', 'name'])
}

/** The condition that a row of any of these tables is about a migration. */
export function isOf(key: MigrationKey): Sql {
  const [app, migration] = splitMigrationKey(key)
  return sql`${name('app')} = ${value(app)} AND ${name('name')} = ${value(migration)}`
}

function createTable(
  table: string,
  columns: Readonly<Record<string, OwnColumn>>,
  spelling: Spelling,
  keyColumns: readonly string[] = ['app', 'name'],
): Sql {
  const definitions = Object.entries(columns).map(([column, { type, nullable }]) => {
    const rule = nullable ? sql`` : sql` NOT NULL`
    return sql`${name(column)} ${verbatim(spelling.type(type))}${rule}`
  })
  const key = join(keyColumns.map(name))
  const options = spelling.ownTable === undefined ? sql`` : sql` ${spelling.ownTable}`
  return sql`CREATE TABLE IF NOT EXISTS ${name(table)} (${join(definitions)}, PRIMARY KEY (${key}))${options}`
}

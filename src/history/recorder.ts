import { fail } from '../errors/error.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import { version } from '../lib/version.ts'
import { canonicalFormat, canonicalOperations, codeFingerprint, operationsChecksum } from '../operations/canonical.ts'
import type { Row, Session } from '../schema/dialect.ts'
import { join, name, names, type Sql, sql, value } from '../schema/sql.ts'
import type { Value } from '../schema/value.ts'
import { createJournal, type Journal } from './journal.ts'
import {
  type Migration,
  type MigrationKey,
  type MigrationReference,
  migrationKey,
  splitMigrationKey,
} from './migration.ts'
import {
  addOwnColumns,
  createOwnTables,
  isOf,
  journalTable,
  ownTables,
  type RecordColumn,
  recordTable,
  tablesByMigration,
} from './record-tables.ts'

/** What the database remembers of an applied migration; its operations are read apart, as they are rarely needed. */
export interface Recorded {
  readonly app: string
  readonly name: string
  /** ISO text, in UTC. */
  readonly appliedAt: string
  /** How long it took. */
  readonly milliseconds: number
  readonly godwitVersion: string
  readonly format: number
  /** Of the operations' data: another text of the same operations has the same. Empty where only the name is known. */
  readonly checksum: string
  /** Of the functions' texts; absent where there are none. Proves nothing: it differs between compilers. */
  readonly codeFingerprint?: string
  /** What it stood for when it was recorded, if it was a squash. */
  readonly replaces: readonly MigrationKey[]
  /** The names of the migrations that it began anew, if it was written by `resetmigrations`. */
  readonly resets?: readonly string[]
}

/** The whole of what was applied, as data: enough to describe it, to write its file again, and to unapply it. */
export interface RecordedContent {
  readonly dependencies: readonly MigrationReference[]
  /** As `canonicalOperations` gave them. */
  readonly operations: readonly RecordedOperation[]
}

export interface RecordedOperation {
  readonly kind: string
  readonly [key: string]: unknown
}

/** The memory of a database: which migrations were applied to it, and which is under way outside a transaction. */
export interface Recorder extends Journal {
  /** Makes the tables where they are missing, and the columns that an earlier build did not know. Not inside a migration's transaction, which may be rolled back. */
  ensure(): Promise<void>
  /** Whether the database has ever been migrated. */
  exists(): Promise<boolean>
  /** What is applied, by app and name; nothing, where there is no table. */
  applied(): Promise<ReadonlyMap<MigrationKey, Recorded>>
  /** Whether one migration is applied, as the database has it at this moment. The tables must be there. */
  isApplied(key: MigrationKey): Promise<boolean>
  /** What was applied under these keys. Fails with `migrations.recordFormat` for what a newer Godwit wrote. */
  contents(keys: Iterable<MigrationKey>): Promise<ReadonlyMap<MigrationKey, RecordedContent>>
  /** Notes that a migration is applied. Belongs into the transaction that applies it. */
  record(migration: Migration, facts: { readonly milliseconds: number }): Promise<void>
  /** Notes that a migration whose file is gone is applied, because a squash that replaces it is. */
  recordName(key: MigrationKey): Promise<void>
  /** Notes that a migration is unapplied. Belongs into the transaction that unapplies it. */
  unrecord(key: MigrationKey): Promise<void>
  /** Remembers another content of an applied migration: what its file has now. When it was applied stays, and of `otherwiseSame` code the fingerprint. */
  amend(migration: Migration, options?: { readonly otherwiseSame?: boolean }): Promise<void>
  /** Gives what is remembered under one name another one, in every table of Godwit's own that has it. */
  rename(from: MigrationKey, to: MigrationKey): Promise<void>
}

/** The columns that `recordedOf` reads; what an earlier build made may lack the last ones. */
export const overview = [
  'app',
  'name',
  'applied_at',
  'duration_ms',
  'godwit_version',
  'format',
  'checksum',
  'code_fingerprint',
  'replaces',
  'resets',
] as const satisfies readonly RecordColumn[]

/** The columns of Godwit's own tables, as a database has them. */
type Found = ReadonlyMap<string, ReadonlySet<string>>

/** The recorder of the database behind a session; whether its tables exist is asked once, until they do. */
export function createRecorder(session: Session): Recorder {
  let seen: Found = new Map()
  let found: Found | undefined
  const look = async (): Promise<Found> => {
    const { tables } = await session.inspect({ tables: [...ownTables.keys()] })
    return new Map([...tables].map(([table, { columns }]) => [table, new Set(columns.map((column) => column.name))]))
  }
  const exists = async (): Promise<boolean> => {
    if (found === undefined) {
      seen = await look()
      if (seen.has(recordTable)) found = seen
    }
    return found !== undefined
  }
  return {
    ...createJournal(session, () => found?.get(journalTable)),
    exists,
    async ensure() {
      const { spelling } = session.dialect
      if (!(await exists())) {
        for (const statement of createOwnTables(spelling)) await session.query(statement)
      }
      // What an earlier build made, and what it had made of them when its process died.
      for (const statement of addOwnColumns(missingIn(seen), spelling)) await session.query(statement)
      found = new Map([...ownTables].map(([table, columns]) => [table, new Set(columns)]))
      seen = found
    },
    async applied() {
      if (!(await exists())) return new Map()
      const there = found?.get(recordTable)
      const rows = await session.query(
        sql`SELECT ${names(overview.filter((column) => there?.has(column) !== false))} FROM ${name(recordTable)} ORDER BY ${names(['app', 'name'])}`,
      )
      return new Map(rows.map((row) => [keyOfRow(row), recordedOf(row)]))
    },
    async isApplied(key) {
      const rows = await session.query(sql`SELECT ${name('app')} FROM ${name(recordTable)} WHERE ${isOf(key)}`)
      return rows.length > 0
    },
    async contents(keys) {
      const found = new Map<MigrationKey, RecordedContent>()
      if (!(await exists())) return found
      for (const key of keys) {
        const [row] = await session.query(selectContent(key))
        if (row !== undefined) found.set(key, contentOf(key, row))
      }
      return found
    },
    async record(migration, { milliseconds }) {
      await session.query(insertRow(rowOf(migration, milliseconds)))
    },
    async recordName(key) {
      const [app, migration] = splitMigrationKey(key)
      await session.query(
        insertRow({ ...rowOf({ app, name: migration, definition: { operations: [] } }, 0), checksum: '' }),
      )
    },
    async unrecord(key) {
      await session.query(sql`DELETE FROM ${name(recordTable)} WHERE ${isOf(key)}`)
    },
    async amend(migration, options) {
      await session.query(updateContent(migration, options))
    },
    async rename(from, to) {
      const [app, migration] = splitMigrationKey(to)
      const { tables } = await session.inspect({ tables: tablesByMigration })
      for (const table of tables.keys()) {
        await session.query(
          sql`UPDATE ${name(table)} SET ${name('app')} = ${value(app)}, ${name('name')} = ${value(migration)} WHERE ${isOf(from)}`,
        )
      }
    },
  }
}

/** The columns that the tables lack. */
function missingIn(found: Found): ReadonlyMap<string, readonly string[]> {
  const lacking = [...ownTables].map(([table, columns]): [string, readonly string[]] => {
    const there = found.get(table)
    return [table, columns.filter((column) => there !== undefined && !there.has(column))]
  })
  return new Map(lacking.filter(([, columns]) => columns.length > 0))
}

type RecordRow = { readonly [Column in RecordColumn]: Value }

function rowOf({ app, name: migration, definition }: Migration, milliseconds: number): RecordRow {
  const { operations, dependencies = [], replaces = [], resets } = definition
  return {
    app,
    name: migration,
    applied_at: new Date().toISOString(),
    duration_ms: Math.round(milliseconds),
    godwit_version: version(),
    format: canonicalFormat,
    checksum: operationsChecksum(operations),
    code_fingerprint: codeFingerprint(operations) ?? null,
    dependencies: canonicalJson(dependencies),
    replaces: replaces.length === 0 ? null : canonicalJson(replaces),
    resets: resets === undefined ? null : canonicalJson(resets.migrations),
    operations: canonicalJson(canonicalOperations(operations)),
  }
}

function insertRow(row: RecordRow): Sql {
  const values = Object.values(row).map(value)
  return sql`INSERT INTO ${name(recordTable)} (${names(Object.keys(row))}) VALUES (${join(values)})`
}

/** What the file of a migration says of what was applied. */
const ofContent = [
  'format',
  'checksum',
  'dependencies',
  'replaces',
  'operations',
] as const satisfies readonly RecordColumn[]

function updateContent(migration: Migration, { otherwiseSame = false } = {}): Sql {
  const row = rowOf(migration, 0)
  const columns: readonly RecordColumn[] = otherwiseSame ? ofContent : [...ofContent, 'code_fingerprint']
  const changes = columns.map((column) => sql`${name(column)} = ${value(row[column])}`)
  return sql`UPDATE ${name(recordTable)} SET ${join(changes)} WHERE ${isOf(migrationKey(migration.app, migration.name))}`
}

function selectContent(key: MigrationKey): Sql {
  return sql`SELECT ${names(['format', 'dependencies', 'operations'])} FROM ${name(recordTable)} WHERE ${isOf(key)}`
}

/** A row as what was applied. */
export function contentOf(key: MigrationKey, row: Row): RecordedContent {
  const format = Number(row['format'])
  if (format > canonicalFormat) fail('migrations.recordFormat', { migration: key, format, known: canonicalFormat })
  return { dependencies: JSON.parse(String(row['dependencies'])), operations: JSON.parse(String(row['operations'])) }
}

/** A row as what is remembered of an applied migration. */
export function recordedOf(row: Row): Recorded {
  const fingerprint = row['code_fingerprint']
  return {
    app: String(row['app']),
    name: String(row['name']),
    appliedAt: String(row['applied_at']),
    milliseconds: Number(row['duration_ms']),
    godwitVersion: String(row['godwit_version']),
    format: Number(row['format']),
    checksum: String(row['checksum']),
    ...(typeof fingerprint === 'string' ? { codeFingerprint: fingerprint } : {}),
    replaces: replacesOf(row['replaces']),
    ...(typeof row['resets'] === 'string' && { resets: JSON.parse(row['resets']) }),
  }
}

function replacesOf(column: unknown): readonly MigrationKey[] {
  if (typeof column !== 'string') return []
  const references: readonly MigrationReference[] = JSON.parse(column)
  return references.map((reference) => migrationKey(...reference))
}

/** The migration that a row of any of Godwit's own tables is about. */
export function keyOfRow(row: Row): MigrationKey {
  return migrationKey(String(row['app']), String(row['name']))
}

import type { Row, Session } from '../schema/dialect.ts'
import { join, name, names, type Sql, sql, value } from '../schema/sql.ts'
import type { Value } from '../schema/value.ts'
import { keyOfMigration, type Migration, type MigrationKey, migrationKey } from './migration.ts'
import { isOf, type JournalColumn, journalTable } from './record-tables.ts'

/** How far a migration that commits step by step has come, so that a run that was killed can be completed. */
export interface JournalEntry {
  readonly direction: 'forwards' | 'backwards'
  /** How many steps are finished. */
  readonly position: number
  /** The last step that was finished, or the one that is under way, in words. */
  readonly step: string
  /** The step at `position` was begun: whether it took effect is not known. */
  readonly underWay: boolean
}

/** The journal of migrations that run outside a transaction: at most one entry for each. */
export interface Journal {
  /** The migrations that are half-way. The tables must be there. */
  halfWay(): Promise<ReadonlySet<MigrationKey>>
  /** The entry of a migration; absent when it is not half-way. The tables must be there. */
  readJournal(key: MigrationKey): Promise<JournalEntry | undefined>
  /** Replaces the entry of the migration, or adds it. */
  writeJournal(entry: JournalEntry & { readonly migration: Migration }): Promise<void>
  clearJournal(key: MigrationKey): Promise<void>
}

/** The journal of the database behind a session. */
export function createJournal(session: Session): Journal {
  const readJournal: Journal['readJournal'] = async (key) => {
    const [row] = await session.query(select(key))
    return row === undefined ? undefined : entryOf(row)
  }
  return {
    async halfWay() {
      const rows = await session.query(sql`SELECT ${names(['app', 'name'])} FROM ${name(journalTable)}`)
      return new Set(rows.map((row) => migrationKey(String(row['app']), String(row['name']))))
    },
    readJournal,
    async writeJournal(entry) {
      // Looking first is safe: only the holder of the lock writes, and no form of "insert or update" is common to all databases.
      const open = await readJournal(keyOfMigration(entry.migration))
      await session.query(open === undefined ? insert(entry) : update(entry))
    },
    async clearJournal(key) {
      await session.query(sql`DELETE FROM ${name(journalTable)} WHERE ${isOf(key)}`)
    },
  }
}

const columns = ['direction', 'position', 'step', 'under_way'] as const satisfies readonly JournalColumn[]

function select(key: MigrationKey): Sql {
  return sql`SELECT ${names(columns)} FROM ${name(journalTable)} WHERE ${isOf(key)}`
}

function insert(entry: Parameters<Journal['writeJournal']>[0]): Sql {
  const { app, name: migration } = entry.migration
  const content = { app, name: migration, ...contentOf(entry) } satisfies { [Column in JournalColumn]: Value }
  const values = Object.values(content).map(value)
  return sql`INSERT INTO ${name(journalTable)} (${names(Object.keys(content))}) VALUES (${join(values)})`
}

function update(entry: Parameters<Journal['writeJournal']>[0]): Sql {
  const assignments = Object.entries(contentOf(entry)).map(
    ([column, content]) => sql`${name(column)} = ${value(content)}`,
  )
  return sql`UPDATE ${name(journalTable)} SET ${join(assignments)} WHERE ${isOf(keyOfMigration(entry.migration))}`
}

function contentOf({ direction, position, step, underWay }: JournalEntry) {
  const written_at = new Date().toISOString()
  return { direction, position, step, under_way: underWay ? 1 : 0, written_at }
}

function entryOf(row: Row): JournalEntry {
  return {
    direction: row['direction'] === 'backwards' ? 'backwards' : 'forwards',
    position: Number(row['position']),
    step: String(row['step']),
    underWay: Number(row['under_way']) === 1,
  }
}

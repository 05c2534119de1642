import type { Row, Session } from '../schema/dialect.ts'
import { join, name, names, type Sql, sql, value } from '../schema/sql.ts'
import type { Value } from '../schema/value.ts'
import { keyOfMigration, type Migration, type MigrationKey } from './migration.ts'
import { type BatchesColumn, batchesTable, createBatchesTable, isOf } from './record-tables.ts'

/** The place behind which a backfill goes on: that of the last batch that was committed. */
export interface ResumePoint {
  /** The key of the last row of the batch, a literal for each of its columns. */
  readonly cursor: readonly Value[]
  readonly rowsDone: number
}

/** Which backfill of which migration, in which direction. */
export interface BackfillPlace {
  readonly migration: Migration
  /** The number of the step in its direction. */
  readonly position: number
  readonly direction: 'forwards' | 'backwards'
}

/** The resume points of backfills: at most one for each migration, as its steps come one after the other. */
export interface ResumePoints {
  /** Makes the table where it is missing. Not inside a transaction, which may be rolled back. */
  ensure(): Promise<void>
  /** Whether a migration has a backfill that is half-way. The table need not be there. */
  exists(key: MigrationKey): Promise<boolean>
  /** Where the backfill stands; absent when it has not committed a batch. */
  read(place: BackfillPlace): Promise<ResumePoint | undefined>
  /** Replaces the point, or adds the first one. Belongs into the transaction of the batch. */
  write(place: BackfillPlace, point: ResumePoint, isFirst: boolean): Promise<void>
  /** Belongs into the transaction that notes that the step is done. */
  clear(key: MigrationKey): Promise<void>
}

/** The resume points in the database behind a session. */
export function createResumePoints(session: Session): ResumePoints {
  return {
    async ensure() {
      await session.query(createBatchesTable(session.dialect.spelling))
    },
    async exists(key) {
      const { tables } = await session.inspect({ tables: [batchesTable] })
      return tables.has(batchesTable) && (await session.query(select(key))).length > 0
    },
    async read({ migration, position, direction }) {
      const [row] = await session.query(select(keyOfMigration(migration)))
      if (row === undefined) return undefined
      return Number(row['position']) === position && row['direction'] === direction ? pointOf(row) : undefined
    },
    async write(place, point, isFirst) {
      await session.query(isFirst ? insert(place, point) : update(place, point))
    },
    async clear(key) {
      await session.query(sql`DELETE FROM ${name(batchesTable)} WHERE ${isOf(key)}`)
    },
  }
}

const columns = ['position', 'direction', 'cursor', 'rows_done'] as const satisfies readonly BatchesColumn[]

function select(key: MigrationKey): Sql {
  return sql`SELECT ${names(columns)} FROM ${name(batchesTable)} WHERE ${isOf(key)}`
}

function insert({ migration, position, direction }: BackfillPlace, point: ResumePoint): Sql {
  const { app, name: called } = migration
  const content = { app, name: called, position, direction, ...contentOf(point) } satisfies {
    [Column in BatchesColumn]: Value
  }
  const values = Object.values(content).map(value)
  return sql`INSERT INTO ${name(batchesTable)} (${names(Object.keys(content))}) VALUES (${join(values)})`
}

function update({ migration }: BackfillPlace, point: ResumePoint): Sql {
  const assignments = Object.entries(contentOf(point)).map(
    ([column, content]) => sql`${name(column)} = ${value(content)}`,
  )
  return sql`UPDATE ${name(batchesTable)} SET ${join(assignments)} WHERE ${isOf(keyOfMigration(migration))}`
}

function contentOf({ cursor, rowsDone }: ResumePoint) {
  return { cursor: JSON.stringify(cursor), rows_done: rowsDone, written_at: new Date().toISOString() }
}

function pointOf(row: Row): ResumePoint {
  return { cursor: JSON.parse(String(row['cursor'])), rowsDone: Number(row['rows_done']) }
}

import type { Row, Session } from '../schema/dialect.ts'
import { join, name, names, type Sql, sql, value } from '../schema/sql.ts'
import type { Value } from '../schema/value.ts'
import type { KeptPlan } from './kept-plan.ts'
import { keyOfMigration, type Migration, type MigrationKey, migrationKey } from './migration.ts'
import { isOf, type JournalColumn, journalTable } from './record-tables.ts'

/** How far a migration that commits step by step has come, so that a run that was killed can be completed, or taken back. */
export interface JournalEntry {
  readonly direction: 'forwards' | 'backwards'
  /** How many units are finished, in this direction. */
  readonly position: number
  /** The last unit that was finished, or the one that is under way, in words. */
  readonly step: string
  /** The unit at `position`, or its statement at `statement`, was begun: whether it took effect is not known. */
  readonly underWay: boolean
  /** How many steps are done, and of how many; absent in what an earlier build wrote. */
  readonly progress?: Progress
  /** A digest of every unit that was begun; absent in what an earlier build wrote. */
  readonly begun?: readonly string[]
  /** The plan of the unit at `position`, once it is decided. */
  readonly plan?: KeptPlan
  /** How many statements of the unit at `position` are done; absent: none. */
  readonly statement?: number
  /** What an inspection gave before the statement that is under way, where one shows what it does. */
  readonly fingerprint?: string
}

/**
 * Steps that are done, of all that are known: a statement each where the server commits some by themselves, elsewhere a unit each. How many there will be is
 * known for sure only once the last plan is decided.
 */
export interface Progress {
  readonly done: number
  readonly total: number
}

/** The journal of migrations that commit step by step: at most one entry for each. */
export interface Journal {
  /** The migrations that are half-way. The tables must be there. */
  halfWay(): Promise<ReadonlyMap<MigrationKey, JournalEntry>>
  /** The entry of a migration; absent when it is not half-way. The tables must be there. */
  readJournal(key: MigrationKey): Promise<JournalEntry | undefined>
  /** Replaces the entry of the migration, or adds it. */
  writeJournal(entry: JournalEntry & { readonly migration: Migration }): Promise<void>
  clearJournal(key: MigrationKey): Promise<void>
}

/** The journal of the database behind a session. `known`: the columns that the table has, where an earlier build may have made it. */
export function createJournal(
  session: Session,
  known: () => ReadonlySet<string> | undefined = () => undefined,
): Journal {
  const read = (): readonly JournalColumn[] => {
    const there = known()
    return there === undefined ? columns : columns.filter((column) => there.has(column))
  }
  return {
    async halfWay() {
      const rows = await session.query(sql`SELECT ${names(['app', 'name', ...read()])} FROM ${name(journalTable)}`)
      return new Map(rows.map((row) => [migrationKey(String(row['app']), String(row['name'])), entryOf(row)]))
    },
    async readJournal(key) {
      const [row] = await session.query(sql`SELECT ${names(read())} FROM ${name(journalTable)} WHERE ${isOf(key)}`)
      return row === undefined ? undefined : entryOf(row)
    },
    async writeJournal(entry) {
      // Looking first is safe: only the holder of the lock writes, and no form of "insert or update" is common to all databases.
      const isOpen = sql`SELECT ${name('plan')} FROM ${name(journalTable)} WHERE ${isOf(keyOfMigration(entry.migration))}`
      const [open] = await session.query(isOpen)
      const content = contentOf(entry)
      // A plan is long, and stays the same from one statement to the next.
      const { plan, ...rest } = content
      if (open === undefined) await session.query(insert(entry.migration, content))
      else await session.query(update(entry.migration, open['plan'] === plan ? rest : content))
    },
    async clearJournal(key) {
      await session.query(sql`DELETE FROM ${name(journalTable)} WHERE ${isOf(key)}`)
    },
  }
}

const columns = [
  'direction',
  'position',
  'step',
  'under_way',
  'steps_done',
  'steps_total',
  'begun',
  'plan',
  'statement',
  'fingerprint',
] as const satisfies readonly JournalColumn[]

type Content = { readonly [Column in Exclude<JournalColumn, 'app' | 'name'>]: Value }

function insert({ app, name: migration }: Migration, rest: Content): Sql {
  const content = { app, name: migration, ...rest } satisfies { [Column in JournalColumn]: Value }
  const values = Object.values(content).map(value)
  return sql`INSERT INTO ${name(journalTable)} (${names(Object.keys(content))}) VALUES (${join(values)})`
}

function update(migration: Migration, content: Partial<Content>): Sql {
  const assignments = Object.entries(content).map(([column, one]) => sql`${name(column)} = ${value(one)}`)
  return sql`UPDATE ${name(journalTable)} SET ${join(assignments)} WHERE ${isOf(keyOfMigration(migration))}`
}

function contentOf(entry: JournalEntry): Content {
  const { direction, position, step, underWay, progress, begun, plan, statement, fingerprint } = entry
  return {
    direction,
    position,
    step,
    under_way: underWay ? 1 : 0,
    written_at: new Date().toISOString(),
    steps_done: progress?.done ?? null,
    steps_total: progress?.total ?? null,
    begun: begun === undefined ? null : JSON.stringify(begun),
    plan: plan === undefined ? null : JSON.stringify(plan),
    statement: statement ?? null,
    fingerprint: fingerprint ?? null,
  }
}

/** A row as an entry; columns that were not read count as absent. */
export function entryOf(row: Row): JournalEntry {
  const [done, total, statement] = [row['steps_done'], row['steps_total'], row['statement']].map(numberIn)
  const [begun, plan, fingerprint] = [row['begun'], row['plan'], row['fingerprint']].map(textIn)
  return {
    direction: row['direction'] === 'backwards' ? 'backwards' : 'forwards',
    position: Number(row['position']),
    step: String(row['step']),
    underWay: Number(row['under_way']) === 1,
    ...(done !== undefined && total !== undefined && { progress: { done, total } }),
    ...(begun !== undefined && { begun: JSON.parse(begun) }),
    ...(plan !== undefined && { plan: JSON.parse(plan) }),
    ...(statement !== undefined && { statement }),
    ...(fingerprint !== undefined && { fingerprint }),
  }
}

function numberIn(cell: unknown): number | undefined {
  return cell === null || cell === undefined ? undefined : Number(cell)
}

function textIn(cell: unknown): string | undefined {
  return cell === null || cell === undefined ? undefined : String(cell)
}

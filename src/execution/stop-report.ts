import { fail, GodwitError, hasCode } from '../errors/error.ts'
import { createJournal, type JournalEntry } from '../history/journal.ts'
import { keyOfMigration } from '../history/migration.ts'
import { defined } from '../lib/defined.ts'
import type { Dialect, Session } from '../schema/dialect.ts'
import type { MigrationExecution } from './execute-migration.ts'
import type { PlannedMigration } from './plan-migration.ts'
import { scriptOf } from './script.ts'
import type { Unit } from './unit.ts'
import { shortened, statementInWords, unitInWords } from './unit-in-words.ts'

/**
 * Does a part of a migration whose steps commit one by one. What stops it once anything is done leaves the migration half-way: then the failure says
 * what is done, what is not, and both ways out.
 *
 * @throws execution.stoppedHalfWay
 */
export async function reportingWhereItStopped<Result>(
  planned: PlannedMigration,
  entry: JournalEntry,
  { dialect }: Pick<Session, 'dialect'>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!isTold(error) || !isHalfWay(entry, planned)) throw error
    const { migration, direction } = planned
    const { finished, left, statement } = standIn(planned, entry, dialect)
    fail(
      'execution.stoppedHalfWay',
      {
        migration: keyOfMigration(migration),
        direction,
        done: entry.progress?.done ?? entry.position,
        total: entry.progress?.total ?? planned.units.length,
        finished,
        left,
        ...reasonOf(error),
        ...defined({ statement: statement === undefined ? undefined : (sentIn(error) ?? statement) }),
      },
      { cause: error },
    )
  }
}

/**
 * What is done and what is not, in words: units, and of the one at the position its statements. `statement`: the beginning of the first that is not done,
 * where they are told apart.
 */
export function standIn(
  { units }: Pick<PlannedMigration, 'units'>,
  { position, plan, statement = 0 }: JournalEntry,
  dialect: Dialect,
): { readonly finished: readonly string[]; readonly left: readonly string[]; readonly statement?: string } {
  const unit = units[position]
  const script = unit?.kind === 'sql' ? (scriptOf(unit, dialect) ?? []) : []
  const texts = plan?.statements.map(({ sql }) => sql) ?? script.map(({ text }) => text)
  const inWords = plan?.statements.map(statementInWords) ?? (script.length > 1 ? texts.map(shortened) : undefined)
  const next = inWords === undefined ? undefined : texts[statement]
  const whole = (one: Unit): string => withCount(one, dialect)
  return {
    finished: [...units.slice(0, position).map(whole), ...(inWords?.slice(0, statement) ?? [])],
    left: [...(inWords?.slice(statement) ?? []), ...units.slice(inWords ? position + 1 : position).map(whole)],
    ...(next !== undefined && { statement: shortened(next) }),
  }
}

/** A unit in words; of a user's SQL that counts as several steps, how many. */
function withCount(unit: Unit, dialect: Dialect): string {
  const count = unit.kind === 'sql' ? (scriptOf(unit, dialect)?.length ?? 1) : 1
  return count > 1 ? `${unitInWords(unit)} (${count} statements)` : unitInWords(unit)
}

/** The statement that a database refused: of several in one transaction it need not be the first. */
function sentIn(error: Error): string | undefined {
  for (const cause of causesOf(error)) {
    if (!(cause instanceof GodwitError) || !cause.code.startsWith('database.')) continue
    const { statement } = cause.details as { readonly statement?: unknown }
    if (typeof statement === 'string') return shortened(statement)
  }
  return undefined
}

/** Why it stopped. That it failed is said already, so of a failed step only what the database says of it counts. */
function reasonOf(error: GodwitError): { readonly reason: string; readonly fix?: string } {
  if (!hasCode(error, 'execution.stepFailed')) return { reason: error.message, fix: error.fix }
  const { reason, step, at } = error.details
  const { cause } = error
  const place = at === undefined ? '' : ` (${at})`
  return { reason: `"${step}" failed${place}: ${reason}`, ...(cause instanceof GodwitError && { fix: cause.fix }) }
}

/**
 * Does a step before which something was noted. Where the server refused it, or it was never sent, it did not take effect, and the journal says so: nobody
 * has to look at the tables for it, whatever is done to them before the next run. A migration of which nothing is done is not half-way.
 *
 * `looksUndone`: whether what an inspection shows is as it was before. Asked of a statement that was stopped in the middle, which its server takes back.
 */
export async function leavingNotes<Result>(
  planned: PlannedMigration,
  entry: JournalEntry,
  { uninterrupted, looksUndone }: Pick<MigrationExecution, 'uninterrupted'> & { looksUndone?: () => Promise<boolean> },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    // The failure is told all the same; without a note, the next run looks at the tables.
    await noteNotBegun().catch(() => undefined)
    throw error

    async function noteNotBegun(): Promise<void> {
      if (!wasRefused(error)) return
      if (wasStopped(error) && looksUndone !== undefined && !(await looksUndone())) return
      const { migration } = planned
      const { writeJournal, clearJournal } = createJournal(uninterrupted)
      if (isHalfWay(entry, planned)) await writeJournal({ ...asNotBegun(entry, planned), migration })
      else await clearJournal(keyOfMigration(migration))
    }
  }
}

/** The entry after a refusal. A unit of which nothing is done is free to be another in the file, and is planned anew. */
function asNotBegun(entry: JournalEntry, { direction }: PlannedMigration): JournalEntry {
  const { plan, statement = 0, begun, position, ...rest } = entry
  const isBegun = statement > 0 || (plan !== undefined && (plan.made.length > 0 || plan.from !== direction))
  if (isBegun) return { ...entry, underWay: false }
  return { ...rest, position, underWay: false, ...(begun !== undefined && { begun: begun.slice(0, position) }) }
}

/** Whether anything is done that the migration was not begun with. */
function isHalfWay({ position, statement = 0, plan }: JournalEntry, { direction }: PlannedMigration): boolean {
  return position > 0 || statement > 0 || (plan !== undefined && (plan.made.length > 0 || plan.from !== direction))
}

function isTold(error: unknown): error is GodwitError {
  return error instanceof GodwitError && error.code !== 'execution.batchesPaused' && error.code !== 'cli.interrupted'
}

/** The server answered, and said no, or was not asked at all. Who heard no answer does not know. */
function wasRefused(error: unknown): boolean {
  const isUnknown = causesOf(error).some(
    (cause) => hasCode(cause, 'database.connectionLost') || hasCode(cause, 'database.commitUnknown'),
  )
  return error instanceof GodwitError && !isUnknown
}

function wasStopped(error: unknown): boolean {
  return causesOf(error).some((cause) => hasCode(cause, 'database.cancelled'))
}

function causesOf(error: unknown): readonly Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : []
}

import { fail, hasCode } from '../errors/error.ts'
import type { JournalEntry } from '../history/journal.ts'
import type { KeptPlan, KeptStatement } from '../history/kept-plan.ts'
import { keyOfMigration } from '../history/migration.ts'
import { type Sql, verbatim } from '../schema/sql.ts'
import { countSteps } from './count-steps.ts'
import type { MigrationExecution } from './execute-migration.ts'
import { createFingerprints } from './fingerprint.ts'
import { withStatementsDone, withUnitDone } from './journal-entries.ts'
import { keptPlan } from './kept-statements.ts'
import type { PlannedMigration } from './plan-migration.ts'
import { asStepOf } from './step-failure.ts'
import { leavingNotes, reportingWhereItStopped } from './stop-report.ts'
import type { SchemaUnit } from './unit.ts'
import { statementInWords } from './unit-in-words.ts'
import { withLockRetries } from './with-lock-retries.ts'

interface Begun {
  readonly unit: SchemaUnit
  readonly entry: JournalEntry
  /** Its end is noted with the record of the migration, in one transaction. */
  readonly isLast: boolean
}

/**
 * Carries out a unit whose statements the server commits one by one. The plan is decided once and kept; before each statement it is noted that it is about
 * to be sent, and how its tables look, so that whatever happens the tables themselves say whether it took effect. Statements that only write rows commit
 * together with their note. What is noted after one statement and before the next is one write.
 */
export async function executeStatements(
  { unit, entry, isLast }: Begun,
  planned: PlannedMigration,
  execution: MigrationExecution,
): Promise<JournalEntry> {
  const { session, recorder, patience, uninterrupted, memory } = execution
  const { migration } = planned
  const write = (next: JournalEntry): Promise<void> => recorder.writeJournal({ ...next, migration })
  const note = await memory.before(unit, planned, entry.position)
  let current = await asStepOf(unit, planned, () => withPlan(unit, entry, execution))
  const { statements } = current.plan
  const fingerprints = createFingerprints(
    session,
    statements.slice(current.statement).flatMap(({ makes = [] }) => makes),
  )
  for (let group = nextOf(statements, current); group.length > 0; group = nextOf(statements, current)) {
    const here = current
    const next = { ...here, ...withStatementsDone(here, group.length) }
    const send = async (statement: KeptStatement): Promise<unknown> =>
      refusingCopies(planned, statement, () => session.query(textOf(statement, execution.allowTableCopy)))
    const { makes } = group[0] ?? {}
    let seenBefore: string | undefined
    const looksUndone = async (): Promise<boolean> =>
      seenBefore === undefined || (await createFingerprints(uninterrupted, []).before(makes ?? [])) === seenBefore
    const carryOut = async (): Promise<void> => {
      if (makes === undefined) {
        const rows = async (): Promise<void> => {
          for (const statement of group) await send(statement)
          await write(next)
        }
        return withLockRetries(() => session.transaction(rows), patience)
      }
      if (makes.length > 0) {
        seenBefore = await fingerprints.before(makes)
        await write({ ...here, underWay: true, fingerprint: seenBefore })
      }
      try {
        for (const statement of group) await withLockRetries(() => send(statement), patience)
      } finally {
        fingerprints.sent(makes)
      }
    }
    await reportingWhereItStopped(planned, here, session, () =>
      leavingNotes(planned, here, { uninterrupted, looksUndone }, () => asStepOf(unit, planned, carryOut)),
    )
    current = next
  }
  const { position } = current
  const finished = { ...withUnitDone(current), position: position + 1, progress: current.progress }
  if (note !== undefined) await session.transaction(note)
  if (!isLast) await write(finished)
  return finished
}

/** An entry whose plan is decided. */
type Planned = JournalEntry & Required<Pick<JournalEntry, 'plan' | 'statement' | 'progress'>>

/** The entry with the plan that was kept, or with one that is decided now, as the tables are when its turn comes. */
async function withPlan(unit: SchemaUnit, entry: JournalEntry, { session }: MigrationExecution): Promise<Planned> {
  const { progress = { done: 0, total: 0 }, statement = 0 } = entry
  if (entry.plan !== undefined) return { ...entry, plan: entry.plan, statement, progress }
  const statements = await keptPlan(unit, session)
  const plan: KeptPlan = { from: entry.direction, made: [], statements }
  // Now it is known how many there are.
  const total = progress.total - countSteps(unit, session.dialect) + statements.length
  return { ...entry, plan, statement: 0, progress: { ...progress, total } }
}

/** What is sent next: one statement that the server commits by itself, or all that only write rows up to the next such one. */
function nextOf(statements: readonly KeptStatement[], { statement }: Planned): readonly KeptStatement[] {
  const left = statements.slice(statement)
  const end = left.findIndex(({ makes }) => makes !== undefined)
  return left.slice(0, end === 0 ? 1 : end === -1 ? left.length : end)
}

function textOf({ sql, relaxed }: KeptStatement, allowTableCopy: boolean): Sql {
  return verbatim(allowTableCopy ? (relaxed ?? sql) : sql)
}

async function refusingCopies<Result>(
  { migration }: PlannedMigration,
  statement: KeptStatement,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!hasCode(error, 'database.algorithmRefused') || statement.relaxed === undefined) throw error
    const details = { migration: keyOfMigration(migration), statement: statementInWords(statement) }
    return fail('execution.tableCopy', { ...details, reason: error.message }, { cause: error })
  }
}

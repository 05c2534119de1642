import type { JournalEntry } from '../history/journal.ts'
import { defined } from '../lib/defined.ts'
import { digestOfSent, digestsOf } from './begun-units.ts'
import type { MigrationExecution } from './execute-migration.ts'
import { sendStatement } from './execute-unit.ts'
import { fingerprintOfAll } from './fingerprint.ts'
import { withStatementsDone, withUnitDone } from './journal-entries.ts'
import type { PlannedMigration } from './plan-migration.ts'
import type { UserStatement } from './script.ts'
import { asStepOf } from './step-failure.ts'
import { leavingNotes, reportingWhereItStopped } from './stop-report.ts'
import type { SqlUnit } from './unit.ts'
import { withLockRetries } from './with-lock-retries.ts'

interface Begun {
  readonly unit: SqlUnit
  readonly script: readonly UserStatement[]
  readonly entry: JournalEntry
  /** Records that the migration is done, where the unit is its last. */
  readonly complete: (() => Promise<void>) | undefined
}

/**
 * Carries out a user's SQL where the server commits some statements by themselves. Those that write rows are one transaction with their note, as far as
 * they stand together; each of the others is noted before it is sent, with what an inspection shows, where one can show what it does.
 */
export async function executeScript(
  { unit, script, entry, complete }: Begun,
  planned: PlannedMigration,
  execution: MigrationExecution,
): Promise<JournalEntry> {
  const { session, recorder, patience, uninterrupted, memory } = execution
  const { migration, units } = planned
  const earlier = digestsOf(units.slice(0, entry.position))
  const noting = (next: JournalEntry, sent: number): JournalEntry => ({
    ...next,
    begun: [...earlier, digestOfSent(script, sent)],
  })
  const write = (next: JournalEntry): Promise<void> => recorder.writeJournal({ ...next, migration })
  const note = await memory.before(unit, planned, entry.position)
  let current: JournalEntry = { ...entry, underWay: false }
  for (let at = current.statement ?? 0; at < script.length; at = current.statement ?? 0) {
    const here = noting(current, at)
    const group = nextOf(script.slice(at))
    const next = noting(withStatementsDone(here, group.length), at + group.length)
    const send = async (): Promise<void> => {
      for (const { text, parameters } of group) {
        await sendStatement({ sql: text, ...(parameters !== undefined && { parameters }) }, session)
      }
    }
    let seenBefore: string | undefined
    const looksUndone = async (): Promise<boolean> =>
      seenBefore === undefined || (await fingerprintOfAll(uninterrupted)) === seenBefore
    const carryOut = async (): Promise<void> => {
      const [first] = group
      if (first?.commitsItself === true) {
        if (first.isSeen) seenBefore = await fingerprintOfAll(session)
        await write({ ...noting(here, at + 1), underWay: true, ...defined({ fingerprint: seenBefore }) })
        return withLockRetries(send, patience)
      }
      const rows = async (): Promise<void> => {
        await send()
        if (at + group.length < script.length) await write(next)
        else {
          await note?.()
          await (complete ?? (() => write(ended(next))))()
        }
      }
      return withLockRetries(() => session.transaction(rows), patience)
    }
    await reportingWhereItStopped(planned, here, session, () =>
      leavingNotes(planned, here, { uninterrupted, looksUndone }, () => asStepOf(unit, planned, carryOut)),
    )
    current = next
  }
  const finished = ended(current)
  const isNoted = script.at(-1)?.commitsItself === false
  if (!isNoted && note !== undefined) await session.transaction(note)
  if (!isNoted && complete === undefined) await write(finished)
  return finished

  function ended(last: JournalEntry): JournalEntry {
    return { ...withUnitDone(last, 0), begun: digestsOf(units.slice(0, entry.position + 1)) }
  }
}

/** One statement that the server commits by itself, or all that write rows up to the next such one. */
function nextOf(left: readonly UserStatement[]): readonly UserStatement[] {
  const end = left.findIndex(({ commitsItself }) => commitsItself)
  return left.slice(0, end === 0 ? 1 : end === -1 ? left.length : end)
}

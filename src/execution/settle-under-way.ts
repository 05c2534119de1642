import { fail } from '../errors/error.ts'
import type { JournalEntry } from '../history/journal.ts'
import { keyOfMigration } from '../history/migration.ts'
import type { Session } from '../schema/dialect.ts'
import { fingerprintOfAll } from './fingerprint.ts'
import { withStatementsDone, withUnitDone } from './journal-entries.ts'
import { middleOf } from './middle.ts'
import type { PlannedMigration } from './plan-migration.ts'
import { lookAt } from './reality.ts'
import { scriptOf } from './script.ts'
import { outcomeOf } from './statement-reality.ts'
import { type Interrupted, tookEffect } from './took-effect.ts'
import type { SchemaUnit, SqlUnit } from './unit.ts'
import { shortened, statementInWords, unitInWords } from './unit-in-words.ts'

interface Asked {
  readonly session: Session
  readonly interrupted?: Interrupted | undefined
}

/** An entry of which nothing is under way any more, but for a backfill. `isPartly`: something of the unit at its position may be there all the same. */
interface SettledEntry {
  readonly entry: JournalEntry
  readonly isPartly: boolean
}

/**
 * Finds out what became of what was under way when a process died.
 *
 * @throws execution.unknownOutcome, execution.alteredMeanwhile
 */
export async function settleUnderWay(
  planned: PlannedMigration,
  entry: JournalEntry,
  options: Asked,
): Promise<SettledEntry> {
  const unit = planned.units[entry.position]
  if (!entry.underWay || unit === undefined) return settled({ ...entry, underWay: false })
  switch (unit.kind) {
    case 'batched':
      return settled(entry)
    case 'code':
      // It bears being run again, and being undone when it did not come to its end.
      return { entry: { ...entry, underWay: false }, isPartly: true }
    case 'schema':
      return entry.plan === undefined
        ? settleUnit(planned, unit, entry, options)
        : settleStatement(planned, unit, entry, options)
    case 'sql':
      return settleSql(planned, unit, entry, options)
  }
}

function settled(entry: JournalEntry): SettledEntry {
  return { entry, isPartly: false }
}

/** What is built concurrently: part of no transaction, and looked at as a whole. */
async function settleUnit(
  planned: PlannedMigration,
  unit: SchemaUnit,
  entry: JournalEntry,
  { session, interrupted }: Asked,
): Promise<SettledEntry> {
  if (await tookEffect(unit, planned, { session, ...(interrupted && { interrupted }) }))
    return settled(withUnitDone(entry))
  const { invalidIndexes } = await lookAt(unit, session)
  return { entry: { ...entry, underWay: false }, isPartly: invalidIndexes.length > 0 }
}

async function settleStatement(
  { migration, direction }: PlannedMigration,
  unit: SchemaUnit,
  entry: JournalEntry,
  { session, interrupted }: Asked,
): Promise<SettledEntry> {
  const { plan, statement: position = 0, fingerprint } = entry
  if (plan === undefined || fingerprint === undefined) return settled({ ...entry, underWay: false })
  const before = middleOf(unit, direction, plan, position)
  const seen = await outcomeOf({ plan, position, fingerprint }, before, session)
  const said = interrupted === 'done' ? 'done' : 'notDone'
  const outcome = seen === 'unclear' && interrupted !== undefined ? said : seen
  switch (outcome) {
    case 'done':
      return settled(withStatementsDone(entry, 1))
    case 'notDone':
      return settled(withStatementsDone(entry, 0))
    case 'unclear': {
      const statement = plan.statements[position]
      return fail('execution.alteredMeanwhile', {
        migration: keyOfMigration(migration),
        statement: statement === undefined ? unitInWords(unit) : statementInWords(statement),
        sql: statement?.sql ?? '',
      })
    }
  }
}

async function settleSql(
  planned: PlannedMigration,
  unit: SqlUnit,
  entry: JournalEntry,
  { session, interrupted }: Asked,
): Promise<SettledEntry> {
  const script = scriptOf(unit, session.dialect)
  const { statement: position = 0, fingerprint } = entry
  const underWay = script?.[position]
  if (script === undefined || underWay === undefined || (script.length === 1 && fingerprint === undefined)) {
    const isDone = await tookEffect(unit, planned, { session, ...(interrupted && { interrupted }) })
    return settled(isDone ? withUnitDone(entry) : { ...withStatementsDone(entry, 0), statement: 0 })
  }
  if (fingerprint !== undefined) {
    return settled(withStatementsDone(entry, (await fingerprintOfAll(session)) === fingerprint ? 0 : 1))
  }
  if (unit.done !== undefined && (await session.query({ parts: [unit.done] })).length > 0) {
    return settled(withUnitDone(entry, script.length - position))
  }
  if (interrupted !== undefined) return settled(withStatementsDone(entry, interrupted === 'done' ? 1 : 0))
  return fail('execution.unknownOutcome', {
    migration: keyOfMigration(planned.migration),
    step: `${unitInWords(unit)}: ${shortened(underWay.text)}`,
  })
}

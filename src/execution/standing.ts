import { fail } from '../errors/error.ts'
import type { JournalEntry } from '../history/journal.ts'
import { type KeptPlan, madeBy } from '../history/kept-plan.ts'
import { keyOfMigration } from '../history/migration.ts'
import { describe, isReversible } from '../operations/definitions.ts'
import type { Dialect, Session } from '../schema/dialect.ts'
import type { Placement } from '../state/placement.ts'
import { digestsOf, refuseEdited } from './begun-units.ts'
import { countSteps } from './count-steps.ts'
import { keptPlan } from './kept-statements.ts'
import { middleOf, restFrom } from './middle.ts'
import { type PlannedMigration, planMigration } from './plan-migration.ts'
import { settleUnderWay } from './settle-under-way.ts'
import type { Interrupted } from './took-effect.ts'
import type { SchemaUnit, Unit } from './unit.ts'
import { unitInWords } from './unit-in-words.ts'

/** Where the work of a migration begins that an earlier run has left half-way, once it is known what became of what was under way. */
export interface Standing {
  /** In the direction that is planned. */
  readonly entry: JournalEntry
  /** What of the unit at the position is left to do, where the run was turned round in the middle of it: the data may stand in its way. */
  readonly rest?: SchemaUnit
  /** The journal does not say it yet. */
  readonly isNew: boolean
}

/** Whether the first unit that is not finished was begun, so that its tables are no longer what it was planned for. */
export function isWithin({ plan, statement = 0, underWay }: JournalEntry): boolean {
  return underWay || plan !== undefined || statement > 0
}

/**
 * Decides from the database, not from a counter, where a migration stands that is half-way; and where it is to go in the other direction now, what of it
 * is to be undone. Changes nothing.
 *
 * @throws execution.editedHalfWay, execution.unknownOutcome, execution.alteredMeanwhile, execution.halfWay
 */
export async function standingOf(
  planned: PlannedMigration,
  entry: JournalEntry,
  options: {
    readonly session: Session
    readonly placement?: Placement | undefined
    readonly interrupted?: Interrupted | undefined
  },
): Promise<Standing> {
  const { session, placement } = options
  const { dialect } = session
  const isTurned = entry.direction !== planned.direction
  const here = isTurned ? inOtherDirection(planned, dialect, placement) : planned
  refuseEdited(here, isWithin(entry), entry, dialect)
  const settled = await settleUnderWay(here, entry, options)
  if (!isTurned) return { entry: settled.entry, isNew: false }
  return turned(here, planned, settled, session)
}

/** The same migration, planned the other way. */
function inOtherDirection(
  { migration, before, direction }: PlannedMigration,
  dialect: Dialect,
  placement: Placement | undefined,
): PlannedMigration {
  const other = direction === 'forwards' ? 'backwards' : 'forwards'
  return planMigration({ migration, before, direction: other, dialect, placement, onlyWaysBack: true })
}

/** What was settled of a half-way migration. `isPartly`: of the unit at its position something may be there that no journal tells of. */
interface Settled {
  readonly entry: JournalEntry
  readonly isPartly: boolean
}

/** The entry of a migration that goes back where it came from: what it has done is to be undone, and nothing else. */
async function turned(
  here: PlannedMigration,
  there: PlannedMigration,
  { entry, isPartly }: Settled,
  session: Session,
): Promise<Standing> {
  const { dialect } = session
  const middle = isPartly ? undefined : middleIn(here, entry)
  const place = here.places[entry.position]
  const opposite = there.places.indexOf(place ?? -1)
  const unit = there.units[opposite]
  refuseInTheMiddle(here, there, entry, unit)
  const rest = middle !== undefined && unit?.kind === 'schema' ? restFrom(middle, unit, dialect.comparison) : undefined
  const isInside = unit !== undefined && (isPartly || rest !== undefined)
  const undone = here.units.slice(0, entry.position + (isPartly || rest !== undefined ? 1 : 0))
  if (there.direction === 'backwards') refuseIrreversible(there, undone.toReversed())
  const position = isInside ? opposite : positionBehind(here, there, entry)
  const statements = rest === undefined ? [] : await keptPlan(rest, session)
  const left = there.units.slice(rest === undefined ? position : position + 1)
  const total = statements.length + left.reduce((sum, one) => sum + countSteps(one, dialect), 0)
  const plan: KeptPlan | undefined =
    rest === undefined || entry.plan === undefined
      ? undefined
      : { from: entry.plan.from, made: madeBy(entry.plan, entry.statement ?? 0), statements }
  const direction = there.direction
  return {
    isNew: true,
    ...(rest !== undefined && { rest }),
    entry: {
      direction,
      position,
      step: entry.step,
      underWay: false,
      progress: { done: 0, total },
      begun: digestsOf(there.units.slice(0, position + (plan === undefined ? 0 : 1))),
      ...(plan !== undefined && { plan, statement: 0 }),
    },
  }
}

/** Half of a backfill, or of a text of SQL, has no way back of its own. */
function refuseInTheMiddle(
  { migration, direction, units }: PlannedMigration,
  { direction: wanted }: PlannedMigration,
  { position, underWay, statement = 0 }: JournalEntry,
  opposite: Unit | undefined,
): void {
  const unit = units[position]
  const isInMiddle =
    (unit?.kind === 'batched' && underWay && opposite !== undefined) || (unit?.kind === 'sql' && statement > 0)
  if (!isInMiddle) return
  fail('execution.halfWay', { migration: keyOfMigration(migration), direction, wanted, step: unitInWords(unit) })
}

function refuseIrreversible({ migration }: PlannedMigration, units: readonly Unit[]): void {
  const operations = units.flatMap((unit) => (unit.kind === 'schema' ? unit.operations.toReversed() : [unit.operation]))
  const steps = operations
    .filter((operation) => !isReversible(operation))
    .map((operation) => ({
      migration: keyOfMigration(migration),
      operation: operation.kind,
      description: describe(operation),
    }))
  if (steps.length > 0) fail('execution.irreversible', { steps })
}

/** The Schema in the middle of the unit at the position; undefined where nothing of it is made. */
function middleIn({ units, direction }: PlannedMigration, { position, plan, statement = 0 }: JournalEntry) {
  const unit = units[position]
  if (unit?.kind !== 'schema' || plan === undefined) return undefined
  if (statement === 0 && plan.made.length === 0) return undefined
  return middleOf(unit, direction, plan, statement)
}

/** How many units of the other direction are not to be carried out, as what they undo was not done: all but those of finished units. */
function positionBehind(here: PlannedMigration, there: PlannedMigration, { position }: JournalEntry): number {
  const last = here.places[position - 1]
  if (last === undefined) return there.units.length
  const first = there.places.findIndex((place) => (there.direction === 'backwards' ? place <= last : place >= last))
  return first === -1 ? there.units.length : first
}

import { fail, GodwitError } from '../errors/error.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import { type MissingMigration, notUndoable } from '../history/missing.ts'
import type { PlannedMigration as ChosenMigration } from '../history/plan.ts'
import { describe } from '../operations/definitions.ts'
import { formerNames } from '../schema/before-renames.ts'
import type { Change } from '../schema/change.ts'
import type { Dialect, Session } from '../schema/dialect.ts'
import { diff } from '../schema/diff.ts'
import { name, type Sql, sql } from '../schema/sql.ts'
import type { Placement } from '../state/placement.ts'
import { projectChanged } from '../state/project.ts'
import { livesIn } from './lives-in.ts'
import { operationsInWords } from './operations-in-words.ts'
import type { PlannedMigration } from './plan-migration.ts'

/** Data that goes with a table, or with a column of one, in the names that hold now. */
export interface Loss {
  readonly table: string
  readonly column?: string
  /** How many rows the table has, or how many of its rows have a value there. */
  readonly rows: number
}

/** What is to be unapplied that has no file here. */
export interface MissingPlan {
  /** In the order in which they are unapplied. */
  readonly migrations: readonly { readonly migration: MigrationKey; readonly operations: readonly string[] }[]
  readonly losses: readonly Loss[]
}

/** Says whether they may be unapplied, knowing what goes with them. */
export type MissingConsent = (plan: MissingPlan) => Promise<boolean>

/**
 * The steps that unapply what has no file here, the last one first. What can't come back is refused here, before anything is touched; `fake` needs no
 * way back.
 *
 * @throws execution.missingUnreadable, execution.missingWithoutCode
 */
export function stepsOfMissing(
  missing: readonly MissingMigration[],
  { fake = false, placement }: { readonly fake?: boolean | undefined; readonly placement?: Placement | undefined } = {},
): readonly ChosenMigration[] {
  const unreadable = missing.filter(({ migration }) => migration === undefined).map(({ key }) => key)
  if (unreadable.length > 0) fail('execution.missingUnreadable', { migrations: unreadable })
  const migrations = missing.flatMap(({ migration }) => migration ?? [])
  const stuck = migrations.map((migration) => ({
    migration,
    operations: notUndoable(migration).filter((operation) => {
      const { app, name } = migration
      return livesIn(operation, { app, migration: name }, placement)
    }),
  }))
  const refused = stuck.filter(({ operations }) => operations.length > 0)
  if (refused.length > 0 && !fake) {
    fail('execution.missingWithoutCode', {
      migrations: refused.map(({ migration, operations }) => ({
        migration: keyOfMigration(migration),
        operations: operations.map(describe),
      })),
    })
  }
  return migrations.toReversed().map((migration) => ({ migration, direction: 'backwards' }))
}

/** What unapplying would do, for whoever is asked; `plan` holds the steps of the missing migrations and no others. */
export async function missingPlan(plan: readonly PlannedMigration[], session: Session): Promise<MissingPlan> {
  return { migrations: plan.map(({ migration }) => inWords(migration)), losses: await lossesOf(plan, session) }
}

function inWords(migration: Migration): MissingPlan['migrations'][number] {
  const { operations } = migration.definition
  return { migration: keyOfMigration(migration), operations: operationsInWords(operations, 'backwards') }
}

/** Counts what is in the tables and columns that a plan drops, by comparing its two ends: what lies between them was never seen by anybody. */
async function lossesOf(plan: readonly PlannedMigration[], session: Session): Promise<readonly Loss[]> {
  const [first] = plan
  const last = plan.at(-1)
  if (first === undefined || last === undefined) return []
  const { dialect } = session
  const { before, after } = projectChanged(first.from, last.to, dialect)
  return lossesIn(diff(before, after, { match: 'lineage', comparison: dialect.comparison, intents: [] }), session)
}

/** Counts what is in the tables and columns that changes drop. */
export async function lossesIn(changes: readonly Change[], session: Session): Promise<readonly Loss[]> {
  const found: Loss[] = []
  for (const lost of droppedBy(changes)) {
    const [row] = await session.query(counting(lost, session.dialect))
    const rows = Number(row?.['rows'] ?? 0)
    if (rows > 0) found.push({ ...lost, rows })
  }
  return found
}

type Dropped = Omit<Loss, 'rows'>

function droppedBy(changes: readonly Change[]): readonly Dropped[] {
  const former = formerNames(changes)
  return changes.flatMap((change): readonly Dropped[] => {
    if (change.kind === 'dropTable') return [{ table: change.table.name }]
    if (change.kind !== 'dropColumn') return []
    return [{ table: former.table(change.table), column: change.column.name }]
  })
}

function counting({ table, column }: Dropped, { spelling }: Dialect): Sql {
  const condition = column === undefined ? sql`` : sql` WHERE ${name(column)} IS NOT NULL`
  return sql`SELECT count(*) AS ${name('rows')} FROM ${spelling.table(table)}${condition}`
}

/** Plans what unapplies recorded migrations, and says of a failure of the replay that it is the record that does not fit. */
export function fittingRecord<Result>(steps: readonly ChosenMigration[], plan: () => Result): Result {
  if (steps.length === 0) return plan()
  try {
    return plan()
  } catch (error) {
    if (!(error instanceof GodwitError) || !error.code.startsWith('migrations.')) throw error
    const migrations = steps.map(({ migration }) => keyOfMigration(migration))
    return fail('execution.missingDoesNotFit', { migrations, reason: error.message }, { cause: error })
  }
}

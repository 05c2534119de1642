import { unitsOnTablesAsTheyAre } from '../execution/as-they-are.ts'
import { checkedRecord } from '../execution/checked-record.ts'
import { takenAlongBy } from '../execution/dependents-guard.ts'
import { operationsInWords } from '../execution/operations-in-words.ts'
import { planAll } from '../execution/plan-all.ts'
import type { Direction, PlannedMigration } from '../execution/plan-migration.ts'
import { keyOfMigration, type MigrationKey } from '../history/migration.ts'
import { type PlannedMigration as ChosenMigration, planMigrations } from '../history/plan.ts'
import { createRecorder } from '../history/recorder.ts'
import type { Dependent, Session } from '../schema/dialect.ts'
import { loadGraph } from './load-graph.ts'
import type { MigrateTarget } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { projectOf } from './project-of.ts'
import { targetOf } from './target-of.ts'

export interface PlanMigrateOptions extends MigrateTarget {
  /** For a `migrate` that writes the record alone. */
  readonly fake?: boolean | undefined
}

export interface PlannedSummary {
  readonly app: string
  readonly name: string
  readonly direction: Direction
  /** In the order in which they are carried out: backwards the last one comes first. */
  readonly operations: readonly { readonly description: string }[]
  /** What no migration made and the database would drop or break along with it, or refuse it for. Absent: nothing, as far as can be seen. */
  readonly dependents?: readonly Dependent[]
}

export interface PlanMigrateResult {
  readonly planned: readonly PlannedSummary[]
}

/**
 * What `migrate` would do, decided from the files, the record and, for what depends on the tables, the database: nothing is changed. Throws what
 * `migrate` would throw before its first step, but for what only a look at the data can tell.
 */
export async function planMigrate(options: PlanMigrateOptions = {}): Promise<PlanMigrateResult> {
  const project = await projectOf(options)
  const graph = await loadGraph(project)
  const target = targetOf(options, graph, project)
  const session = await openDatabase(project, options.database, { forReading: true })
  try {
    const applied = await checkedRecord(createRecorder(session), graph)
    const steps = planMigrations(graph, applied, target)
    // What has no way back can only be recorded as unapplied.
    const plan = options.fake === true ? [] : planAll(graph, applied, steps, session.dialect)
    const dependents = await dependentsOf(plan, session)
    return { planned: steps.map((step) => ({ ...summarise(step), ...dependents.get(keyOfMigration(step.migration)) })) }
  } finally {
    await session.close()
  }
}

/** What each migration would take along, where its tables are still as it will find them. */
async function dependentsOf(plan: readonly PlannedMigration[], session: Session) {
  const found = new Map<MigrationKey, { readonly dependents: readonly Dependent[] }>()
  for (const { unit, planned } of unitsOnTablesAsTheyAre(plan)) {
    const key = keyOfMigration(planned.migration)
    const taken = await takenAlongBy(unit, planned, session, plan[0]?.from)
    const dependents = taken.map(({ migration: _, direction: __, ...dependent }): Dependent => dependent)
    const earlier = found.get(key)?.dependents ?? []
    if (dependents.length > 0) found.set(key, { dependents: [...earlier, ...dependents] })
  }
  return found
}

function summarise({ migration, direction }: ChosenMigration): PlannedSummary {
  const { app, name, definition } = migration
  const operations = operationsInWords(definition.operations, direction).map((description) => ({ description }))
  return { app, name, direction, operations }
}

import type { Direction } from '../execution/plan-migration.ts'
import { checkConsistency } from '../history/consistency.ts'
import { planMigrations } from '../history/plan.ts'
import { createRecorder } from '../history/recorder.ts'
import { describe } from '../operations/definitions.ts'
import { loadGraph } from './load-graph.ts'
import type { MigrateTarget } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { projectOf } from './project-of.ts'
import { targetOf } from './target-of.ts'

export interface PlannedSummary {
  readonly app: string
  readonly name: string
  readonly direction: Direction
  /** In the order in which they are carried out: backwards the last one comes first. */
  readonly operations: readonly { readonly description: string }[]
}

export interface PlanMigrateResult {
  readonly planned: readonly PlannedSummary[]
}

/** What `migrate` would do, decided from the files and the record alone: nothing is changed. */
export async function planMigrate(options: MigrateTarget = {}): Promise<PlanMigrateResult> {
  const project = await projectOf(options)
  const graph = await loadGraph(project)
  const target = targetOf(options, graph, project)
  const session = await openDatabase(project, options.database)
  try {
    const applied = new Set((await createRecorder(session).applied()).keys())
    checkConsistency(graph, applied)
    const planned = planMigrations(graph, applied, target).map(({ migration, direction }) => {
      const descriptions = migration.definition.operations.map((operation) => describe(operation))
      const operations =
        direction === 'forwards' ? descriptions : descriptions.toReversed().map((description) => `Undo ${description}`)
      return {
        app: migration.app,
        name: migration.name,
        direction,
        operations: operations.map((description) => ({ description })),
      }
    })
    return { planned }
  } finally {
    await session.close()
  }
}

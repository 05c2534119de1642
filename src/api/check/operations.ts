import { GodwitError } from '../../errors/error.ts'
import type { Graph } from '../../history/graph.ts'
import type { Migration } from '../../history/migration.ts'
import { destructive } from './destructive.ts'
import type { Found } from './finding.ts'
import { irreversible } from './irreversible.ts'
import { misfit } from './misfit.ts'
import { needsEmptyTable } from './needs-empty-table.ts'
import { newSteps } from './new-steps.ts'
import { outcomeUnknown, type Target } from './outcome-unknown.ts'

/** Whether a migration is still to come; undefined where nothing tells. */
export type IsNew = (migration: Migration) => boolean | undefined

/**
 * What the operations of migrations would do that somebody should have looked at: in any database, or in the one that is asked, where that is so.
 */
export function operationFindings(
  graph: Graph,
  {
    isNew,
    targets,
    isAsked,
  }: { readonly isNew: IsNew; readonly targets: readonly Target[]; readonly isAsked: boolean },
): readonly Found[] {
  const [target] = targets
  try {
    const steps =
      target === undefined
        ? []
        : newSteps(graph, (migration) => isNew(migration) === true, {
            dialect: target.dialect,
            placement: isAsked ? target.placement : undefined,
          })
    return [
      ...steps.flatMap((step) => [...destructive(step), ...needsEmptyTable(step)]),
      ...graph.order.flatMap((key): readonly Found[] => {
        const migration = graph.migrations.get(key)
        if (migration === undefined) return []
        const isOld = isNew(migration) === false
        return [...irreversible(migration, isOld), ...(isOld ? [] : outcomeUnknown(migration, targets))]
      }),
    ]
  } catch (error) {
    if (error instanceof GodwitError) return [misfit(error, graph)]
    throw error
  }
}

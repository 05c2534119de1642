import { fail } from '../errors/error.ts'
import { replay } from '../history/replay.ts'
import type { Judge } from '../reality/differences-within.ts'
import type { Session } from '../schema/dialect.ts'
import { splitTableName } from '../state/names.ts'
import { type Placement, stateIn } from '../state/placement.ts'
import { projectModel } from '../state/project-model.ts'
import { modelsOf } from '../state/project-state.ts'
import type { Decision } from './decide.ts'

/**
 * Proves of apps with another label that the database has their tables by the names that they have under it: a label is part of the name of each table
 * that has none of its own.
 *
 * @throws history.renamedAppDiffers
 */
export async function proveRenamedApps(
  { renames, graph, applied }: Pick<Decision, 'renames' | 'graph' | 'applied'>,
  {
    session,
    placement,
    judge,
  }: {
    readonly session: Session
    readonly placement?: Placement | undefined
    readonly judge?: Judge | undefined
  },
): Promise<void> {
  if (renames.apps.length === 0) return
  const { differencesWithin } = await import('../reality/differences-within.ts')
  const state = replay(
    graph,
    graph.order.filter((key) => applied.has(key)),
  )
  const here = stateIn(state, placement)
  for (const { from, to } of renames.apps) {
    const models = [...modelsOf(here)].filter(({ app }) => app === to)
    const tables = new Set(
      models
        .flatMap((model) => projectModel(here, model, session.dialect))
        .flatMap(({ name }) => [name, splitTableName(name).table]),
    )
    const discrepancies = await differencesWithin({
      session,
      state,
      placement,
      only: (table) => tables.has(table),
      judge,
    })
    if (discrepancies.length === 0) continue
    fail('history.renamedAppDiffers', {
      from,
      to,
      discrepancies: discrepancies.map(({ changes: _, ...facts }) => facts),
    })
  }
}

import { fail } from '../errors/error.ts'
import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type MigrationKey } from '../history/migration.ts'
import type { PlannedMigration as ChosenMigration } from '../history/plan.ts'
import { replay } from '../history/replay.ts'
import type { Discrepancy } from '../reality/discrepancy.ts'
import type { Session } from '../schema/dialect.ts'
import { splitTableName } from '../state/names.ts'
import type { Placement } from '../state/placement.ts'
import type { ProjectState } from '../state/project-state.ts'
import { keysUpTo, madeBy } from './fake-initial-made.ts'
import type { HalfWay } from './half-way.ts'

interface AdoptingWork {
  readonly graph: Graph
  readonly applied: ReadonlySet<MigrationKey>
  readonly halfWay: HalfWay
  readonly steps: readonly ChosenMigration[]
}

/**
 * The migrations of a plan that say what a database has become by other hands, and of which this one has all already: they are to be recorded and not
 * carried out. Where nothing of it is so, they are carried out as any other. Reads only.
 *
 * @throws adopting.partlyThere, with every difference, where only a part of it is so
 */
export async function adoptionsHeld(
  { graph, applied, halfWay, steps }: AdoptingWork,
  { session, placement }: { readonly session: Session; readonly placement?: Placement | undefined },
): Promise<ReadonlySet<MigrationKey>> {
  const held = new Set<MigrationKey>()
  for (const { migration, direction } of steps) {
    const key = keyOfMigration(migration)
    if (migration.definition.adopts !== true || direction !== 'forwards' || halfWay.has(key)) continue
    const { dialect } = session
    const { tables, objects } = madeBy(migration, { graph, applied, dialect, placement })
    const upTo = keysUpTo(graph, applied, [key])
    // What comes before it may change the same tables, and is carried out first.
    if (upTo.some((other) => other !== key && !applied.has(other) && !held.has(other))) continue
    const names = new Set([...tables].flatMap((name) => [name, splitTableName(name).table]))
    const differing = async (state: ProjectState): Promise<readonly Discrepancy[]> => {
      const { compareDatabase } = await import('../reality/compare-database.ts')
      const only = (table: string): boolean => names.has(table)
      return (await compareDatabase({ session, state, placement, only, objects })).discrepancies
    }
    const after = await differing(replay(graph, upTo))
    const before = await differing(
      replay(
        graph,
        upTo.filter((other) => other !== key),
      ),
    )
    // What differs either way is none of its business.
    const onlyAfter = without(after, before)
    if (onlyAfter.length === 0) held.add(key)
    else if (without(before, after).length > 0) {
      fail('adopting.partlyThere', { migration: key, database: session.label, discrepancies: onlyAfter })
    }
  }
  return held
}

function without(discrepancies: readonly Discrepancy[], others: readonly Discrepancy[]): readonly Discrepancy[] {
  const known = new Set(others.map(({ text }) => text))
  return discrepancies.filter(({ text }) => !known.has(text))
}

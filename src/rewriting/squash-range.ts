import { fail } from '../errors/error.ts'
import { forwardsPlan, type Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration } from '../history/migration.ts'

/**
 * The migrations of one app that lead to one of them, itself included, in the order of application; from a start on, if one is given.
 *
 * @throws squash.startNotBefore, squash.nothingToSquash
 */
export function squashRange(graph: Graph, end: Migration, start?: Migration): readonly Migration[] {
  const { app } = end
  const leading = forwardsPlan(graph, [keyOfMigration(end)])
    .flatMap((key) => graph.migrations.get(key) ?? [])
    .filter((migration) => migration.app === app)
  const first = start === undefined ? 0 : leading.findIndex(({ name }) => name === start.name)
  if (first === -1) fail('squash.startNotBefore', { app, start: start?.name ?? '', end: end.name })
  const range = leading.slice(first)
  return range.length > 1 ? range : fail('squash.nothingToSquash', { app, migration: end.name })
}

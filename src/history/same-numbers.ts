import { forwardsPlan, type Graph } from './graph.ts'
import type { MigrationKey } from './migration.ts'

/** Migrations of one app that have one number and nevertheless one order. */
export interface SameNumber {
  readonly app: string
  readonly number: string
  /** In the order of application. */
  readonly migrations: readonly MigrationKey[]
}

/**
 * The numbers that several migrations of an app in force share although each waits for the one before it. A number orders nothing, so all is well; but
 * whoever reads the names thinks of branches. Where there are branches, that is a conflict, or a merge has joined them.
 */
export function sameNumbers(graph: Graph): readonly SameNumber[] {
  const inOrder = Map.groupBy(graph.order, (key) => graph.migrations.get(key)?.app ?? '')
  return [...inOrder].flatMap(([app, keys]) => {
    const groups = Map.groupBy(keys, (key) => /^\d+/.exec(graph.migrations.get(key)?.name ?? '')?.[0])
    return [...groups].flatMap(([number, migrations]) =>
      number !== undefined && migrations.length > 1 && isOneLine(graph, migrations)
        ? [{ app, number, migrations }]
        : [],
    )
  })
}

function isOneLine(graph: Graph, migrations: readonly MigrationKey[]): boolean {
  return migrations.every((key, position) => {
    const before = migrations[position - 1]
    return before === undefined || forwardsPlan(graph, [key]).includes(before)
  })
}

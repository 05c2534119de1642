import { forwardsPlan, type Graph, leavesOf } from '../history/graph.ts'
import type { Migration, MigrationKey } from '../history/migration.ts'

/** One of the lines of history that an app has where it has several last migrations. */
export interface Branch {
  /** The last migration. */
  readonly leaf: MigrationKey
  /** The leaf and all that it waits for, of every app, in the order of application. */
  readonly line: readonly MigrationKey[]
  /** The migrations of the app that belong to this branch and not to all of them, in the order of application. */
  readonly own: readonly Migration[]
}

/** The branches of an app, by the names of their last migrations: one where there is nothing to merge. */
export function branchesOf(graph: Graph, app: string): readonly Branch[] {
  const lines = leavesOf(graph, app).map((leaf) => ({ leaf, line: forwardsPlan(graph, [leaf]) }))
  const common = commonOf(lines)
  return lines.map(({ leaf, line }) => ({
    leaf,
    line,
    own: line
      .filter((key) => !common.has(key))
      .flatMap((key) => graph.migrations.get(key) ?? [])
      .filter((migration) => migration.app === app),
  }))
}

/** What every branch waits for: the history before they parted. */
export function commonOf(branches: readonly Pick<Branch, 'line'>[]): ReadonlySet<MigrationKey> {
  const [first = new Set<MigrationKey>(), ...others] = branches.map(({ line }) => new Set(line))
  return others.reduce((common, line) => common.intersection(line), first)
}

/** What one branch has and another has not, in the order of application. */
export function beyond(branch: Branch, other: Branch): readonly MigrationKey[] {
  const known = new Set(other.line)
  return branch.line.filter((key) => !known.has(key))
}

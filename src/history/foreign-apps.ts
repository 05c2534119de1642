import { nearestNames } from '../lib/did-you-mean.ts'
import type { Graph } from './graph.ts'
import type { MigrationKey } from './migration.ts'
import type { Recorded } from './recorder.ts'

/** An app that a database has migrations of and the config does not know: it left the config, has another label, or is another project's. */
export interface ForeignApp {
  readonly app: string
  readonly migrations: readonly MigrationKey[]
  /** The apps of the config that may be meant. */
  readonly nearest: readonly string[]
}

/** The apps that are recorded and not in the config; none where the graph was built without knowing the config. */
export function foreignApps(
  { labels, apps }: Pick<Graph, 'labels' | 'apps'>,
  applied: ReadonlyMap<MigrationKey, Pick<Recorded, 'app'>>,
): readonly ForeignApp[] {
  if (labels.length === 0) return []
  const known = new Set([...labels, ...apps.keys()])
  const rows = Map.groupBy(applied, ([, { app }]) => app)
  return [...rows]
    .filter(([app]) => !known.has(app))
    .map(([app, own]) => ({ app, migrations: own.map(([key]) => key), nearest: nearestNames(app, known) }))
}

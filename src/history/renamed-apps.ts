import { canonicalJson } from '../lib/canonical-json.ts'
import { type CanonicalOperation, canonicalFormat, canonicalOperations, onlyForwards } from '../operations/canonical.ts'
import { foreignApps } from './foreign-apps.ts'
import type { Graph } from './graph.ts'
import { type Migration, type MigrationKey, migrationKey } from './migration.ts'
import type { Recorded, Recorder } from './recorder.ts'

/** An app of the record that the config has under another label. */
export interface RenamedApp {
  readonly from: string
  readonly to: string
  /** The rows of it, under the old label. */
  readonly migrations: readonly MigrationKey[]
}

/**
 * The recorded apps that seem to have another label now: an app of the config of which nothing is recorded has files of the same names, and each of them
 * has the operations that were recorded. A guess, for a person to confirm.
 */
export async function renamedApps(
  graph: Graph,
  applied: ReadonlyMap<MigrationKey, Recorded>,
  recorder: Pick<Recorder, 'contents'>,
): Promise<readonly RenamedApp[]> {
  const recorded = new Set([...applied.values()].map(({ app }) => app))
  const fresh = Map.groupBy(graph.loaded, ({ app }) => app)
  for (const app of recorded) fresh.delete(app)
  const found: RenamedApp[] = []
  for (const { app: from, migrations } of fresh.size === 0 ? [] : foreignApps(graph, applied)) {
    if (migrations.some((key) => (applied.get(key)?.format ?? 0) > canonicalFormat)) continue
    const contents = await recorder.contents(migrations)
    const to = [...fresh].filter(([label, files]) => {
      // A row may have its file on another branch, and of one that a squash left behind only the name is known.
      const shared = migrations.flatMap((key) => {
        const row = applied.get(key)
        const file = files.find(({ name }) => name === row?.name)
        return file === undefined || row?.checksum === ''
          ? []
          : [{ file, operations: contents.get(key)?.operations ?? [] }]
      })
      return shared.length > 0 && shared.every(({ file, operations }) => holdsAs(file, operations, from, label))
    })
    const [only, another] = to
    if (only !== undefined && another === undefined) found.push({ from, to: only[0], migrations })
  }
  return found
}

function holdsAs(file: Migration, operations: readonly CanonicalOperation[], from: string, to: string): boolean {
  const now = canonicalJson(canonicalOperations(file.definition.operations).map(onlyForwards))
  return now === canonicalJson(underLabel(operations, from, to).map(onlyForwards))
}

/** Operations as they are where an app has another label: models are named by it. */
export function underLabel(
  operations: readonly CanonicalOperation[],
  from: string,
  to: string,
): readonly CanonicalOperation[] {
  return JSON.parse(JSON.stringify(operations).replaceAll(`"${from}.`, `"${to}.`))
}

/** What each row of a renamed app is called now. */
export function renamesOfApp({ from, to, migrations }: RenamedApp): ReadonlyMap<MigrationKey, MigrationKey> {
  return new Map(migrations.map((key) => [key, migrationKey(to, key.slice(from.length + 1))]))
}

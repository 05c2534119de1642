import { type Baseline, namesOf, sameNames } from './baselines.ts'
import type { Graph } from './graph.ts'
import { keyOfMigration, type MigrationKey, migrationKey, splitMigrationKey } from './migration.ts'
import type { Recorded } from './recorder.ts'

type Record = ReadonlyMap<MigrationKey, Recorded>

/** A baseline whose history a database has applied to its end, and whose row it does not have yet. */
export interface Adoption {
  readonly baseline: Baseline
  /** The rows that make room for those of the baseline. */
  readonly rows: readonly MigrationKey[]
}

/** A history that was begun anew and of which a database has applied a part, so that it can neither adopt the baseline nor go on. */
export interface StuckHistory {
  readonly baseline: Baseline
  readonly applied: readonly MigrationKey[]
  readonly open: readonly MigrationKey[]
}

/** What a record says of these files, where one of the two has begun a history anew and the other has not. */
export interface RecordOfFiles {
  /** The rows as they count here: of a history that was begun anew those of its baseline, or, beside older files, those of the files. */
  readonly recorded: Record
  /** The baselines that the database is to adopt before anything else is done. */
  readonly adoptions: readonly Adoption[]
  /** Files of a history of which the database has the baseline that came after it, which is named. */
  readonly covered: ReadonlyMap<MigrationKey, MigrationKey>
  /** Their rows are left as they are: nothing but an error can be made of them. */
  readonly stuck: readonly StuckHistory[]
}

/**
 * Reads a record with the eyes of these files. A database that has applied all of a history counts as having applied its baseline; one that has
 * adopted a baseline counts, beside the files of before it, as having applied them.
 *
 * @param halfWay What an earlier run has left half-way.
 */
export function asFilesHaveIt(
  graph: Pick<Graph, 'loaded' | 'baselines'>,
  recorded: Record,
  halfWay: { has(key: MigrationKey): boolean } = new Set(),
): RecordOfFiles {
  const adopted = [...recorded].filter(([, { resets }]) => resets !== undefined)
  if (graph.baselines.size + adopted.length === 0) return { recorded, adoptions: [], covered: new Map(), stuck: [] }
  const counting = new Map(recorded)
  const covered = new Map<MigrationKey, MigrationKey>()
  for (const [key, row] of adopted) {
    if (isOfFiles(row, graph.baselines.get(row.app))) continue
    const names = new Set(row.resets)
    const files = graph.loaded.filter(({ app, name }) => app === row.app && names.has(name))
    if (files.length === 0 || isBehind(row, graph.baselines.get(row.app))) continue
    counting.delete(key)
    for (const file of files) {
      counting.set(keyOfMigration(file), nameOnly(file, row, file.definition.resets?.migrations))
      covered.set(keyOfMigration(file), key)
    }
  }
  const adoptions: Adoption[] = []
  const stuck: StuckHistory[] = []
  for (const baseline of graph.baselines.values()) {
    if (baseline.members.some((key) => covered.has(key) || isOfFiles(recorded.get(key), baseline))) continue
    const { applied, open } = appliedOf(baseline, recorded, halfWay)
    if (applied.length === 0) continue
    if (open.length > 0) stuck.push({ baseline, applied, open })
    else adoptions.push({ baseline, rows: rowsOf(baseline, recorded) })
  }
  for (const { baseline, rows } of adoptions) {
    const last = rows.map((key) => recorded.get(key)).at(-1)
    for (const key of rows) counting.delete(key)
    for (const key of baseline.members) {
      const [app, name] = splitMigrationKey(key)
      if (last !== undefined) counting.set(key, nameOnly({ app, name }, last, namesOf(baseline)))
    }
  }
  return { recorded: counting, adoptions, covered, stuck }
}

/** How much of a history that was begun anew is applied; an earlier baseline stands for what it began anew itself, and a squash for what it replaced. */
function appliedOf(
  { app, gone, squashes }: Baseline,
  recorded: Record,
  halfWay: { has(key: MigrationKey): boolean },
): Pick<StuckHistory, 'applied' | 'open'> {
  const own = [...recorded.values()].filter((row) => row.app === app)
  const implied = new Set(own.flatMap(({ resets = [] }) => resets.map((name) => migrationKey(app, name))))
  const counting = new Set(gone.filter((key) => recorded.has(key) || implied.has(key)))
  // A squash stands behind those that it replaces itself: upwards first, and then down again.
  for (const [squash, replaced] of [...squashes, ...[...squashes].reverse()]) {
    if (replaced.every((key) => counting.has(key))) counting.add(squash)
    if (counting.has(squash)) for (const key of replaced) counting.add(key)
  }
  const applied = gone.filter((key) => counting.has(key))
  return { applied, open: gone.filter((key) => !applied.includes(key) || halfWay.has(key)) }
}

/** The rows of a history, with those of what its squashes stood for: these have perhaps no name in the baseline. */
function rowsOf({ gone }: Baseline, recorded: Record): readonly MigrationKey[] {
  const rows = new Set(gone.filter((key) => recorded.has(key)))
  for (const key of rows) {
    for (const replaced of recorded.get(key)?.replaces ?? []) if (recorded.has(replaced)) rows.add(replaced)
  }
  return [...rows]
}

/** Whether a row is that of a baseline as the files here have it. */
function isOfFiles(row: Recorded | undefined, baseline: Baseline | undefined): boolean {
  return baseline !== undefined && sameNames(row?.resets, namesOf(baseline))
}

/** Whether the files' baseline came after the one of the row. */
function isBehind({ resets = [] }: Recorded, baseline: Baseline | undefined): boolean {
  if (baseline === undefined) return false
  const names = new Set(namesOf(baseline))
  return resets.every((name) => names.has(name))
}

/** A row of which only the name counts: what was applied under it is not what the file says. */
function nameOnly(
  { app, name }: { readonly app: string; readonly name: string },
  row: Recorded,
  resets: readonly string[] | undefined,
): Recorded {
  const { codeFingerprint: _, resets: __, ...rest } = row
  return { ...rest, app, name, milliseconds: 0, checksum: '', replaces: [], ...(resets !== undefined && { resets }) }
}

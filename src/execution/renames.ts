import { fail } from '../errors/error.ts'
import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type MigrationKey, migrationKey, splitMigrationKey } from '../history/migration.ts'
import type { Recorded, Recorder } from '../history/recorder.ts'
import { renamedMigrations, renamedReference } from '../history/renamed.ts'
import { type RenamedApp, renamedApps, renamesOfApp, underLabel } from '../history/renamed-apps.ts'
import type { Session } from '../schema/dialect.ts'

/** Something of the record that may have another name now: a migration (`app.name`), or an app. */
export interface RenameQuestion {
  readonly from: string
  /** The names that it may have now, without the app, the likeliest first. */
  readonly candidates: readonly string[]
  /** What the likeliest waits for and is not applied: it cannot be a mere rename. */
  readonly behind: readonly MigrationKey[]
}

/** Says which of its candidates something is; `none`: it is another one; undefined: nobody said so. */
export type RenameConsent = (question: RenameQuestion) => Promise<string | undefined>

/** What the record is to call by another name. */
export interface AgreedRenames {
  /** From what is recorded to what is on file, those of renamed apps among them. */
  readonly migrations: ReadonlyMap<MigrationKey, MigrationKey>
  readonly apps: readonly RenamedApp[]
}

export const noRenames: AgreedRenames = { migrations: new Map(), apps: [] }

/**
 * What was renamed since it was applied, once somebody confirmed it: nothing is renamed by a guess, and nothing is applied that may have been applied
 * under another name.
 *
 * @throws history.renamed, with the answers that decide it
 */
export async function agreedRenames(
  {
    graph,
    recorded,
    recorder,
  }: { readonly graph: Graph; readonly recorded: ReadonlyMap<MigrationKey, Recorded>; readonly recorder: Recorder },
  halfWay: { has(key: MigrationKey): boolean },
  onRenamed: RenameConsent | undefined,
): Promise<AgreedRenames> {
  const open: RenameQuestion[] = []
  const answerTo = async (question: RenameQuestion): Promise<string | undefined> => {
    const answer = await onRenamed?.(question)
    if (answer === 'none') return undefined
    if (answer !== undefined && question.candidates.includes(answer) && question.behind.length === 0) return answer
    open.push(question)
    return undefined
  }
  const apps: RenamedApp[] = []
  for (const app of await renamedApps(graph, recorded, recorder)) {
    const answer = await answerTo({ from: app.from, candidates: [app.to], behind: [] })
    if (answer !== undefined) apps.push(app)
  }
  const migrations = new Map(apps.flatMap((app) => [...renamesOfApp(app)]))
  for (const { from, candidates, behind } of await renamedMigrations(graph, recorded, recorder)) {
    if (halfWay.has(from)) continue
    const [app] = splitMigrationKey(from)
    const answer = await answerTo({ from, candidates: candidates.map((key) => splitMigrationKey(key)[1]), behind })
    if (answer !== undefined) migrations.set(from, migrationKey(app, answer))
  }
  if (open.length > 0) fail('history.renamed', { renames: open })
  return { migrations, apps }
}

/** The record as it is once the renames are written, for whoever only reads. */
export function asRenamed(recorder: Recorder, { migrations, apps }: AgreedRenames): Recorder {
  if (migrations.size === 0) return recorder
  const former = new Map([...migrations].map(([from, to]) => [to, from]))
  return {
    ...recorder,
    async applied() {
      const rows = [...(await recorder.applied())].map(([key, row]) => {
        const now = migrations.get(key) ?? key
        const [app, name] = splitMigrationKey(now)
        const replaces = row.replaces.map((replaced) => migrations.get(replaced) ?? replaced)
        return [now, { ...row, app, name, replaces }] as const
      })
      return new Map(rows)
    },
    async contents(keys) {
      const contents = await recorder.contents([...keys].map((key) => former.get(key) ?? key))
      const now = [...contents].map(([key, { dependencies, operations }]) => {
        const renamed = {
          dependencies: dependencies.map((reference) => renamedReference(reference, migrations)),
          operations: apps.reduce((all, { from, to }) => underLabel(all, from, to), operations),
        }
        return [migrations.get(key) ?? key, renamed] as const
      })
      return new Map(now)
    },
  }
}

/** Writes the renames, in one transaction, and what other rows say of the renamed ones. When each was applied, and its code, stays what it was. */
export async function renameInRecord(
  { migrations, apps }: AgreedRenames,
  graph: Graph,
  { recorder, session }: { readonly recorder: Recorder; readonly session: Session },
): Promise<void> {
  if (migrations.size === 0) return
  const renamed = new Set(migrations.values())
  await session.transaction(async () => {
    for (const [from, to] of migrations) await recorder.rename(from, to)
    const recorded = await recorder.applied()
    for (const migration of graph.loaded) {
      const key = keyOfMigration(migration)
      const { dependencies = [], replaces = [] } = migration.definition
      const names = [...dependencies, ...replaces].map((reference) => migrationKey(...reference))
      const mentions = renamed.has(key) || apps.length > 0 || names.some((name) => renamed.has(name))
      const row = recorded.get(key)
      if (mentions && row !== undefined && row.checksum !== '') await recorder.amend(migration, { otherwiseSame: true })
    }
  })
}

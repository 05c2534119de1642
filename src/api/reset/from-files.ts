import { fail } from '../../errors/error.ts'
import { halfWayIn } from '../../execution/decide.ts'
import { forwardsPlan, type Graph } from '../../history/graph.ts'
import { keyOfMigration, type MigrationKey, migrationKey } from '../../history/migration.ts'
import { rowsOfApps } from '../../history/record-rows.ts'
import { replay } from '../../history/replay.ts'
import { placementIn } from '../../project/placement-in.ts'
import { chosenApps } from '../../project/project.ts'
import { differencesOfApps } from '../../reality/differences-of-apps.ts'
import { loadGraph } from '../load-graph.ts'
import { type ProjectChoice, projectOf } from '../project-of.ts'
import { type Backup, keepBackup, noteOutcome, type OnStep } from './backup.ts'
import { judgeOf, withDatabase, withLock } from './context.ts'
import { type LostStep, lostSteps } from './lost-steps.ts'

export interface RowsFromFilesOptions extends ProjectChoice {
  /** All if none is named. */
  readonly apps?: readonly string[] | undefined
  readonly database?: string | undefined
  readonly plan?: boolean | undefined
  readonly wait?: number | undefined
  readonly confirm?: ((proposal: RowsFromFiles) => Promise<boolean>) | undefined
  readonly onStep?: OnStep | undefined
  readonly now?: Date | undefined
}

/** The rows that a record gets, and loses. */
export interface RowsFromFiles {
  readonly apps: readonly string[]
  readonly database: string
  readonly recorded: readonly MigrationKey[]
  readonly forgotten: readonly MigrationKey[]
  /** SQL and code of these files, of which no table tells whether it was carried out. */
  readonly unseen: readonly LostStep[]
}

export interface RowsFromFilesResult extends RowsFromFiles {
  readonly written: boolean
  readonly backup?: string
}

/**
 * Writes the record of some apps anew from the files, where the database is proven to be what all of them make: for a record that was lost, or came with
 * a copy of another environment. Rows without a file go; they are kept in a backup. No table is touched.
 *
 * @throws resets.rowsDiffer, resets.rowsInOrder, resets.notApplied
 */
export async function rowsFromFiles(options: RowsFromFilesOptions = {}): Promise<RowsFromFilesResult> {
  const project = await projectOf(options)
  const graph = await loadGraph(project)
  const apps = chosenApps(project, options.apps).filter((app) => graph.apps.has(app))
  const { database = 'default', plan = false, wait = 600_000, onStep = () => {}, now = new Date() } = options
  return withDatabase(
    project,
    database,
    (session, recorder) =>
      withLock(session, wait, async () => {
        const own = new Set(apps)
        const halfWay = await halfWayIn(recorder)
        const begun = [...halfWay.keys()].filter((key) => own.has(key.slice(0, key.indexOf('.'))))
        if (begun.length > 0) fail('resets.notApplied', { open: begun })
        const rows = (await recorder.exists()) ? await rowsOfApps(session, apps) : []
        const proposal = proposalOf(
          { graph, apps, database },
          new Set(rows.map((row) => migrationKey(row.app, row.name))),
        )
        if (proposal.recorded.length + proposal.forgotten.length === 0) fail('resets.rowsInOrder', { apps })
        const needed = forwardsPlan(
          graph,
          apps.flatMap((app) => graph.apps.get(app) ?? []),
        )
        const placement = placementIn(project, database)
        const state = replay(graph, needed)
        const discrepancies = await differencesOfApps({ session, state, apps: own, placement, judge: judgeOf(project) })
        if (discrepancies.length > 0) fail('resets.rowsDiffer', { apps, discrepancies })
        const { confirm } = options
        if (plan || (confirm !== undefined && !(await confirm(proposal)))) return { ...proposal, written: false }
        const manifest = {
          format: 1,
          apps,
          database,
          keptAt: now.toISOString(),
          files: [],
          begun: [],
          rows,
          recorded: proposal.recorded,
          besides: [],
        } as const
        const backup: Backup | undefined = rows.length === 0 ? undefined : await keepBackup(project, manifest, onStep)
        if (backup !== undefined) await noteOutcome(backup, 'finished', onStep)
        await recorder.ensure()
        await session.transaction(async () => {
          for (const key of proposal.forgotten) await recorder.unrecord(key)
          for (const key of proposal.recorded) {
            const migration = graph.migrations.get(key)
            if (migration !== undefined) await recorder.record(migration, { milliseconds: 0 })
          }
        })
        return { ...proposal, written: true, ...(backup !== undefined && { backup: backup.folder }) }
      }),
    { forReading: plan },
  )
}

function proposalOf(
  { graph, apps, database }: { readonly graph: Graph; readonly apps: readonly string[]; readonly database: string },
  rows: ReadonlySet<MigrationKey>,
): RowsFromFiles {
  const own = new Set(apps)
  const wanted = graph.order.filter((key) => own.has(graph.migrations.get(key)?.app ?? ''))
  const onFile = new Set(graph.loaded.map(keyOfMigration))
  const recorded = wanted.filter((key) => !rows.has(key))
  const unwritten = new Set(recorded)
  return {
    apps,
    database,
    recorded,
    forgotten: [...rows].filter((key) => !onFile.has(key)),
    unseen: lostSteps(graph, own).filter(({ migration }) => unwritten.has(migration)),
  }
}

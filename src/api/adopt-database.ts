import { fail } from '../errors/error.ts'
import type { Agreed } from '../execution/fake-initial.ts'
import type { UnseenConsent } from '../execution/fake-initial-steps.ts'
import type { Graph } from '../history/graph.ts'
import type { MigrationKey } from '../history/migration.ts'
import { defined } from '../lib/defined.ts'
import { displayPath } from '../lib/display-path.ts'
import { speakingAgainst, withoutIgnored } from '../project/ignored-drift.ts'
import { placementIn } from '../project/placement-in.ts'
import { chosenApps, type Project } from '../project/project.ts'
import type { Discrepancy } from '../reality/discrepancy.ts'
import type { Bookkeeping } from '../reality/other-tools.ts'
import type { Session } from '../schema/dialect.ts'
import { resolveModels } from '../state/resolve-models.ts'
import { beginningOf, proveHeld } from './adopt/beginning.ts'
import { carryOut } from './adopt/carry-out.ts'
import { type Existing, readExisting } from './adopt/existing.ts'
import { type AdoptedFile, type AdoptedFiles, adoptedFiles } from './adopt/files.ts'
import { canBeRemembered, isUnsayable, type LeftAlone, leftAloneIn } from './adopt/left-alone.ts'
import { modelsOfApps } from './adopt/models-of-apps.ts'
import { settledDrift } from './adopt/settled-drift.ts'
import { loadGraph } from './load-graph.ts'
import { headerOf } from './made-migration.ts'
import { openDatabase } from './open-database.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'

export type { AdoptedFile, Bookkeeping, LeftAlone }

export interface AdoptDatabaseOptions extends ProjectChoice {
  /** The app that the models are for; the only one of the config if not given. */
  readonly app?: string | undefined
  /** By its name in the config; `default` if not given. */
  readonly database?: string | undefined
  /** Also the tables of these schemas, where the database has such. */
  readonly schemas?: readonly string[] | undefined
  /** Looks and compares, writes no file and records nothing. */
  readonly plan?: boolean | undefined
  /** How long to wait for another process that migrates, in milliseconds; ten minutes if not given. */
  readonly wait?: number | undefined
  /** Asked where a migration that is there already has SQL or code of which nothing shows whether it was carried out. */
  readonly onUnseenSteps?: UnseenConsent | undefined
  /** `false`: no comment in the migration that says when and by which version it was written. */
  readonly header?: boolean | undefined
  /** The moment of writing; now if not given. */
  readonly now?: Date | undefined
}

export interface AdoptDatabaseResult extends AdoptedFiles {
  readonly app: string
  /** The database in words fit for messages: no password. */
  readonly database: string
  /** Nothing was written and nothing recorded, as was asked for. */
  readonly isPlan: boolean
  /** The migrations that were recorded, or would be: the database holds all that they make. Empty: they were recorded before. */
  readonly recorded: readonly MigrationKey[]
  /** What no model speaks of, so that no migration will touch it. */
  readonly leftAlone: readonly LeftAlone[]
  /** Tables in which other tools remember their work. */
  readonly otherTools: readonly Bookkeeping[]
  /** How the tables differ from the migrations now: what no model can say and nothing can remember. Empty: `drift` is clean. */
  readonly drift: readonly Discrepancy[]
}

/**
 * Takes over a database that other hands made: its models, the first migration, and the record that it is applied, once it is proven that the database
 * holds all of it. No table is touched. What is there already is kept; run again, it goes on where it was stopped.
 *
 * @example
 * const { leftAlone, drift } = await adoptDatabase({ app: 'shop' })
 *
 * @throws adopting.*, inspecting.noTables
 */
export async function adoptDatabase(options: AdoptDatabaseOptions = {}): Promise<AdoptDatabaseResult> {
  const project = await projectOf(options)
  const app = oneApp(project, options.app)
  const { database, schemas = [], plan = false, now = new Date(), header, wait, onUnseenSteps } = options
  const placement = placementIn(project, database)
  if (!placement.holds(app)) fail('adopting.livesElsewhere', { app, database: placement.database })
  const session = await openDatabase(project, database, plan ? { forReading: true } : {})
  try {
    const [graph, models] = await Promise.all([loadGraph(project), modelsOfApps(project)])
    const all = resolveModels(models).state
    const existing = await readExisting({ project, app, placement, schemas, session, all })
    refuseNothing(existing, { app, graph, session })
    const beginning = await beginningOf({ project, app, database, graph, state: existing.state, now, session })
    const isLeft = isUnsayable(existing, session.dialect)
    const unsaid = new Set<Discrepancy>()
    const agreed: Agreed = (found) => {
      const counted = speakingAgainst(found, project)
      for (const one of counted.filter(isLeft)) unsaid.add(one)
      return counted.filter((one) => !isLeft(one))
    }
    const site = { app, models, session, placement, agreed }
    await proveHeld(beginning, site)
    const files = adoptedFiles(existing, beginning, project, headerOf(header, now))
    if (!plan) await carryOut({ existing, beginning, files }, { ...site, ...defined({ wait, onUnseenSteps }) })
    return {
      app,
      database: session.label,
      isPlan: plan,
      ...files,
      recorded: beginning.unrecorded,
      leftAlone: leftAloneIn(existing.read, existing.bookkeeping),
      otherTools: existing.bookkeeping,
      drift: plan
        ? withoutIgnored(
            [...unsaid].filter((one) => !canBeRemembered(one)),
            project,
          ).kept
        : await settledDrift(existing, beginning, { project, database, session, isLeft }),
    }
  } finally {
    await session.close()
  }
}

function oneApp(project: Project, app: string | undefined): string {
  const [first, another] = chosenApps(project, app === undefined ? [] : [app])
  if (first !== undefined && another === undefined) return first
  return fail('adopting.appNeeded', { known: [...project.apps.keys()] })
}

function refuseNothing(
  { place, file, read }: Existing,
  { app, graph, session }: { readonly app: string; readonly graph: Graph; readonly session: Session },
): void {
  if (place === 'inUse') fail('adopting.fileInUse', { file: displayPath(file) })
  if (place === 'models') return
  if (graph.apps.has(app)) fail('adopting.migrationsWithoutModels', { app })
  if (read.models.length === 0) fail('adopting.noTables', { app, database: session.label, unread: read.unread })
}

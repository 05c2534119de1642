import type { Kysely } from 'kysely'
import { openScratch, openTemplateCopy } from '../dialects/index.ts'
import { migrate } from '../execution/migrate.ts'
import type { Graph } from '../history/graph.ts'
import { replay } from '../history/replay.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import { shortHash } from '../lib/short-hash.ts'
import { version } from '../lib/version.ts'
import { codeFingerprint, operationsChecksum } from '../operations/canonical.ts'
import { placementIn } from '../project/placement-in.ts'
import { chosenDatabase, type Project } from '../project/project.ts'
import type { Session } from '../schema/dialect.ts'
import type { Placement } from '../state/placement.ts'
import { keyOf, modelsOf } from '../state/project-state.ts'
import { loadGraph } from './load-graph.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'

/** A database of one's own, gone when it is closed. */
export interface TestDatabase<DB> extends AsyncDisposable {
  readonly db: Kysely<DB>
  close(): Promise<void>
}

export interface TestDatabaseOptions extends ProjectChoice {
  /** By its name in the config; `default` if not given. */
  readonly database?: string | undefined
  /** In place of the config's: `sqlite::memory:`, `pglite:`, or any database of a server where databases may be made. */
  readonly url?: string | undefined
  /**
   * `false`: the migrations are applied for this database alone. Default: they are applied once to a template, of which each database is a copy, until
   * the migrations change. What a template does not notice is a change of files that migrations import.
   */
  readonly template?: boolean | undefined
}

/**
 * A scratch database with all migrations applied, for the tests of an application: in memory, or where the project's database has a server, a new
 * database on that server, dropped when it is closed. The first one takes as long as the migrations; those after it, in this process and in others, take
 * milliseconds.
 *
 * @example
 * await using scratch = await createTestDatabase<DB>()
 * await scratch.db.insertInto('blog_post').values({ title: 'A test' }).execute()
 */
export async function createTestDatabase<DB>(options: TestDatabaseOptions = {}): Promise<TestDatabase<DB>> {
  const project = await projectOf(options)
  const graph = await loadGraph(project)
  const session = await (options.template === false
    ? migrated(project, graph, options)
    : copied(project, graph, options))
  const close = (): Promise<void> => session.close()
  // The tables are known to whoever names `DB`, and by now they are there.
  return { db: session.kysely as Kysely<DB>, close, [Symbol.asyncDispose]: close }
}

async function migrated(project: Project, graph: Graph, options: TestDatabaseOptions): Promise<Session> {
  const session = await openScratch(options.url ?? chosenDatabase(project, options.database), project.root)
  try {
    await migrate({ session, graph, placement: placementIn(project, options.database) })
    return session
  } catch (error) {
    await session.close()
    throw error
  }
}

async function copied(project: Project, graph: Graph, options: TestDatabaseOptions): Promise<Session> {
  const placement = placementIn(project, options.database)
  return openTemplateCopy(options.url ?? chosenDatabase(project, options.database), project.root, {
    owner: shortHash(`${project.root} ${options.database ?? 'default'}`),
    key: shortHash(contentOf(graph, placement), 20),
    make: async (session) => void (await migrate({ session, graph, placement })),
  })
}

/** Everything that a migrated database follows from, as a text: the migrations in force with their code, and what of them lives in it. */
function contentOf(graph: Graph, placement: Placement): string {
  const migrations = graph.order.map((key) => {
    const operations = graph.migrations.get(key)?.definition.operations ?? []
    return [key, operationsChecksum(operations), codeFingerprint(operations) ?? null]
  })
  const models = placement.isWhole ? [] : [...modelsOf(replay(graph, graph.order))]
  const here = models.map((model) => [keyOf(model), placement.holds(model.app, model.name)])
  return canonicalJson([version(), process.version, migrations, here])
}

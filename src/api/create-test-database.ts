import type { Kysely } from 'kysely'
import { openScratch } from '../dialects/index.ts'
import { migrate } from '../execution/migrate.ts'
import { placementIn } from '../project/placement-in.ts'
import { chosenDatabase } from '../project/project.ts'
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
}

/**
 * A scratch database with all migrations applied, for the tests of an application: in memory, or where the project's database has a server, a new
 * database on that server, dropped when it is closed.
 *
 * @example
 * await using scratch = await createTestDatabase<DB>()
 * await scratch.db.insertInto('blog_post').values({ title: 'A test' }).execute()
 */
export async function createTestDatabase<DB>(options: TestDatabaseOptions = {}): Promise<TestDatabase<DB>> {
  const project = await projectOf(options)
  const graph = await loadGraph(project)
  const session = await openScratch(options.url ?? chosenDatabase(project, options.database), project.root)
  try {
    await migrate({ session, graph, placement: placementIn(project, options.database) })
  } catch (error) {
    await session.close()
    throw error
  }
  const close = (): Promise<void> => session.close()
  // The tables are known to whoever names `DB`, and by now they are there.
  return { db: session.kysely as Kysely<DB>, close, [Symbol.asyncDispose]: close }
}

import type { Kysely } from 'kysely'
import { scratchUrl } from '../dialects/embedded.ts'
import { openDatabase } from '../dialects/index.ts'
import { migrate } from '../execution/migrate.ts'
import { loadGraph } from './load-graph.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'

/** A database of one's own, gone when it is closed. */
export interface TestDatabase<DB> extends AsyncDisposable {
  readonly db: Kysely<DB>
  close(): Promise<void>
}

/**
 * A scratch database in memory with all migrations applied, for the tests of an application.
 *
 * @example
 * await using scratch = await createTestDatabase<DB>()
 * await scratch.db.insertInto('blog_post').values({ title: 'A test' }).execute()
 */
export async function createTestDatabase<DB>(options: ProjectChoice = {}): Promise<TestDatabase<DB>> {
  const project = await projectOf(options)
  const graph = await loadGraph(project)
  const session = await openDatabase(scratchUrl, project.root)
  try {
    await migrate({ session, graph })
  } catch (error) {
    await session.close()
    throw error
  }
  const close = (): Promise<void> => session.close()
  // The tables are known to whoever names `DB`, and by now they are there.
  return { db: session.kysely as Kysely<DB>, close, [Symbol.asyncDispose]: close }
}

import { migrate } from '../execution/migrate.ts'
import type { Graph } from '../history/graph.ts'
import type { MigrationKey } from '../history/migration.ts'
import { defined } from '../lib/defined.ts'
import type { Session } from '../schema/dialect.ts'
import type { Placement } from '../state/placement.ts'

/** A scratch database, and what is done to it. Where something is left in a state that nobody can go on from, another takes its place. */
export interface Bench {
  readonly session: Session
  /** Applies one migration, of which all that it waits for is applied. */
  forwards(key: MigrationKey): Promise<void>
  /** Unapplies one migration, on which nothing that is applied stands. */
  backwards(key: MigrationKey): Promise<void>
  /** Begins anew with these migrations applied to empty tables. */
  restart(applied: readonly MigrationKey[]): Promise<void>
  close(): Promise<void>
}

export interface BenchOptions {
  /** Opens an empty database, which is gone when it is closed. */
  readonly open: () => Promise<Session>
  readonly graph: Graph
  readonly placement: Placement | undefined
  readonly codeTimeout: number
  readonly signal: AbortSignal | undefined
}

export async function openBench({ open, graph, placement, codeTimeout, signal }: BenchOptions): Promise<Bench> {
  let session = await open()
  let isOpen = true
  const run = async (kind: 'migration' | 'before', key: MigrationKey): Promise<void> => {
    await migrate({
      session,
      graph,
      target: { kind, key },
      codeTimeout,
      // What stands on a table here was made by a migration before.
      onDependents: async () => true,
      ...defined({ placement, signal }),
    })
  }
  return {
    get session() {
      return session
    },
    forwards: (key) => run('migration', key),
    backwards: (key) => run('before', key),
    async restart(applied) {
      isOpen = false
      await session.close()
      session = await open()
      isOpen = true
      for (const key of applied) await run('migration', key)
    },
    // Where none could be opened in the place of another, there is none to be closed.
    close: async () => (isOpen ? session.close() : undefined),
  }
}

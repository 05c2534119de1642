import { migrate } from '../../src/execution/migrate.ts'
import { resolveTarget } from '../../src/history/resolve-target.ts'
import { defined } from '../../src/lib/defined.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { openSession } from '../support/open-session.ts'
import { type HistoryName, historyOf } from './history.ts'

export type Direction = 'forwards' | 'backwards'

export interface MigrateDatabaseOptions {
  readonly history?: HistoryName
  /** The last migration that is to be applied in the end, by its name. */
  readonly to?: string
  readonly lockTimeout?: number
  /** Called before and after each statement, with the number of the point. */
  readonly onPoint?: (point: number, phase: 'before' | 'after', statement: string) => void
}

/** Migrates a database to the end, or back to nothing, and returns how many points there were: one before and one after each statement. */
export async function migrateDatabase(
  url: string,
  direction: Direction,
  { history, to, lockTimeout, onPoint }: MigrateDatabaseOptions = {},
): Promise<number> {
  let points = 0
  const session = await openSession(url, {
    ...defined({ lockTimeout }),
    observe: (phase, statement) => {
      points += 1
      onPoint?.(points, phase, statement)
    },
  })
  try {
    await migrateSession(session, direction, defined({ history, to }))
  } finally {
    await session.close()
  }
  return points
}

/** Migrates the one app of a history to its end, up to a migration, or back to nothing. */
export async function migrateSession(
  session: Session,
  direction: Direction,
  { history = 'kill', to }: Pick<MigrateDatabaseOptions, 'history' | 'to'> = {},
): Promise<void> {
  const graph = historyOf(history)
  const target = resolveTarget(graph, 'blog', direction === 'backwards' ? (to ?? 'zero') : to)
  await migrate({ session, graph, target })
}

import { type MigrateEvent, migrate } from '../../src/execution/migrate.ts'
import { resolveTarget } from '../../src/history/resolve-target.ts'
import { defined } from '../../src/lib/defined.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { openSession } from '../support/open-session.ts'
import { type HistoryName, historyOf } from './history.ts'
import type { Point } from './points.ts'

export type Direction = 'forwards' | 'backwards'

export interface MigrateDatabaseOptions {
  readonly history?: HistoryName
  /** The last migration that is to be applied in the end, by its name. */
  readonly to?: string
  readonly lockTimeout?: number
  /** Only to bring back what is half-way. */
  readonly rollback?: boolean
  /** Called before and after each statement, with the number of the point. */
  readonly onPoint?: (point: number, phase: 'before' | 'after', statement: string) => void
  readonly onEvent?: (event: MigrateEvent) => void
}

/** Migrates a database to the end, or back to nothing, and returns how many points there were: one before and one after each statement. */
export async function migrateDatabase(
  url: string,
  direction: Direction,
  { history, to, rollback, lockTimeout, onPoint, onEvent }: MigrateDatabaseOptions = {},
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
    await migrateSession(session, direction, defined({ history, to, rollback, onEvent }))
  } finally {
    await session.close()
  }
  return points
}

/** Migrates the one app of a history to its end, up to a migration, or back to nothing. */
export async function migrateSession(
  session: Session,
  direction: Direction,
  {
    history = 'kill',
    to,
    rollback = false,
    onEvent,
  }: Pick<MigrateDatabaseOptions, 'history' | 'to' | 'rollback' | 'onEvent'> = {},
): Promise<void> {
  const graph = historyOf(history)
  if (rollback) {
    await migrate({ session, graph, rollback, ...defined({ onEvent }) })
    return
  }
  const target = resolveTarget(graph, 'blog', direction === 'backwards' ? (to ?? 'zero') : to)
  await migrate({ session, graph, target, ...defined({ onEvent }) })
}

/**
 * Migrates as a process does that dies at a point: nothing more is sent, and the connection is gone. Costs no process, so that many points can be tried.
 */
export async function migrateUntil(
  url: string,
  direction: Direction,
  point: number,
  options: Omit<MigrateDatabaseOptions, 'onPoint'> = {},
): Promise<void> {
  const death = new Error(`dead at point ${point}`)
  const onPoint = (number: number): void => {
    if (number >= point) throw death
  }
  try {
    await migrateDatabase(url, direction, { ...options, onPoint })
  } catch (error) {
    for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause === death) return
    throw error
  }
}

/** The points of a run, in order. */
export async function pointsOf(
  url: string,
  direction: Direction,
  options: Omit<MigrateDatabaseOptions, 'onPoint' | 'onEvent'> = {},
): Promise<readonly Point[]> {
  const points: Point[] = []
  let begun = 0
  await migrateDatabase(url, direction, {
    ...options,
    onPoint: (number, phase, statement) => points.push({ number, phase, statement, begun }),
    onEvent({ kind }) {
      if (kind === 'start') begun += 1
    },
  })
  return points
}

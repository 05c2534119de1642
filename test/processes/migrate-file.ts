import { openSqlite } from '../../src/dialects/sqlite/index.ts'
import { migrate } from '../../src/execution/migrate.ts'
import { killHistory } from './history.ts'

/** Migrates a file to the end, or back to nothing, and returns how many points there were: one before and one after each statement. */
export async function migrateFile(path: string, direction: string, onPoint: (point: number) => void = () => {}) {
  let points = 0
  const session = await openSqlite({
    path,
    observe: () => {
      points += 1
      onPoint(points)
    },
  })
  try {
    await migrate({
      session,
      graph: killHistory(),
      ...(direction === 'backwards' ? { target: { kind: 'zero', app: 'blog' } } : {}),
    })
  } finally {
    await session.close()
  }
  return points
}

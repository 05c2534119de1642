import type { DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'
import { type Direction, migrateDatabase } from './migrate-database.ts'

/** Databases as they are before a run: empty, or, before one backwards, migrated to the end. */
export interface StartingPoints {
  take(): Promise<TestDatabase>
  giveBack(database: TestDatabase): Promise<void>
}

/** Prepares the state that runs of a direction begin with. To empty a database is cheaper than to make one. */
export async function startingPoints(on: DatabaseUnderTest, direction: Direction): Promise<StartingPoints> {
  if (direction === 'forwards') {
    const idle: TestDatabase[] = []
    return {
      take: async () => idle.pop() ?? (await on.create()),
      async giveBack(database) {
        await database.empty()
        idle.push(database)
      },
    }
  }
  const migrated = await on.create()
  await migrateDatabase(migrated.url, 'forwards')
  return { take: () => migrated.copy(), giveBack: (database) => database.drop() }
}

import type { DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'
import { type Direction, migrateDatabase } from './migrate-database.ts'

/** Databases as they are before a run: empty, or, before one backwards, migrated to the end. */
export interface StartingPoints {
  take(): Promise<TestDatabase>
  giveBack(database: TestDatabase): Promise<void>
}

/** Prepares the state that runs of a direction begin with, in the way that takes least time: hundreds of them are wanted. */
export async function startingPoints(on: DatabaseUnderTest, direction: Direction): Promise<StartingPoints> {
  if (direction === 'backwards' && on.kind === 'sqlite') {
    const migrated = await on.create()
    await migrateDatabase(migrated.url, 'forwards')
    return { take: () => migrated.copy(), giveBack: (database) => database.drop() }
  }
  // A server makes and drops a database no faster than it empties and fills one.
  const idle: TestDatabase[] = []
  return {
    async take() {
      const database = idle.pop() ?? (await on.create())
      if (direction === 'backwards') await migrateDatabase(database.url, 'forwards')
      return database
    },
    async giveBack(database) {
      await database.empty()
      idle.push(database)
    },
  }
}

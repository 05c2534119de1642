import assert from 'node:assert/strict'
import { testOnEach } from '../support/databases.ts'
import { inParallel } from '../support/in-parallel.ts'
import { contents } from './contents.ts'
import { migrateDatabase } from './migrate-database.ts'
import { run } from './run-migrate.ts'
import { startingPoints } from './starting-points.ts'

for (const direction of ['forwards', 'backwards'] as const) {
  testOnEach(
    `a process killed at any statement, ${direction}, leaves a database that the next migrate completes`,
    async (on) => {
      const starts = await startingPoints(on, direction)
      const undisturbed = await starts.take()
      const points = await migrateDatabase(undisturbed.url, direction)
      const expected = await contents(undisturbed.url)

      const killed: number[] = []
      const converged: number[] = []
      await inParallel(
        3,
        Array.from({ length: points }, (_, index) => index + 1),
        async (point) => {
          const database = await starts.take()
          const death = await run(database.url, direction, point)
          if (death.signal === 'SIGKILL') killed.push(point)
          await migrateDatabase(database.url, direction)
          assert.deepEqual(await contents(database.url), expected, `killed at point ${point}`)
          converged.push(point)
          await starts.giveBack(database)
        },
      )
      console.log(
        `${on.name}, ${direction}: ${killed.length} of ${points} points killed the process, ${converged.length} converged`,
      )
      assert.equal(killed.length, points)
      assert.equal(converged.length, points)
    },
  )
}

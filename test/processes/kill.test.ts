import assert from 'node:assert/strict'
import { testOnEach } from '../support/databases.ts'
import { inParallel } from '../support/in-parallel.ts'
import { contents } from './contents.ts'
import { migrateDatabase, pointsOf } from './migrate-database.ts'
import { pointInWords, pointsToJudge } from './points.ts'
import { run } from './run-migrate.ts'
import { startingPoints } from './starting-points.ts'

for (const direction of ['forwards', 'backwards'] as const) {
  testOnEach(
    `a process killed at any statement, ${direction}, leaves a database that the next migrate completes`,
    async (on) => {
      const starts = await startingPoints(on, direction)
      const undisturbed = await starts.take()
      const all = await pointsOf(undisturbed.url, direction)
      const expected = await contents(undisturbed.url)
      const points = pointsToJudge(all)

      const killed: number[] = []
      const converged: number[] = []
      await inParallel(3, points, async (point) => {
        const database = await starts.take()
        const death = await run(database.url, direction, point.number)
        if (death.signal === 'SIGKILL') killed.push(point.number)
        try {
          await migrateDatabase(database.url, direction)
          assert.deepEqual(await contents(database.url), expected)
        } catch (error) {
          throw new Error(`Killed at ${pointInWords(point)}`, { cause: error })
        }
        converged.push(point.number)
        await starts.giveBack(database)
      })
      console.log(
        `${on.name}, ${direction}: ${killed.length} of ${points.length} points killed the process (of ${all.length}, the others leave what one of these leaves), ${converged.length} converged`,
      )
      assert.equal(killed.length, points.length)
      assert.equal(converged.length, points.length)
    },
  )
}

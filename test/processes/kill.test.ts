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
      const phases: string[] = []
      await migrateDatabase(undisturbed.url, direction, { onPoint: (_, phase) => phases.push(phase) })
      const expected = await contents(undisturbed.url)
      const points = phases.flatMap((phase, index) => (isJudged(phase, index, phases.length) ? [index + 1] : []))

      const killed: number[] = []
      const converged: number[] = []
      await inParallel(3, points, async (point) => {
        const database = await starts.take()
        const death = await run(database.url, direction, point)
        if (death.signal === 'SIGKILL') killed.push(point)
        await migrateDatabase(database.url, direction)
        assert.deepEqual(await contents(database.url), expected, `killed at point ${point}`)
        converged.push(point)
        await starts.giveBack(database)
      })
      console.log(
        `${on.name}, ${direction}: ${killed.length} of ${points.length} points killed the process, ${converged.length} converged`,
      )
      assert.equal(killed.length, points.length)
      assert.equal(converged.length, points.length)
    },
  )
}

/** Nothing reaches the database between a statement and the next: to die after the one is to die before the other. */
function isJudged(phase: string, index: number, count: number): boolean {
  return phase === 'before' || index === count - 1 || process.env['GODWIT_DEEP'] === '1'
}

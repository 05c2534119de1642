import assert from 'node:assert/strict'
import { testOnEach } from '../support/databases.ts'
import { pointsToJudge } from './points.ts'
import { run } from './run-migrate.ts'
import { stagesOf, stopInStages } from './run-stages.ts'

testOnEach(
  'a process killed at any statement, forwards and backwards, leaves a database that the next migrate completes',
  async (on) => {
    const stages = (await stagesOf(on)).map((stage) => ({ ...stage, stops: pointsToJudge(stage.points) }))
    const killed = { forwards: 0, backwards: 0 }
    await stopInStages(on, stages, async (database, direction, { number }) => {
      const { signal, stderr } = await run(database.url, direction, number)
      assert.equal(signal, 'SIGKILL', stderr)
      killed[direction] += 1
    })
    for (const direction of ['forwards', 'backwards'] as const) {
      const those = stages.filter((stage) => stage.direction === direction)
      const points = those.flatMap(({ stops }) => stops).length
      const all = those.flatMap((stage) => stage.points).length
      console.log(
        `${on.name}, ${direction}: ${killed[direction]} of ${points} points killed the process (of ${all}, the others leave what one of these leaves), all converged`,
      )
      assert.equal(killed[direction], points)
    }
  },
)

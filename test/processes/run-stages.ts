import assert from 'node:assert/strict'
import { inParallel } from '../support/in-parallel.ts'
import type { DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'
import { contents } from './contents.ts'
import { namesOf } from './history.ts'
import { type Direction, migrateDatabase, pointsOf } from './migrate-database.ts'
import { type Point, pointInWords } from './points.ts'

/** One migration of a run through all of them. */
export interface Stage {
  readonly direction: Direction
  /** Where the run stands when the migration is through, as a target. */
  readonly target: string
  /** The moments of the migration, counted from the begin of a run that goes from before it to the end of all. */
  readonly points: readonly Point[]
  /** What is there when the migration is through. */
  readonly expected: Awaited<ReturnType<typeof contents>>
}

/** The ten migrations forwards and then backwards, undisturbed. The points of a direction are all points of its whole run, each once. */
export async function stagesOf(on: DatabaseUnderTest): Promise<readonly Stage[]> {
  const names = namesOf('kill')
  const stages: Stage[] = []
  const origin = await on.create()
  for (const direction of ['forwards', 'backwards'] as const) {
    const targets = direction === 'forwards' ? names : ['zero', ...names.slice(0, -1)].toReversed()
    for (const target of targets) {
      const whole = await origin.copy()
      const isFirst = target === targets[0]
      const points = (await pointsOf(whole.url, direction)).filter(
        ({ begun }) => begun === 1 || (isFirst && begun === 0),
      )
      await whole.drop()
      await migrateDatabase(origin.url, direction, { to: target })
      stages.push({ direction, target, points, expected: await contents(origin.url) })
    }
  }
  await origin.drop()
  return stages
}

/** A stage, and where in it runs are stopped. */
export interface StoppedStage<At extends Point> extends Stage {
  readonly stops: readonly At[]
}

/**
 * Takes databases through all stages, and stops the run once in each. The next run has to complete the stage as if nothing had been, so that the one after it
 * starts where an undisturbed one would; in the end each stop of each stage was met.
 */
export async function stopInStages<At extends Point>(
  on: DatabaseUnderTest,
  stages: readonly StoppedStage<At>[],
  stop: (database: TestDatabase, direction: Direction, at: At) => Promise<void>,
): Promise<void> {
  const rounds = Math.max(...stages.map(({ stops }) => stops.length))
  const idle: TestDatabase[] = []
  await inParallel(3, [...Array(rounds).keys()], async (round) => {
    const database = idle.pop() ?? (await on.create())
    await database.empty()
    let reached: Stage | undefined
    for (const [index, stage] of stages.entries()) {
      const at = stage.stops[round]
      if (at === undefined) continue
      const previous = stages[index - 1]
      if (previous !== undefined && previous !== reached) await goOn(database, stages.slice(0, index))
      try {
        await stop(database, stage.direction, at)
        await migrateDatabase(database.url, stage.direction, { to: stage.target })
        assert.deepEqual(await contents(database.url), stage.expected)
      } catch (error) {
        throw new Error(`Stopped on the way to ${stage.target} at ${pointInWords(at)}`, { cause: error })
      }
      reached = stage
    }
    idle.push(database)
  })
}

/** Goes through stages in which nothing stops: forwards to their end, and as far backwards as they do. */
async function goOn(database: TestDatabase, stages: readonly Stage[]): Promise<void> {
  for (const direction of ['forwards', 'backwards'] as const) {
    const last = stages.findLast((stage) => stage.direction === direction)
    if (last !== undefined) await migrateDatabase(database.url, direction, { to: last.target })
  }
}

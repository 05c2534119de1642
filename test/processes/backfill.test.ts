import assert from 'node:assert/strict'
import { testOnEach } from '../support/databases.ts'
import { inParallel } from '../support/in-parallel.ts'
import { openSession } from '../support/open-session.ts'
import { contents } from './contents.ts'
import { migrateDatabase, migrateUntil } from './migrate-database.ts'
import { run } from './run-migrate.ts'

const history = 'backfill'
const deep = process.env['GODWIT_DEEP'] === '1'

/** The migrations between which the backfill lies. */
const [before, after] = ['0002_rows', '0003_count']

for (const direction of ['forwards', 'backwards'] as const) {
  testOnEach(
    `a backfill killed at any statement, ${direction}, goes on behind its last batch: each row is worked on once`,
    async (on) => {
      const [begin, end] = direction === 'forwards' ? [before, after] : [after, before]
      const origin = await on.create()
      await migrateDatabase(origin.url, 'forwards', { history, to: begin })
      const undisturbed = await origin.copy()
      const points: number[] = []
      await migrateDatabase(undisturbed.url, direction, {
        history,
        to: end,
        onPoint: (point, phase, statement) => void (isJudged(phase, statement) && points.push(point)),
      })
      const expected = await contents(undisturbed.url)
      if (direction === 'forwards') {
        assert.deepEqual(await numbers(undisturbed.url), {
          views: [1, 11, 21, 31, 41],
          counts: [100, 101, null, 103, 104, 105],
          points: 0,
        })
      }
      await inParallel(3, points, async (point) => {
        const database = await origin.copy()
        if (points.indexOf(point) % 8 === 0 || deep) {
          const death = await run(database.url, direction, point, history)
          assert.equal(death.signal, 'SIGKILL', `point ${point}: ${death.stderr}`)
        } else await migrateUntil(database.url, direction, point, { history, to: end })
        await migrateDatabase(database.url, direction, { history, to: end })
        assert.deepEqual(await contents(database.url), expected, `killed at point ${point}`)
        await database.drop()
      })
      console.log(`${on.name}, ${direction}: stopped at ${points.length} points, all converged`)
    },
  )
}

/**
 * Nothing reaches the database between a statement and the next, and nothing by a read: to die after a write, or before a read behind it, is to die
 * before the next write.
 */
function isJudged(phase: 'before' | 'after', statement: string): boolean {
  return phase === 'before' && (deep || !/^\s*(select|pragma)/i.test(statement))
}

async function numbers(url: string) {
  const session = await openSession(url)
  try {
    const read = async (query: string): Promise<readonly unknown[]> =>
      (await session.query({ parts: [query] })).map((row) => (row['n'] === null ? null : Number(row['n'])))
    return {
      views: await read('SELECT views AS n FROM blog_post ORDER BY id'),
      counts: await read('SELECT count AS n FROM blog_line ORDER BY page, at'),
      points: (await read('SELECT 1 AS n FROM godwit_batches')).length,
    }
  } finally {
    await session.close()
  }
}

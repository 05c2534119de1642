import assert from 'node:assert/strict'
import { type ErrorCode, GodwitError } from '../../src/errors/error.ts'
import { databases, testOnEach } from '../support/databases.ts'
import { inParallel } from '../support/in-parallel.ts'
import { endConnections } from '../support/mysql-database.ts'
import { openSession } from '../support/open-session.ts'
import { maintain } from '../support/postgres-database.ts'
import { type Loss, startProxy } from '../support/server-proxy.ts'
import type { DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'
import { contents } from './contents.ts'
import { type Direction, migrateDatabase, migrateSession, pointsOf } from './migrate-database.ts'
import { type Point, pointInWords, pointsToJudge } from './points.ts'
import { startingPoints } from './starting-points.ts'

const losses: readonly Loss[] = ['terminated', 'unsent', 'unanswered']
const deep = process.env['GODWIT_DEEP'] === '1'

/** A statement of the undisturbed run at which the connection is lost, and how. */
interface LossPoint extends Point {
  readonly loss: Loss
}

const servers = databases.filter(({ kind }) => kind !== 'sqlite')

for (const direction of ['forwards', 'backwards'] as const) {
  testOnEach(
    `a connection lost at any statement, ${direction}, is told, and the next migrate completes`,
    async (on) => {
      const starts = await startingPoints(on, direction)
      const undisturbed = await starts.take()
      const all = (await pointsOf(undisturbed.url, direction)).filter(({ phase }) => phase === 'before')
      const expected = await contents(undisturbed.url)
      const points = pointsToJudge(all).flatMap((point, index) =>
        lossesAt(point, index).map((loss): LossPoint => ({ ...point, loss })),
      )

      const told = new Map<string, number>()
      await inParallel(3, points, async (point) => {
        const database = await starts.take()
        try {
          const code = await lossOf(on, database, direction, point)
          told.set(code, (told.get(code) ?? 0) + 1)
          await migrateDatabase(database.url, direction)
          assert.deepEqual(await contents(database.url), expected)
        } catch (error) {
          throw new Error(`Lost (${point.loss}) at ${pointInWords(point)}`, { cause: error })
        }
        await starts.giveBack(database)
      })
      const tally = [...told].map(([code, count]) => `${count} ${code}`).join(', ')
      console.log(
        `${on.name}, ${direction}: ${points.length} losses at ${all.length} statements, all converged: ${tally}`,
      )
    },
    servers,
  )
}

/** Each statement is met by one loss in turn; a COMMIT, after which nobody knows what happened, by all. */
function lossesAt({ statement }: Point, index: number): readonly Loss[] {
  if (deep || statement === 'COMMIT') return losses
  return losses.filter((_, position) => position === index % losses.length)
}

/** Loses the connection at a point, and returns by which code the failure was told. */
async function lossOf(
  { kind }: DatabaseUnderTest,
  database: TestDatabase,
  direction: Direction,
  point: LossPoint,
): Promise<string> {
  const name = new URL(database.url).pathname.slice(1)
  const proxy = await startProxy(database.url, () =>
    kind === 'postgres'
      ? maintain(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`)
      : endConnections(database.url),
  )
  let sent = 0
  const session = await openSession(proxy.url, {
    observe: (phase) => {
      if (phase === 'before') sent += 1
      if (2 * sent - 1 === point.number) proxy.lose(point.loss)
    },
  })
  try {
    await migrateSession(session, direction)
    // With everything done and committed, the lock that cannot be given back is gone by itself.
    assert.match(point.statement, /pg_advisory_unlock|RELEASE_LOCK/, pointInWords(point))
    return 'silent'
  } catch (error) {
    const code = codesOf(error).find((one) => one === 'database.connectionLost' || one === 'database.commitUnknown')
    assert.ok(code !== undefined && error instanceof GodwitError, `${pointInWords(point)}: ${String(error)}`)
    assert.equal(code, point.statement === 'COMMIT' ? 'database.commitUnknown' : 'database.connectionLost')
    return code
  } finally {
    await session.close()
    await proxy.close()
  }
}

/** The codes of an error and of what caused it. */
function codesOf(error: unknown): readonly ErrorCode[] {
  if (!(error instanceof Error)) return []
  return [...(error instanceof GodwitError ? [error.code] : []), ...codesOf(error.cause)]
}

import assert from 'node:assert/strict'
import { type ErrorCode, GodwitError } from '../../src/errors/error.ts'
import { databases, testOnEach } from '../support/databases.ts'
import { endConnections } from '../support/mysql-database.ts'
import { openSession } from '../support/open-session.ts'
import { maintain } from '../support/postgres-database.ts'
import { type Loss, startProxy } from '../support/server-proxy.ts'
import type { DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'
import { type Direction, migrateSession } from './migrate-database.ts'
import { type Point, pointInWords, pointsToJudge } from './points.ts'
import { stagesOf, stopInStages } from './run-stages.ts'

const losses: readonly Loss[] = ['terminated', 'unsent', 'unanswered']
const deep = process.env['GODWIT_DEEP'] === '1'

/** A statement of the undisturbed run at which the connection is lost, and how. */
interface LossPoint extends Point {
  readonly loss: Loss
}

const servers = databases.filter(({ kind }) => kind !== 'sqlite')

testOnEach(
  'a connection lost at any statement, forwards and backwards, is told, and the next migrate completes',
  async (on) => {
    const stages = (await stagesOf(on)).map((stage) => {
      // A statement and its answer are one: what is lost of the two is another matter.
      const statements = stage.points.filter(({ phase }) => phase === 'before')
      return { ...stage, statements, stops: pointsToJudge(statements).flatMap(lossesAt) }
    })
    const told = new Map<string, number>()
    await stopInStages(on, stages, async (database, direction, point) => {
      const code = await lossOf(on, database, direction, point)
      told.set(code, (told.get(code) ?? 0) + 1)
    })
    const tally = [...told].map(([code, count]) => `${count} ${code}`).join(', ')
    const losses = stages.flatMap(({ stops }) => stops).length
    const statements = stages.flatMap((stage) => stage.statements).length
    console.log(`${on.name}: ${losses} losses at ${statements} statements, all converged: ${tally}`)
  },
  servers,
)

/** Each statement is met by one loss in turn; a COMMIT, after which nobody knows what happened, by all. */
function lossesAt(point: Point): readonly LossPoint[] {
  const all = losses.map((loss): LossPoint => ({ ...point, loss }))
  return deep || point.statement === 'COMMIT' ? all : all.filter((_, index) => index === point.number % all.length)
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
  // A run that has to wait asks more often than the undisturbed one.
  let lost = point.statement
  const session = await openSession(proxy.url, {
    observe: (phase, statement) => {
      if (phase === 'before') sent += 1
      if (phase !== 'before' || 2 * sent - 1 !== point.number) return
      lost = statement
      proxy.lose(point.loss)
    },
  })
  try {
    await migrateSession(session, direction)
    // With everything done and committed, the lock that cannot be given back is gone by itself.
    assert.match(lost, /pg_advisory_unlock|RELEASE_LOCK/, pointInWords(point))
    return 'silent'
  } catch (error) {
    const code = codesOf(error).find((one) => one === 'database.connectionLost' || one === 'database.commitUnknown')
    assert.ok(code !== undefined && error instanceof GodwitError, `${pointInWords(point)}: ${String(error)}`)
    assert.equal(code, lost === 'COMMIT' ? 'database.commitUnknown' : 'database.connectionLost')
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

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ErrorCode, GodwitError } from '../../src/errors/error.ts'
import { inParallel } from '../support/in-parallel.ts'
import { openSession } from '../support/open-session.ts'
import { maintain, postgresUnderTest } from '../support/postgres-database.ts'
import { type Loss, startProxy } from '../support/postgres-proxy.ts'
import type { TestDatabase } from '../support/test-database.ts'
import { contents } from './contents.ts'
import { type Direction, migrateDatabase, migrateSession } from './migrate-database.ts'
import { startingPoints } from './starting-points.ts'

const on = postgresUnderTest
const losses: readonly Loss[] = ['terminated', 'unsent', 'unanswered']
const deep = process.env['GODWIT_DEEP'] === '1'

/** A statement of the undisturbed run at which the connection is lost, and how. */
interface Point {
  readonly number: number
  readonly statement: string
  readonly loss: Loss
}

for (const direction of ['forwards', 'backwards'] as const) {
  const title = `${on.name}: a connection lost at any statement, ${direction}, is told, and the next migrate completes`
  test(title, { skip: on.skip }, async () => {
    const starts = await startingPoints(on, direction)
    const undisturbed = await starts.take()
    const statements = await statementsOf(undisturbed.url, direction)
    const expected = await contents(undisturbed.url)
    const points = statements.flatMap((statement, index) =>
      lossesAt(statement, index).map((loss): Point => ({ number: index + 1, statement, loss })),
    )

    const told = new Map<string, number>()
    await inParallel(3, points, async (point) => {
      const database = await starts.take()
      const code = await lossOf(database, direction, point)
      told.set(code, (told.get(code) ?? 0) + 1)
      await migrateDatabase(database.url, direction)
      assert.deepEqual(await contents(database.url), expected, `lost at ${inWords(point)}`)
      await starts.giveBack(database)
    })
    const tally = [...told].map(([code, count]) => `${count} ${code}`).join(', ')
    console.log(
      `${on.name}, ${direction}: ${points.length} losses at ${statements.length} statements, all converged: ${tally}`,
    )
  })
}

/** Each statement is met by one loss in turn; a COMMIT, after which nobody knows what happened, by all. */
function lossesAt(statement: string, index: number): readonly Loss[] {
  if (deep || statement === 'COMMIT') return losses
  return losses.filter((_, position) => position === index % losses.length)
}

async function statementsOf(url: string, direction: Direction): Promise<readonly string[]> {
  const statements: string[] = []
  const session = await openSession(url, {
    observe: (phase, statement) => {
      if (phase === 'before') statements.push(statement)
    },
  })
  try {
    await migrateSession(session, direction)
  } finally {
    await session.close()
  }
  return statements
}

/** Loses the connection at a point, and returns by which code the failure was told. */
async function lossOf(database: TestDatabase, direction: Direction, point: Point): Promise<string> {
  const name = new URL(database.url).pathname.slice(1)
  const proxy = await startProxy(database.url, () =>
    maintain(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`),
  )
  let sent = 0
  const session = await openSession(proxy.url, {
    observe: (phase) => {
      if (phase === 'before') sent += 1
      if (sent === point.number) proxy.lose(point.loss)
    },
  })
  try {
    await migrateSession(session, direction)
    // With everything done and committed, the lock that cannot be given back is gone by itself.
    assert.match(point.statement, /pg_advisory_unlock/, inWords(point))
    return 'silent'
  } catch (error) {
    const code = codesOf(error).find((one) => one === 'database.connectionLost' || one === 'database.commitUnknown')
    assert.ok(code !== undefined && error instanceof GodwitError, `${inWords(point)}: ${String(error)}`)
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

function inWords({ number, statement, loss }: Point): string {
  return `statement ${number} (${loss}): ${statement}`
}

import assert from 'node:assert/strict'
import { testOnEach } from '../support/databases.ts'
import { contents } from './contents.ts'
import { migrateDatabase, migrateUntil, pointsOf } from './migrate-database.ts'
import { pointInWords, pointsToJudge } from './points.ts'
import { run } from './run-migrate.ts'

const history = 'stages'
/** Before the migration that is brought back. */
const to = '0002_rows'
const deep = process.env['GODWIT_DEEP'] === '1'

testOnEach(
  'a migration stopped at any statement is brought back to where it began, even when that is stopped as well',
  async (on) => {
    const origin = await on.create()
    await migrateDatabase(origin.url, 'forwards', { history, to })
    const before = await contents(origin.url)
    const undisturbed = await origin.copy()
    const points = pointsToJudge(await pointsOf(undisturbed.url, 'forwards', { history }))
    const after = await contents(undisturbed.url)
    // From the last COMMIT on it is applied, and not half-way.
    const end = points.findLastIndex(({ statement, phase }) => statement === 'COMMIT' && phase === 'before')
    let [stopped, twice, byTarget, onwards] = [0, 0, 0, 0]

    for (const [index, point] of points.entries()) {
      const database = await origin.copy()
      try {
        await migrateUntil(database.url, 'forwards', point.number, { history })
        stopped += 1
        // How many statements there are to bring it back shows on a copy.
        const copy = await database.copy()
        const way = pointsToJudge(await pointsOf(copy.url, 'forwards', { history, rollback: true }))
        const isDone = index > end
        assert.deepEqual(await contents(copy.url), isDone ? after : before)
        await copy.drop()
        const next = way[index % Math.max(way.length, 1)]
        if (next !== undefined && !isDone && (deep || index % 3 === 0)) {
          await migrateUntil(database.url, 'forwards', next.number, { history, rollback: true })
          twice += 1
          // From the middle of the way back there is a way to every place.
          if (twice % 3 === 0) {
            await migrateDatabase(database.url, 'forwards', { history, rollback: true })
            assert.deepEqual(await contents(database.url), before)
          } else if (twice % 3 === 1) {
            await migrateDatabase(database.url, 'backwards', { history, to })
            assert.deepEqual(await contents(database.url), before)
            byTarget += 1
          }
          await migrateDatabase(database.url, 'forwards', { history })
          assert.deepEqual(await contents(database.url), after)
          onwards += 1
        }
        await database.drop()
      } catch (error) {
        throw new Error(`Stopped at ${pointInWords(point)}`, { cause: error })
      }
    }
    console.log(
      `${on.name}: stopped at ${stopped} points and brought back from all; ${twice} ways back stopped as well, ${byTarget} gone on by a target, ${onwards} turned forwards in the end`,
    )
  },
)

testOnEach('a migration that is half-way backwards is brought back to where it is applied', async (on) => {
  const origin = await on.create()
  await migrateDatabase(origin.url, 'forwards', { history })
  const after = await contents(origin.url)
  const undisturbed = await origin.copy()
  const all = pointsToJudge(await pointsOf(undisturbed.url, 'backwards', { history, to }))
  // After the last COMMIT it is unapplied, and not half-way.
  const points = all.slice(0, all.findLastIndex(({ statement }) => statement === 'COMMIT') + 1)
  for (const [index, point] of points.entries()) {
    if (index % 3 !== 0) continue
    const database = await origin.copy()
    await migrateUntil(database.url, 'backwards', point.number, { history, to })
    await migrateDatabase(database.url, 'forwards', { history, rollback: index % 2 === 0 })
    // Rows that went with their columns do not come back; the tables do.
    const now = await contents(database.url)
    assert.deepEqual(
      { ...now, rows: undefined, tables: shapes(now) },
      { ...after, rows: undefined, tables: shapes(after) },
    )
    await database.drop()
  }
})

testOnEach('a process killed in the middle of a rollback leaves one that the next brings to its end', async (on) => {
  const origin = await on.create()
  await migrateDatabase(origin.url, 'forwards', { history, to })
  const before = await contents(origin.url)
  const undisturbed = await origin.copy()
  const points = pointsToJudge(await pointsOf(undisturbed.url, 'forwards', { history }))
  const late = points.at(-4)?.number ?? 1
  await migrateUntil(origin.url, 'forwards', late, { history })
  const copy = await origin.copy()
  const way = pointsToJudge(await pointsOf(copy.url, 'forwards', { history, rollback: true }))
  for (const { number } of way.filter((_, index) => index % Math.ceil(way.length / 4) === 0)) {
    const database = await origin.copy()
    assert.equal((await run(database.url, 'rollback', number, history)).signal, 'SIGKILL')
    await migrateDatabase(database.url, 'forwards', { history, rollback: true })
    assert.deepEqual(await contents(database.url), before)
    await database.drop()
  }
})

/** Tables without the order of their columns: one that comes back is the last. */
function shapes({ tables }: Awaited<ReturnType<typeof contents>>): unknown {
  return tables
    .map(([name, table]) => ({
      name,
      columns: table.columns.map((column) => column.name).sort(),
      keys: table.foreignKeys.length,
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { databases, dialectOf, olderSqlite } from '../support/databases.ts'
import { runsOn, seed } from '../support/runs.ts'
import { judgePair } from './judge-pair.ts'
import { projectPairsFor } from './pairs.ts'

/** SQLite is judged as well as if it had none of the ALTERs of 3.53, so that the rebuild is. */
for (const on of [...databases, olderSqlite]) {
  test(`${on.name}: inspected equals projected, both ways, and rows survive`, { skip: on.skip }, async () => {
    const numRuns = runsOn(on.kind, { sqlite: 150, postgres: 70, others: 30 })
    const database = await on.createScratch()
    const drawn = projectPairsFor(await dialectOf(database))
    let refused = 0
    await fc.assert(
      fc.asyncProperty(drawn, async ({ before, after }) => {
        await database.empty()
        const session = await database.openSession()
        try {
          if (!(await judgePair(session, before, after))) refused += 1
        } finally {
          await session.close()
        }
      }),
      { numRuns, seed },
    )
    console.log(`${on.name}: of ${numRuns} pairs ${refused} were refused because their rows stood in the way`)
    assert.ok(refused < numRuns / 3, 'too many pairs are refused to judge anything')
  })
}

import assert from 'node:assert/strict'
import { type FoundDrift, findDrift } from '../../src/api/find-drift.ts'
import { executeRepair } from '../../src/execution/execute-repair.ts'
import { planRepair } from '../../src/execution/plan-repair.ts'
import { adoptedState } from '../../src/reality/adopted-state.ts'
import { compareDatabase } from '../../src/reality/compare-database.ts'
import { repairOf } from '../../src/reality/repair-changes.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { testOnEach } from '../support/databases.ts'
import { inSession, joined, migratedShop, textsOf, withChange } from './drift/corpus.ts'
import { readCases } from './drift/read-cases.ts'

/** What no model can say, by kind of database: all else of the corpora is said by the models once they are read anew. */
const unsayable: Readonly<Record<string, readonly string[]>> = {
  sqlite: ['rows that nobody numbers', 'no primary key', 'an extra foreign key'],
  postgres: [
    'rows that are numbered by a serial',
    'no primary key',
    'an index with a collation of its own',
    'a check that was not validated',
    'a foreign key that was not validated',
    'an extra foreign key',
  ],
  mariadb: ['no primary key', 'an index for whole texts'],
}

testOnEach('each difference that another hand makes is repaired, and adopted where models can say it', async (on) => {
  const migrated = await migratedShop(on)
  const { project, graph } = migrated
  const [unsaid, failures]: [string[], string[]] = [[], []]
  await inSession(migrated.database, async (whole) => {
    for (const one of readCases(on.kind)) {
      try {
        await withChange(one, on, migrated, whole, async (session) => {
          const found = await findDrift({ project, graph, session, database: undefined })
          if ((await leftByAdopting(found, session)).length > 0) unsaid.push(one.name)
          await repairAll(found, session, on.kind === 'postgres' ? joined(session) : session)
          const left = await textsOf(migrated, session)
          if (left.length > 0) failures.push(`${one.name}: ${left.join(' | ')}`)
        })
      } catch (error) {
        failures.push(`${one.name}: ${error}`)
      }
    }
  })
  assert.deepEqual(failures, [])
  assert.deepEqual(unsaid, unsayable[on.kind] ?? unsayable['mariadb'])
})

/** What differs from the models that say all that they can of what was found. */
async function leftByAdopting({ memory, judged }: FoundDrift, session: Session): Promise<readonly string[]> {
  const own = judged.discrepancies.filter(({ remembered }) => remembered === undefined)
  if (own.length === 0) return []
  const state = adoptedState(memory.state, own, { ...judged.comparison, dialect: session.dialect })
  const { discrepancies } = await compareDatabase({ session, state, placement: memory.placement })
  const wanted = new Set(own.map(({ text }) => text))
  const others = new Set(judged.comparison.discrepancies.map(({ text }) => text).filter((text) => !wanted.has(text)))
  return discrepancies.map(({ text }) => text).filter((text) => !others.has(text))
}

async function repairAll({ judged }: FoundDrift, session: Session, working: Session): Promise<void> {
  const repair = repairOf(judged.discrepancies, { ...judged.comparison, dialect: session.dialect }, () => true)
  const planned = await planRepair(repair, session)
  await executeRepair(planned, { session: working, patience: { retries: 0 }, allowTableCopy: true })
}

testOnEach('a repair that was cut off at any statement is begun again, and ends as one', async (on) => {
  const migrated = await migratedShop(on)
  const { project, graph, database } = migrated
  const nameOf = on.kind === 'sqlite' || on.kind === 'postgres' ? '' : ' ON shop_item'
  const change = ['ALTER TABLE shop_tag ADD COLUMN note integer', `DROP INDEX item_title${nameOf}`, 'DROP VIEW scarce']
  let isDead = true
  for (let last = 0; isDead; last += 1) {
    await inSession(database, async (session) => {
      for (const statement of change) await session.script(statement)
    })
    let left = Number.POSITIVE_INFINITY
    isDead = false
    const dying = await database.openSession({
      observe: (phase, statement) => {
        if (phase === 'before' && /^\s*(alter|create|drop)/i.test(statement)) left -= 1
        isDead ||= left < 0
        if (left < 0) throw new Error('dead')
      },
    })
    const found = await findDrift({ project, graph, session: dying, database: undefined })
    left = last
    await repairAll(found, dying, dying).catch(() => undefined)
    left = Number.POSITIVE_INFINITY
    await dying.close()
    await inSession(database, async (session) => {
      await repairAll(await findDrift({ project, graph, session, database: undefined }), session, session)
      assert.deepEqual(await textsOf(migrated, session), [], `cut off at statement ${last}`)
    })
  }
})

import assert from 'node:assert/strict'
import type { Session } from '../../src/schema/dialect.ts'
import { testOnEach } from '../support/databases.ts'
import { inSession, type Migrated, migratedShop, textsOf } from './drift/corpus.ts'
import { type DriftCase, readCases, writeCases } from './drift/read-cases.ts'
import { remakeTable } from './drift/remake-table.ts'

const updating = process.env['GODWIT_UPDATE'] === '1'

testOnEach('each difference that another hand makes is found, and named exactly', async (on) => {
  const migrated = await migratedShop(on)
  assert.deepEqual(await inSession(migrated.database, (session) => textsOf(migrated, session)), [])
  const cases = readCases(on.kind)
  const seen: DriftCase[] = []
  await inSession(migrated.database, async (session) => {
    for (const one of cases) seen.push({ ...one, found: await foundIn(one, on.kind, migrated, session) })
  })
  assert.deepEqual(await inSession(migrated.database, (session) => textsOf(migrated, session)), [])
  if (updating) return writeCases(on.kind, seen)
  assert.deepEqual(
    seen.map(({ name, found }) => ({ name, found })),
    cases.map(({ name, found }) => ({ name, found })),
  )
  assert.ok(cases.length >= 60, `${cases.length} cases`)
})

/** What is found once a change is made; the database is then as it was. */
async function foundIn(
  { name, change, back }: DriftCase,
  kind: string,
  migrated: Migrated,
  session: Session,
): Promise<readonly string[]> {
  try {
    if (kind === 'sqlite') return await foundInCopy(change, migrated)
    if (kind === 'postgres') return await foundInTransaction(change, migrated, session)
    return await foundBetween(change, back, migrated, session)
  } catch (error) {
    throw new Error(`${name}: ${error}`, { cause: error })
  }
}

async function foundInTransaction(
  change: readonly string[],
  migrated: Migrated,
  session: Session,
): Promise<readonly string[]> {
  const enough = new Error('rolled back')
  let found: readonly string[] = []
  await assert.rejects(
    session.transaction(async () => {
      await session.script(change.join('\n'))
      found = await textsOf(migrated, session)
      throw enough
    }),
    enough,
  )
  return found
}

async function foundBetween(
  change: readonly string[],
  back: readonly string[],
  migrated: Migrated,
  session: Session,
): Promise<readonly string[]> {
  await session.script(change.join('\n'))
  try {
    return await textsOf(migrated, session)
  } finally {
    for (const statement of back) await session.script(statement)
  }
}

async function foundInCopy(change: readonly string[], migrated: Migrated): Promise<readonly string[]> {
  const copy = await migrated.database.copy()
  const client = await copy.connect()
  try {
    for (const line of change) {
      if (line.startsWith('REMAKE ')) await remakeTable(client, line.slice('REMAKE '.length))
      else await client.exec(line)
    }
  } finally {
    await client.close()
  }
  try {
    return await inSession(copy, (session) => textsOf(migrated, session))
  } finally {
    await copy.drop()
  }
}

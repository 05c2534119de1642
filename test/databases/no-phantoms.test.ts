import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { detectMigrations } from '../../src/autodetector/detect-migrations.ts'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph } from '../../src/history/graph.ts'
import type { Migration } from '../../src/history/migration.ts'
import { applyMigration } from '../../src/history/replay.ts'
import { type AnyModel, isModel } from '../../src/index.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { emptyState, modelsOf, type ProjectState } from '../../src/state/project-state.ts'
import { resolveModels } from '../../src/state/resolve-models.ts'
import { statesEqual } from '../../src/state/states-equal.ts'
import { writeMigration } from '../../src/writer/write-migration.ts'
import * as finder from '../corpus/finder.ts'
import * as garage from '../corpus/garage.ts'
import * as hotel from '../corpus/hotel.ts'
import * as words from '../corpus/words.ts'
import { evaluateSource } from '../history/evaluate-source.ts'
import { stateOf } from '../properties/build-models.ts'
import { createDrawnSchema } from '../properties/insert-rows.ts'
import { projectPairsFor } from '../properties/pairs.ts'
import { databases, dialectOf } from '../support/databases.ts'
import { assertProjected } from '../support/evolve.ts'
import { runsOn, seed } from '../support/runs.ts'
import * as accounts from '../types/shop/accounts.ts'
import * as billing from '../types/shop/billing.ts'
import * as ledger from '../types/warehouse/ledger.ts'
import * as stock from '../types/warehouse/stock.ts'

type Apps = Readonly<Record<string, object>>

/** Projects by what they are; what a database cannot have is named with the reason. */
const corpus: readonly { readonly name: string; readonly apps: Apps; readonly only?: readonly string[] }[] = [
  { name: 'a shop', apps: { accounts, billing } },
  { name: 'every word that all databases know', apps: { words } },
  {
    name: 'a finder, with indexes over some rows and over expressions',
    apps: { finder },
    only: ['sqlite', 'postgres'],
  },
  { name: 'a garage, with words of a family', apps: { garage }, only: ['mariadb', 'mysql'] },
  { name: 'a warehouse, with a schema of its own', apps: { stock, ledger }, only: ['postgres'] },
  { name: 'a hotel, with words that one database alone knows', apps: { hotel }, only: ['postgres'] },
]

for (const on of databases) {
  for (const { name, apps, only } of corpus) {
    if (only?.includes(on.kind) === false) continue
    test(`${on.name}: ${name} has no changes once it is migrated`, { skip: on.skip }, async () => {
      const database = await on.create()
      const session = await database.openSession()
      try {
        const models = new Map(Object.entries(apps).map(([app, module]) => [app, modelsIn(module)]))
        await createDrawnSchema(session)
        await assertNoPhantoms(session, resolveModels(models).state)
      } finally {
        await session.close()
        await database.drop()
      }
    })
  }

  test(`${on.name}: no project that is drawn has changes once it is migrated`, { skip: on.skip }, async () => {
    const database = await on.createScratch()
    const drawn = projectPairsFor(await dialectOf(database))
    await fc.assert(
      fc.asyncProperty(drawn, async ({ after }) => {
        await database.empty()
        const session = await database.openSession()
        try {
          await createDrawnSchema(session)
          await assertNoPhantoms(session, stateOf(after))
        } finally {
          await session.close()
        }
      }),
      { numRuns: runsOn(on.kind, { sqlite: 300, postgres: 30, others: 15 }), seed },
    )
  })
}

/** What is detected, written, read again and applied leaves nothing to be detected, and the database is what the models say. */
async function assertNoPhantoms(session: Session, models: ProjectState): Promise<void> {
  const detected = detectedBetween(emptyState, models)
  const migrations = detected.map(
    (migration): Migration => ({ ...migration, definition: evaluateSource(writeMigration(migration)) }),
  )
  const replayed = migrations.reduce(applyMigration, emptyState)
  assert.ok(statesEqual(replayed, models), 'what the files say is what the models say')
  assert.deepEqual(detectedBetween(replayed, models), [])
  assert.deepEqual(detectedBetween(models, replayed), [])
  await migrate({ session, graph: buildGraph(migrations) })
  const schemas = [...modelsOf(models)].flatMap(({ options }) => options.schema ?? [])
  await assertProjected(session, models, { schemas: [...new Set(schemas)] })
}

function detectedBetween(from: ProjectState, to: ProjectState): readonly Migration[] {
  const outcome = detectMigrations({ from, to, leaves: new Map(), now: new Date(0) })
  if (outcome.kind === 'questions') assert.fail(JSON.stringify(outcome.questions))
  return outcome.migrations
}

function modelsIn(module: object): readonly AnyModel[] {
  return Object.values(module).filter(isModel)
}

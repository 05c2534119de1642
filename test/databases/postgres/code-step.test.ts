import assert from 'node:assert/strict'
import { test } from 'node:test'
import { migrate } from '../../../src/execution/migrate.ts'
import { buildGraph } from '../../../src/history/graph.ts'
import { type CodeStep, defineMigration, runCode } from '../../../src/migrations.ts'
import { postgresUnderTest } from '../../support/postgres-database.ts'

/** Migrates over a step of code that may be silent for a fifth of a second. */
async function migrateOver(forwards: CodeStep): Promise<void> {
  const database = await postgresUnderTest.create()
  const session = await database.openSession()
  try {
    const definition = defineMigration({ operations: [runCode({ forwards })] })
    await migrate({ session, graph: buildGraph([{ app: 'blog', name: '0001', definition }]), codeTimeout: 200 })
  } finally {
    await session.close()
  }
}

const { skip } = postgresUnderTest

test('a statement may take as long as it needs', { skip }, async () => {
  await migrateOver(async ({ db }) => {
    await db.selectNoFrom(({ fn, val }) => fn('pg_sleep', [val(0.7)]).as('slept')).execute()
  })
})

test('code that waits for something else is given up, whatever it sent before', { skip }, async () => {
  const hangs = migrateOver(async ({ db }) => {
    await db.selectNoFrom(({ lit }) => lit(1).as('one')).execute()
    await new Promise((resolve) => setTimeout(resolve, 1500))
  })
  await assert.rejects(hangs, { code: 'execution.codeStepHangs' })
})

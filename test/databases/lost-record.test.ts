import assert from 'node:assert/strict'
import { hasCode } from '../../src/errors/error.ts'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph } from '../../src/history/graph.ts'
import type { Migration, MigrationReference } from '../../src/history/migration.ts'
import {
  createModel,
  defineMigration,
  deleteModel,
  f,
  moveModel,
  renameModel,
  separateDatabaseAndState,
} from '../../src/migrations.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { testOnEach } from '../support/databases.ts'

const id = f.bigAuto({ primaryKey: true })

function migration(
  [app, name]: MigrationReference,
  operations: readonly Operation[],
  ...dependencies: readonly MigrationReference[]
): Migration {
  return { app, name, definition: defineMigration({ dependencies, operations }) }
}

const user = createModel({ name: 'User', fields: { id }, options: { table: 'people' } })
const accounts = migration(['accounts', '0001_initial'], [user])

/** The histories in which the first migration of an app finds a table that it did not make. */
const takesOver: Readonly<Record<string, readonly [applied: readonly Migration[], next: readonly Migration[]]>> = {
  'a model that moves': [
    [accounts],
    [migration(['billing', '0001_initial'], [moveModel({ model: 'accounts.User' })], ['accounts', '0001_initial'])],
  ],
  'a model that one app gave up and another takes, in the State alone': [
    [
      accounts,
      migration(
        ['accounts', '0002_give_up'],
        [separateDatabaseAndState({ databaseOperations: [], stateOperations: [deleteModel({ name: 'User' })] })],
        ['accounts', '0001_initial'],
      ),
    ],
    [
      migration(
        ['billing', '0001_initial'],
        [separateDatabaseAndState({ databaseOperations: [], stateOperations: [user] })],
        ['accounts', '0002_give_up'],
      ),
    ],
  ],
}

testOnEach(
  'an initial migration that takes a table over is no sign of a lost record, one that creates it is',
  async (on) => {
    const database = await on.create()
    const session = await database.openSession()
    try {
      for (const [name, [applied, next]] of Object.entries(takesOver)) {
        await migrate({ session, graph: buildGraph(applied) })
        const graph = buildGraph([...applied, ...next])
        const result = await migrate({ session, graph })
        assert.equal(result.applied.length, next.length, name)
        await session.query({ parts: ['DROP TABLE people'] })
        await session.query({ parts: ['DELETE FROM godwit_migrations'] })
      }

      const renamed = migration(
        ['accounts', '0002_person'],
        [renameModel({ from: 'User', to: 'Person' })],
        ['accounts', '0001_initial'],
      )
      const plain = migration(['accounts', '0001_initial'], [createModel({ name: 'User', fields: { id } })])
      const graph = buildGraph([plain, renamed])
      await migrate({ session, graph })
      await session.query({ parts: ['DELETE FROM godwit_migrations'] })
      await assert.rejects(migrate({ session, graph }), (error) => {
        assert.ok(hasCode(error, 'resets.rowsLost'))
        assert.deepEqual(error.details.tables, ['accounts_person'])
        return true
      })
    } finally {
      await session.close()
    }
  },
)

import assert from 'node:assert/strict'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph } from '../../src/history/graph.ts'
import type { Migration } from '../../src/history/migration.ts'
import { createModel, defineMigration, deleteModel, f, removeField } from '../../src/migrations.ts'
import { testOnEach } from '../support/databases.ts'

const id = f.bigAuto({ primaryKey: true })
const user = f.foreignKey('accounts.User', { null: true, onDelete: 'setNull' })

const made: readonly Migration[] = [
  {
    app: 'accounts',
    name: '0001_initial',
    definition: defineMigration({ operations: [createModel({ name: 'User', fields: { id } })] }),
  },
  {
    app: 'blog',
    name: '0001_initial',
    definition: defineMigration({
      dependencies: [['accounts', '0001_initial']],
      operations: [createModel({ name: 'Post', fields: { id, user } })],
    }),
  },
]

/** First the key goes, in the one app, and then what it points at, in the other. */
const gone: readonly Migration[] = [
  {
    app: 'blog',
    name: '0002_no_user',
    definition: defineMigration({
      dependencies: [['blog', '0001_initial']],
      operations: [removeField({ model: 'Post', name: 'user' })],
    }),
  },
  {
    app: 'accounts',
    name: '0002_no_user',
    definition: defineMigration({
      dependencies: [
        ['accounts', '0001_initial'],
        ['blog', '0002_no_user'],
      ],
      operations: [deleteModel({ name: 'User' })],
    }),
  },
]

testOnEach('a foreign key and the model that it points at, in another app, go in one run and come back', async (on) => {
  const database = await on.create()
  const session = await database.openSession()
  try {
    await migrate({ session, graph: buildGraph(made) })
    const graph = buildGraph([...made, ...gone])
    await migrate({ session, graph })
    assert.deepEqual([...(await session.inspect()).tables.keys()], ['blog_post'])
    await migrate({ session, graph, target: { kind: 'zero', app: 'accounts' } })
    assert.deepEqual([...(await session.inspect()).tables.keys()], [])
  } finally {
    await session.close()
  }
})

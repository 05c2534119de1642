import assert from 'node:assert/strict'
import { type MigrateEvent, migrate } from '../../../src/execution/migrate.ts'
import { buildGraph } from '../../../src/history/graph.ts'
import type { Migration, MigrationDefinition } from '../../../src/history/migration.ts'
import {
  addField,
  createModel,
  defineMigration,
  f,
  moveModel,
  removeField,
  renameField,
  renameModel,
  runCode,
  separateDatabaseAndState,
} from '../../../src/migrations.ts'
import { testOnEach } from '../../support/databases.ts'

const id = f.bigAuto({ primaryKey: true })

function migration(app: string, name: string, definition: MigrationDefinition): Migration {
  return { app, name, definition: defineMigration(definition) }
}

const seen: unknown[] = []

const history: readonly Migration[] = [
  migration('accounts', '0001_initial', {
    operations: [
      createModel({ name: 'User', fields: { id, login: f.char({ maxLength: 30 }) } }),
      runCode({
        models: { User: 'User' },
        async forwards({ models: { User } }) {
          await User.bulkCreate([{ login: 'greg' }, { login: 'ada' }])
        },
        async backwards({ models: { User } }) {
          seen.push(await User.orderBy('login').values('login').rows())
        },
      }),
    ],
  }),
  migration('blog', '0001_initial', {
    dependencies: [['accounts', '0001_initial']],
    operations: [
      createModel({
        name: 'Post',
        fields: {
          id,
          head: f.text(),
          author: f.foreignKey('accounts.User', { relatedName: 'posts', onDelete: 'cascade' }),
        },
      }),
    ],
  }),
  migration('blog', '0002_posts', {
    dependencies: [['blog', '0001_initial']],
    operations: [
      runCode<{ User: { id: number; login: string }; Post: { id: number; head: string; authorId: number } }>({
        models: { User: 'accounts.User', Post: 'Post' },
        async forwards({ models: { User, Post }, progress, log }) {
          progress(0, 2)
          let done = 0
          for await (const user of User) {
            await Post.create({ id: user.id + 10, head: `of ${user.login}`, authorId: user.id })
            done += 1
            progress(done, 2)
          }
          log(`${await Post.count()} posts`)
        },
        async backwards({ models: { Post } }) {
          seen.push(await Post.delete())
        },
      }),
      renameField({ model: 'Post', from: 'head', to: 'title' }),
      renameModel({ from: 'Post', to: 'Article' }),
      runCode({
        models: { Article: 'blog.Article' },
        async forwards({ models: { Article } }) {
          await Article.filter({ author: { login: 'greg' } }).update({ title: 'Greg wrote this' })
        },
        backwards() {},
      }),
      addField({ model: 'Article', name: 'views', field: f.integer({ default: 3 }) }),
      removeField({ model: 'Article', name: 'title', fillRestored: '' }),
    ],
  }),
  migration('press', '0001_moved', {
    dependencies: [['blog', '0002_posts']],
    operations: [
      moveModel({ model: 'blog.Article' }),
      separateDatabaseAndState({
        databaseOperations: [
          runCode({
            models: { Article: 'Article' },
            async forwards({ models: { Article } }) {
              seen.push(await Article.values('views', 'author.login').orderBy('id').rows())
            },
            backwards() {},
          }),
        ],
        stateOperations: [],
      }),
    ],
  }),
]

testOnEach('code of a migration sees the models as they were, in both directions', async (on) => {
  const database = await on.create()
  const session = await database.openSession()
  seen.length = 0
  try {
    const events: MigrateEvent[] = []
    const graph = buildGraph(history)
    await migrate({ session, graph, onEvent: (event) => events.push(event) })
    assert.deepEqual(seen, [
      [
        { views: 3, 'author.login': 'greg' },
        { views: 3, 'author.login': 'ada' },
      ],
    ])
    const told = events.flatMap((event): readonly unknown[] => {
      if (event.kind === 'batch') return [[event.rows, event.total]]
      return event.kind === 'log' ? [event.message] : []
    })
    assert.deepEqual(told, [[0, 2], [1, 2], [2, 2], '2 posts'])
    seen.length = 0
    await migrate({ session, graph, target: { kind: 'zero', app: 'accounts' } })
    assert.deepEqual(seen, [2, [{ login: 'ada' }, { login: 'greg' }]])
  } finally {
    await session.close()
  }
})

testOnEach('a model of an app that the migration does not wait for is refused, though it is there', async (on) => {
  const database = await on.create()
  const session = await database.openSession()
  const step = runCode({ models: { User: 'accounts.User' }, forwards() {} })
  const lonely = migration('zoo', '0001_initial', { operations: [step] })
  const waiting = migration('zoo', '0001_initial', { dependencies: [['accounts', '__first__']], operations: [step] })
  const [accounts] = history
  assert.ok(accounts)
  try {
    await assert.rejects(migrate({ session, graph: buildGraph([accounts, lonely]) }), { code: 'query.notDependedOn' })
    assert.deepEqual([...(await session.inspect()).tables.keys()], [], 'before anything was done')
    await migrate({ session, graph: buildGraph([accounts, waiting]) })
  } finally {
    await session.close()
  }
})

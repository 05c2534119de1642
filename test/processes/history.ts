// Six migrations as users write them: schema with and without a rebuild, data by SQL and by code, one of them without a transaction.

import { buildGraph, type Graph } from '../../src/history/graph.ts'
import type { MigrationDefinition } from '../../src/history/migration.ts'
import {
  addField,
  addIndex,
  addIndexConcurrently,
  alterField,
  batched,
  createModel,
  defineMigration,
  f,
  index,
  q,
  removeIndexConcurrently,
  renameField,
  runCode,
  runSql,
} from '../../src/migrations.ts'

const id = f.bigAuto({ primaryKey: true })

const definitions: Readonly<Record<string, MigrationDefinition>> = {
  '0001_initial': defineMigration({
    operations: [
      createModel({ name: 'Author', fields: { id, name: f.char({ maxLength: 50 }) } }),
      createModel({
        name: 'Post',
        fields: {
          id,
          author: f.foreignKey('blog.Author', { onDelete: 'cascade' }),
          title: f.char({ maxLength: 50, unique: true }),
          views: f.integer({ null: true }),
        },
      }),
    ],
  }),
  '0002_rows': defineMigration({
    dependencies: [['blog', '0001_initial']],
    operations: [
      runSql({
        forwards: [
          // Numbers are given: those that a server gives out are used up even where the transaction is undone.
          { sql: 'INSERT INTO blog_author (id, name) VALUES (1, ?)', parameters: ['Greg'] },
          `INSERT INTO blog_post (id, author_id, title, views) VALUES (1, 1, 'first', NULL), (2, 1, 'second', 5), (3, 1, 'third', NULL)`,
        ],
        backwards: ['DELETE FROM blog_post', 'DELETE FROM blog_author'],
      }),
    ],
  }),
  '0003_post_slug': defineMigration({
    dependencies: [['blog', '0002_rows']],
    operations: [
      addField({ model: 'Post', name: 'slug', field: f.slug(), fillExisting: 'none' }),
      addIndex({ model: 'Post', index: index({ fields: ['slug', '-views'] }) }),
    ],
  }),
  '0004_slugs': defineMigration({
    dependencies: [['blog', '0003_post_slug']],
    atomic: false,
    operations: [
      runCode({
        async forwards({ db }) {
          for (const { id: post, title } of await db.selectFrom('blog_post').select(['id', 'title']).execute()) {
            await db
              .updateTable('blog_post')
              .set({ slug: `slug-${title}` })
              .where('id', '=', post)
              .execute()
          }
        },
        async backwards({ db }) {
          await db.updateTable('blog_post').set({ slug: 'none' }).execute()
        },
        atomic: false,
      }),
      renameField({ model: 'Author', from: 'name', to: 'penName' }),
      runCode({
        async forwards({ db }) {
          await db.insertInto('blog_author').values({ id: 2, pen_name: 'Anna' }).execute()
        },
        async backwards({ db }) {
          await db.deleteFrom('blog_author').where('pen_name', '=', 'Anna').execute()
        },
      }),
    ],
  }),
  '0005_post_views': defineMigration({
    dependencies: [['blog', '0004_slugs']],
    operations: [
      alterField({ model: 'Post', name: 'views', field: f.integer({ default: 0 }), fillExisting: 0 }),
      alterField({ model: 'Author', name: 'penName', field: f.text() }),
    ],
  }),
  '0006_counted': defineMigration({
    dependencies: [['blog', '0005_post_views']],
    operations: [
      runCode({
        async forwards({ db }) {
          await db.updateTable('blog_post').set({ views: 1 }).where('views', '=', 0).execute()
        },
        async backwards() {},
      }),
    ],
  }),
}

const indexDefinitions: Readonly<Record<string, MigrationDefinition>> = {
  '0001_initial': defineMigration({
    operations: [
      createModel({
        name: 'Post',
        fields: { id, title: f.char({ maxLength: 50 }), views: f.integer(), likes: f.integer() },
        options: { indexes: [index({ fields: ['likes'], name: 'post_likes' })] },
      }),
    ],
  }),
  '0002_rows': defineMigration({
    dependencies: [['blog', '0001_initial']],
    operations: [
      runSql({
        forwards: "INSERT INTO blog_post (title, views, likes) VALUES ('first', 1, 0), ('second', 2, 0)",
        backwards: 'DELETE FROM blog_post',
      }),
    ],
  }),
  '0003_share': defineMigration({
    dependencies: [['blog', '0002_rows']],
    atomic: false,
    operations: [
      // Cannot be built over a post without views.
      addIndexConcurrently({
        model: 'Post',
        index: index({ expressions: [q.sql('(100 / views)')], name: 'post_share' }),
      }),
    ],
  }),
  '0004_no_likes': defineMigration({
    dependencies: [['blog', '0003_share']],
    atomic: false,
    operations: [removeIndexConcurrently({ model: 'Post', index: index({ fields: ['likes'], name: 'post_likes' }) })],
  }),
}

const backfillDefinitions: Readonly<Record<string, MigrationDefinition>> = {
  '0001_initial': defineMigration({
    operations: [
      createModel({ name: 'Post', fields: { id, views: f.integer() } }),
      createModel({
        name: 'Line',
        fields: { page: f.char({ maxLength: 20 }), at: f.dateTime(), count: f.integer({ null: true }) },
        options: { primaryKey: ['page', 'at'] },
      }),
    ],
  }),
  '0002_rows': defineMigration({
    dependencies: [['blog', '0001_initial']],
    operations: [
      runSql({
        forwards: [
          'INSERT INTO blog_post (id, views) VALUES (3, 0), (5, 10), (6, 20), (7, 30), (9, 40)',
          `INSERT INTO blog_line (page, at, count) VALUES
            ('a', '2026-11-21T09:00:00.000Z', 0), ('a', '2026-11-21T09:00:00.001Z', 1), ('a', '2026-11-21T10:00:00.000Z', NULL),
            ('b', '2026-11-21T09:00:00.000Z', 3), ('b', '2026-11-21T09:00:00.001Z', 4), ('c', '2026-11-21T09:00:00.000Z', 5)`,
        ],
        backwards: ['DELETE FROM blog_line', 'DELETE FROM blog_post'],
      }),
    ],
  }),
  '0003_count': defineMigration({
    dependencies: [['blog', '0002_rows']],
    atomic: false,
    operations: [
      // To be run twice on one row, or not at all, shows in its number.
      batched<{ id: number; views: number }>({
        model: 'Post',
        size: 2,
        run: ({ rows }) => rows.update({ views: ({ add, column }) => add(column('views'), 1) }),
        backwards: ({ rows }) => rows.update({ views: ({ subtract, column }) => subtract(column('views'), 1) }),
      }),
      batched<{ page: string; at: Date; count: number | null }>({
        model: 'Line',
        where: { count: { isNull: false } },
        size: 2,
        async run({ rows }) {
          for await (const { page, at, count } of rows) {
            await rows.filter({ page, at }).update({ count: Number(count) + 100 })
          }
        },
        backwards: ({ rows }) => rows.update({ count: ({ subtract, column }) => subtract(column('count'), 100) }),
      }),
    ],
  }),
}

/** The histories by name. */
const histories = { kill: definitions, indexes: indexDefinitions, backfill: backfillDefinitions }
export type HistoryName = keyof typeof histories

export function isHistoryName(name: string | undefined): name is HistoryName {
  return name !== undefined && Object.hasOwn(histories, name)
}

/** A history as a graph: `kill` is the first one above, `indexes` builds and drops indexes outside of transactions, `backfill` works in batches. */
export function historyOf(name: HistoryName): Graph {
  return buildGraph(
    Object.entries(histories[name]).map(([migration, definition]) => ({ app: 'blog', name: migration, definition })),
  )
}

// Six migrations as users write them: schema with and without a rebuild, data by SQL and by code, one of them without a transaction.

import { buildGraph, type Graph } from '../../src/history/graph.ts'
import type { MigrationDefinition } from '../../src/history/migration.ts'
import {
  addField,
  addIndex,
  alterField,
  createModel,
  defineMigration,
  f,
  index,
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
          { sql: 'INSERT INTO blog_author (name) VALUES (?)', parameters: ['Greg'] },
          `INSERT INTO blog_post (author_id, title, views) VALUES (1, 'first', NULL), (1, 'second', 5), (1, 'third', NULL)`,
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
          await db.insertInto('blog_author').values({ pen_name: 'Anna' }).execute()
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

/** The history as a graph. */
export function killHistory(): Graph {
  return buildGraph(Object.entries(definitions).map(([name, definition]) => ({ app: 'blog', name, definition })))
}

import type { MigrationDefinition } from '../../src/history/migration.ts'
import {
  addConstraint,
  addField,
  addIndex,
  alterField,
  batched,
  createModel,
  defineMigration,
  deleteModel,
  f,
  index,
  removeField,
  removeIndex,
  renameField,
  runCode,
  runSql,
  unique,
} from '../../src/migrations.ts'

const id = f.bigAuto({ primaryKey: true })
/** Its rows are copied with their keys, so that nothing numbers them. */
const key = f.bigInteger({ primaryKey: true })

/** Schema with and without a rebuild, rows by SQL, by code and in batches; all of it has a way back that ends in the same rows. */
export const tenMigrations: Readonly<Record<string, MigrationDefinition>> = {
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
  '0006_tags': defineMigration({
    dependencies: [['blog', '0005_post_views']],
    operations: [
      createModel({ name: 'Tag', fields: { id, name: f.char({ maxLength: 20 }) } }),
      addField({ model: 'Post', name: 'tags', field: f.manyToMany('blog.Tag') }),
      addConstraint({ model: 'Tag', constraint: unique({ fields: ['name'], name: 'tag_name' }) }),
      addIndex({ model: 'Author', index: index({ fields: ['-id'], name: 'author_latest' }) }),
    ],
  }),
  '0007_audit': defineMigration({
    dependencies: [['blog', '0006_tags']],
    operations: [
      runSql({
        forwards: [
          "INSERT INTO blog_tag (id, name) VALUES (1, 'new')",
          'CREATE TABLE audit_log (id integer PRIMARY KEY, what varchar(50) NOT NULL)',
          "INSERT INTO audit_log (id, what) VALUES (1, 'begun'); UPDATE audit_log SET what = 'going on'",
          'CREATE INDEX audit_what ON audit_log (what)',
          'INSERT INTO blog_post_tags (post_id, tag_id) VALUES (1, 1), (3, 1)',
        ],
        backwards: ['DELETE FROM blog_post_tags', 'DROP TABLE audit_log', 'DELETE FROM blog_tag'],
      }),
    ],
  }),
  '0008_counted': defineMigration({
    dependencies: [['blog', '0007_audit']],
    atomic: false,
    operations: [
      runCode({
        async forwards({ db }) {
          await db.updateTable('blog_post').set({ views: 1 }).where('views', '=', 0).execute()
        },
        async backwards() {},
      }),
      // To be run twice on one row, or not at all, shows in its number.
      batched<{ id: number; views: number }>({
        model: 'Post',
        size: 2,
        run: ({ rows }) => rows.update({ views: ({ add, column }) => add(column('views'), 10) }),
        backwards: ({ rows }) => rows.update({ views: ({ subtract, column }) => subtract(column('views'), 10) }),
      }),
    ],
  }),
  '0009_people': defineMigration({
    dependencies: [['blog', '0008_counted']],
    operations: [
      createModel({ name: 'Person', fields: { id: key, name: f.text() } }),
      runSql({
        forwards: 'INSERT INTO blog_person (id, name) SELECT id, pen_name FROM blog_author',
        backwards: 'DELETE FROM blog_person',
      }),
      alterField({ model: 'Post', name: 'author', field: f.foreignKey('blog.Person', { onDelete: 'cascade' }) }),
      alterField({ model: 'Post', name: 'title', field: f.char({ maxLength: 80 }) }),
    ],
  }),
  '0010_no_authors': defineMigration({
    dependencies: [['blog', '0009_people']],
    operations: [
      runSql({
        forwards: [],
        backwards: 'INSERT INTO blog_author (id, pen_name) SELECT id, name FROM blog_person',
      }),
      deleteModel({ name: 'Author' }),
      removeIndex({ model: 'Post', index: index({ fields: ['slug', '-views'] }) }),
      removeField({ model: 'Post', name: 'slug', fillRestored: 'lost' }),
      alterField({ model: 'Post', name: 'views', field: f.bigInteger({ default: 5 }) }),
    ],
  }),
}

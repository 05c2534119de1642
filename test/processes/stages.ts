import type { MigrationDefinition } from '../../src/history/migration.ts'
import {
  addConstraint,
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
  unique,
} from '../../src/migrations.ts'

const id = f.bigAuto({ primaryKey: true })

/** One migration in many steps, on every database: what is brought back from the middle of it. */
export const stages: Readonly<Record<string, MigrationDefinition>> = {
  '0001_initial': defineMigration({
    operations: [
      createModel({ name: 'Author', fields: { id, name: f.char({ maxLength: 50 }) } }),
      createModel({
        name: 'Post',
        fields: {
          id,
          author: f.foreignKey('blog.Author', { onDelete: 'cascade' }),
          title: f.char({ maxLength: 50 }),
          views: f.integer({ null: true }),
        },
        options: { indexes: [index({ fields: ['title'], name: 'post_title' })] },
      }),
    ],
  }),
  '0002_rows': defineMigration({
    dependencies: [['blog', '0001_initial']],
    operations: [
      runSql({
        forwards: [
          "INSERT INTO blog_author (id, name) VALUES (1, 'Greg'), (2, 'Anna')",
          "INSERT INTO blog_post (id, author_id, title, views) VALUES (1, 1, 'first', 3), (2, 2, 'second', 5), (3, 1, 'third', 0)",
        ],
        backwards: ['DELETE FROM blog_post', 'DELETE FROM blog_author'],
      }),
    ],
  }),
  '0003_stages': defineMigration({
    dependencies: [['blog', '0002_rows']],
    atomic: false,
    operations: [
      createModel({ name: 'Tag', fields: { id, name: f.char({ maxLength: 20 }) } }),
      addField({ model: 'Post', name: 'slug', field: f.slug(), fillExisting: 'none' }),
      addField({ model: 'Post', name: 'tag', field: f.foreignKey('blog.Tag', { onDelete: 'setNull', null: true }) }),
      addIndex({ model: 'Post', index: index({ fields: ['slug', '-views'], name: 'post_slug' }) }),
      renameField({ model: 'Author', from: 'name', to: 'penName' }),
      alterField({ model: 'Author', name: 'penName', field: f.text() }),
      runCode({
        async forwards({ db }) {
          await db.insertInto('blog_tag').values({ id: 1, name: 'new' }).execute()
        },
        async backwards({ db }) {
          await db.deleteFrom('blog_tag').execute()
        },
      }),
      alterField({ model: 'Post', name: 'views', field: f.bigInteger({ default: 0 }), fillExisting: 0 }),
      alterField({ model: 'Post', name: 'title', field: f.char({ maxLength: 80 }) }),
      addConstraint({ model: 'Post', constraint: unique({ fields: ['title'], name: 'post_title_once' }) }),
      runCode({
        async forwards({ db }) {
          await db.updateTable('blog_post').set({ tag_id: 1 }).execute()
        },
        async backwards({ db }) {
          await db.updateTable('blog_post').set({ tag_id: null }).execute()
        },
      }),
      createModel({
        name: 'Comment',
        fields: { id, post: f.foreignKey('blog.Post', { onDelete: 'cascade' }), body: f.text({ default: '' }) },
      }),
    ],
  }),
}

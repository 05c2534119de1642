import { buildGraph, type Graph } from '../../src/history/graph.ts'
import type { MigrationDefinition } from '../../src/history/migration.ts'
import {
  addIndexConcurrently,
  alterField,
  batched,
  createModel,
  defineMigration,
  f,
  index,
  q,
  removeIndexConcurrently,
  runSql,
} from '../../src/migrations.ts'
import { stages } from './stages.ts'
import { tenMigrations } from './ten-migrations.ts'

const id = f.bigAuto({ primaryKey: true })

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

/** The rows that are worked on in batches; each database has moments in words of its own. */
function backfillRows(moment: (time: string) => string): readonly string[] {
  const [nine, justAfter, ten] = [moment('09:00:00.000'), moment('09:00:00.001'), moment('10:00:00.000')]
  return [
    'INSERT INTO blog_post (id, views) VALUES (3, 0), (5, 10), (6, 20), (7, 30), (9, 40)',
    `INSERT INTO blog_line (page, at, count) VALUES
      ('a', '${nine}', 0), ('a', '${justAfter}', 1), ('a', '${ten}', NULL),
      ('b', '${nine}', 3), ('b', '${justAfter}', 4), ('c', '${nine}', 5)`,
  ]
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
        forwards: {
          sqlite: backfillRows((time) => `2026-11-21T${time}Z`),
          postgres: backfillRows((time) => `2026-11-21T${time}Z`),
          mariadb: backfillRows((time) => `2026-11-21 ${time}`),
          mysql: backfillRows((time) => `2026-11-21 ${time}`),
        },
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

const copyDefinitions: Readonly<Record<string, MigrationDefinition>> = {
  '0001_initial': defineMigration({
    operations: [createModel({ name: 'Post', fields: { id, views: f.integer(), body: f.text() } })],
  }),
  // Every row is written again, whatever the server.
  '0002_copy': defineMigration({
    dependencies: [['blog', '0001_initial']],
    operations: [alterField({ model: 'Post', name: 'views', field: f.bigInteger() })],
  }),
}

/** The histories by name. */
const histories = {
  kill: tenMigrations,
  stages,
  copy: copyDefinitions,
  indexes: indexDefinitions,
  backfill: backfillDefinitions,
}
export type HistoryName = keyof typeof histories

export function isHistoryName(name: string | undefined): name is HistoryName {
  return name !== undefined && Object.hasOwn(histories, name)
}

/** A history as a graph: `kill` are ten migrations as users write them, `indexes` builds and drops indexes outside of transactions, `backfill` works in batches, `stages` has one
 * migration of many steps, `copy` one that copies its table. */
export function historyOf(name: HistoryName): Graph {
  return buildGraph(
    Object.entries(histories[name]).map(([migration, definition]) => ({ app: 'blog', name: migration, definition })),
  )
}

/** The names of its migrations, in order. */
export function namesOf(name: HistoryName): readonly string[] {
  return Object.keys(histories[name])
}

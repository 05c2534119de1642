import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Change, LookUp } from '../schema/change.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Column, Schema, Table } from '../schema/schema.ts'
import { postgres } from './postgres/dialect.ts'
import { sqlite } from './sqlite/dialect.ts'

const none = { uniques: [], foreignKeys: [], checks: [], indexes: [] }
const column = (name: string, nullable = false): Column => ({ name, type: 'integer', nullable })
const post: Table = { name: 'post', columns: [column('id')], primaryKey: { columns: ['id'] }, ...none }
const joined: Table = { name: 'post_tags', columns: [column('post_id'), column('tag_id')], ...none }
const tagging: Table = { ...joined, name: 'tagging' }
const lookUp: LookUp = { table: 'post_tags', key: 'post_id', value: 'tag_id', of: 'id' }
const add = (nullable: boolean): Change<'addColumn'> => ({
  kind: 'addColumn',
  table: 'post',
  column: column('tag_id', nullable),
  fill: { lookUp },
})
const columns = [
  { from: 'post_id', to: 'post_id' },
  { from: 'tag_id', to: 'tag_id' },
]

function schema(...tables: readonly Table[]): Schema {
  return { tables: new Map(tables.map((table) => [table.name, table])), others: [] }
}

const dialects = { sqlite: sqlite('3.53.4'), olderSqlite: sqlite('3.50.0'), postgres: postgres('17.0') }

function planned(dialect: Dialect, changes: readonly Change[]): readonly string[] {
  const filled = {
    ...post,
    columns: [...post.columns, ...changes.flatMap((c) => (c.kind === 'addColumn' ? [c.column] : []))],
  }
  const steps = dialect.plan({
    before: schema(post, joined, tagging),
    after: schema(filled, joined, tagging),
    changes,
    foreignKeys: 'suspended',
  })
  return steps.map((step) => (step.kind === 'statement' ? dialect.toText(step.sql) : step.kind))
}

const insert =
  'INSERT INTO "tagging" ("post_id", "tag_id") SELECT DISTINCT source."post_id", source."tag_id" FROM "post_tags" AS source ' +
  'WHERE source."post_id" IS NOT NULL AND source."tag_id" IS NOT NULL AND NOT EXISTS ' +
  '(SELECT 1 FROM "tagging" AS present WHERE present."post_id" = source."post_id" AND present."tag_id" = source."tag_id")'
const found =
  '(SELECT DISTINCT pairs."tag_id" FROM "post_tags" AS pairs WHERE pairs."post_id" = "post"."id" AND pairs."tag_id" IS NOT NULL)'

test('pairs are copied once, and none that is there already', () => {
  const change: Change = { kind: 'copyRows', from: 'post_tags', to: 'tagging', columns, onlyNew: true }
  for (const dialect of Object.values(dialects)) assert.deepEqual(planned(dialect, [change]), [insert])
})

test('a column is filled with what its row is paired with', () => {
  const filled = ['ALTER TABLE "post" ADD COLUMN "tag_id" integer', `UPDATE "post" SET "tag_id" = ${found}`]
  const rebuilt = (type: string): readonly string[] => [
    `CREATE TABLE "godwit_new_post" ("id" integer NOT NULL PRIMARY KEY, "tag_id" ${type})`,
    'remember',
    `INSERT INTO "godwit_new_post" ("id", "tag_id") SELECT "id", ${found} FROM "post"`,
    'compare',
    'DROP TABLE "post"',
    'PRAGMA legacy_alter_table = ON',
    'ALTER TABLE "godwit_new_post" RENAME TO "post"',
    'PRAGMA legacy_alter_table = OFF',
  ]
  const required = [...filled, 'ALTER TABLE "post" ALTER COLUMN "tag_id" SET NOT NULL']
  const plans: Readonly<Record<keyof typeof dialects, readonly (readonly string[])[]>> = {
    sqlite: [filled, required],
    olderSqlite: [filled, rebuilt('integer NOT NULL')],
    postgres: [filled, required],
  }
  for (const [name, expected] of Object.entries(plans)) {
    const dialect = dialects[name as keyof typeof dialects]
    assert.deepEqual([planned(dialect, [add(true)]), planned(dialect, [add(false)])], expected, name)
  }
})

test('it is asked first whether each row comes to one value', () => {
  const query = (wrong: string): string =>
    'SELECT count(*) AS "violations", min(CAST(shown AS text)) AS "example" FROM (SELECT c."id" AS shown FROM "post" AS c ' +
    `LEFT JOIN "post_tags" AS pairs ON pairs."post_id" = c."id" GROUP BY c."id" HAVING count(DISTINCT pairs."tag_id") ${wrong}) AS found`
  for (const dialect of Object.values(dialects)) {
    const asked = [true, false].map((nullable) => dialect.precheck(add(nullable), schema(post, joined)))
    assert.deepEqual(
      asked.map((precheck) => precheck && [dialect.toText(precheck.query), precheck.problem, precheck.rule]),
      [
        [query('> 1'), 'notOneValue', 'post_tags holds at most one tag_id for each id of post'],
        [query('<> 1'), 'notOneValue', 'post_tags holds exactly one tag_id for each id of post'],
      ],
    )
  }
})

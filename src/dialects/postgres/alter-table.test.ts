import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Change } from '../../schema/change.ts'
import type { Facts } from '../../schema/dialect.ts'
import type { Expression } from '../../schema/expression.ts'
import {
  type Check,
  type Column,
  type EnumType,
  type ForeignKey,
  objectKey,
  type Schema,
  type SchemaObject,
  type Table,
} from '../../schema/schema.ts'
import type { Step } from '../../schema/step.ts'
import { postgres } from './dialect.ts'

const id: Column = { name: 'id', type: 'bigint', nullable: false, autoIncrement: true }
const title: Column = { name: 'title', type: 'character varying(20)', nullable: true }
const n: Column = { name: 'n', type: 'integer', nullable: true }
const none = { uniques: [], foreignKeys: [], checks: [], indexes: [] }
const post: Table = { name: 'post', columns: [id, title, n], primaryKey: { columns: ['id'] }, ...none }
const raw = (sql: string): Expression => ({ kind: 'sql', sql })
const read = (name: string): Expression => ({ kind: 'column', name })
const part = (name: string) => ({ expression: read(name) })
const positive: Check = {
  name: 'positive',
  expression: { kind: 'compare', operator: '>', left: read('n'), right: { kind: 'value', value: 0 } },
}
const toUser: ForeignKey = {
  name: 'post_owner_fk',
  generatedName: true,
  columns: ['owner_id'],
  references: { table: 'user', columns: ['id'] },
  onDelete: 'cascade',
  onUpdate: 'noAction',
}
const owned: Table = { ...post, columns: [id, { ...n, name: 'owner_id', type: 'bigint' }], foreignKeys: [toUser] }
const mood: EnumType = { kind: 'enum', name: 'mood', values: ['sad', 'ok'] }

function schema(...tables: readonly Table[]): Schema {
  return { tables: new Map(tables.map((table) => [table.name, table])), others: [] }
}

function withObjects(base: Schema, ...objects: readonly SchemaObject[]): Schema {
  return { ...base, objects: new Map(objects.map((object) => [objectKey(object), object])) }
}

interface Plan {
  readonly before?: Schema
  readonly after?: Schema
  readonly facts?: Facts
  readonly version?: string
}

function stepsFor(changes: readonly Change[], plan: Plan = {}): readonly Step[] {
  const { before = schema(post), after = schema(post), facts, version } = plan
  const input = { before, after, changes, foreignKeys: 'enforced' } as const
  return postgres(version).plan({ ...input, ...(facts === undefined ? {} : { facts }) })
}

/** Compares the statements of a plan, as text. */
function planned(changes: readonly Change[], expected: readonly string[], plan?: Plan): void {
  const { toText } = postgres()
  const steps = stepsFor(changes, plan)
  assert.deepEqual(
    steps.map((step) => (step.kind === 'statement' ? toText(step.sql) : step.kind)),
    expected,
  )
}

function known(...tables: readonly Table[]): Facts {
  return { schema: schema(...tables), takenNames: new Set() }
}

function valued(type: string): Column {
  return { name: 'v', type, nullable: true }
}

test('existing rows get their value with the column; only a computed one needs an UPDATE', () => {
  const column: Column = { name: 'kind', type: 'text[]', nullable: false }
  planned(
    [{ kind: 'addColumn', table: 'post', column, fill: { value: { $json: ['a', 'b c'] } } }],
    [
      `ALTER TABLE "post" ADD COLUMN "kind" text[] DEFAULT '{a,"b c"}'::text[] NOT NULL`,
      'ALTER TABLE "post" ALTER COLUMN "kind" DROP DEFAULT',
    ],
  )
  const lower: Column = { name: 'lower', type: 'text', nullable: false, default: { kind: 'value', value: '' } }
  planned(
    [
      { kind: 'dropColumn', table: 'post', column: title },
      { kind: 'addColumn', table: 'post', column: lower, fill: { expression: raw('lower(title)') } },
    ],
    [
      'ALTER TABLE "post" ADD COLUMN "lower" text',
      'UPDATE "post" SET "lower" = lower(title)',
      `ALTER TABLE "post" DROP COLUMN "title", ALTER COLUMN "lower" SET DEFAULT '', ALTER COLUMN "lower" SET NOT NULL`,
    ],
  )
})

test('NULLs are replaced between the change of the type and NOT NULL, and what waits for the end of the transaction is settled', () => {
  const after: Column = { ...n, type: 'text', nullable: false }
  const waiting = { ...owned, columns: [id, n], foreignKeys: [{ ...toUser, deferrable: 'deferred' as const }] }
  planned(
    [
      { kind: 'setType', table: 'post', before: n, after },
      { kind: 'setNotNull', table: 'post', column: after, fill: { value: 'none' } },
    ],
    [
      'ALTER TABLE "post" ALTER COLUMN "n" TYPE text',
      `UPDATE "post" SET "n" = 'none' WHERE "n" IS NULL`,
      'SET CONSTRAINTS "post_owner_fk" IMMEDIATE',
      'SET CONSTRAINTS "post_owner_fk" DEFERRED',
      'ALTER TABLE "post" ALTER COLUMN "n" SET NOT NULL',
      'ANALYZE "post" ("n")',
    ],
    { before: schema(waiting), after: schema({ ...waiting, columns: [id, after] }) },
  )
})

test('another type says again all that is computed from the column', () => {
  const computed: Column = {
    name: 'double',
    type: 'bigint',
    nullable: true,
    generated: { expression: raw('n * 2'), stored: true },
  }
  const fallback = { default: { kind: 'value', value: 1 } } as const
  const before: Table = {
    ...post,
    columns: [id, title, { ...n, ...fallback }, computed],
    checks: [positive, { name: 'other', expression: raw('length(title) > 0') }],
    indexes: [
      { name: 'plain', parts: [part('n')] },
      { name: 'partial', parts: [part('title')], where: raw('n > 0') },
      { name: 'over_computed', parts: [part('double')] },
    ],
    uniques: [{ name: 'expression', parts: [{ expression: raw('abs(n)') }] }],
  }
  const after: Table = { ...before, columns: [id, title, { ...n, ...fallback, type: 'bigint' }, computed] }
  planned(
    [{ kind: 'setType', table: 'post', before: { ...n, ...fallback }, after: { ...n, ...fallback, type: 'bigint' } }],
    [
      'DROP INDEX "expression"',
      'DROP INDEX "partial"',
      'DROP INDEX "over_computed"',
      'ALTER TABLE "post" DROP CONSTRAINT "positive", DROP COLUMN "double", ADD COLUMN "double" bigint GENERATED ALWAYS AS (n * 2) STORED, ALTER COLUMN "n" DROP DEFAULT, ALTER COLUMN "n" TYPE bigint, ALTER COLUMN "n" SET DEFAULT 1, ADD CONSTRAINT "positive" CHECK ("n" > 0)',
      'CREATE UNIQUE INDEX "expression" ON "post" ((abs(n)))',
      'CREATE INDEX "partial" ON "post" ("title") WHERE n > 0',
      'CREATE INDEX "over_computed" ON "post" ("double")',
      'ANALYZE "post" ("n")',
    ],
    { before: schema(before), after: schema(after) },
  )
})

test('what is said again keeps the name that it has, and what the server re-spelled is found', () => {
  const within: Check = {
    name: 'post_n_check',
    generatedName: true,
    expression: { kind: 'in', operand: read('n'), values: [1, 2] },
  }
  const above: Check = { ...positive, name: 'post_n_check_2', generatedName: true }
  const before: Table = { ...post, checks: [within, above] }
  const real: Table = {
    ...post,
    checks: [
      { name: 'first', expression: raw('(n > 0)') },
      { name: 'second', expression: raw('(n = ANY (ARRAY[1, 2]))') },
      { name: 'of_others', expression: raw('(n < 1000)') },
    ],
  }
  const after: Column = { ...n, type: 'bigint' }
  planned(
    [{ kind: 'setType', table: 'post', before: n, after }],
    [
      'ALTER TABLE "post" DROP CONSTRAINT "second", DROP CONSTRAINT "first", ALTER COLUMN "n" TYPE bigint, ADD CONSTRAINT "second" CHECK ("n" IN (1, 2)), ADD CONSTRAINT "first" CHECK ("n" > 0)',
      'ANALYZE "post" ("n")',
    ],
    { before: schema(before), after: schema({ ...before, columns: [id, title, after] }), facts: known(real) },
  )
})

test('USING is written only where the server would not convert by itself, or somebody said how', () => {
  const typed = (from: string, to: string, expected: string, cast?: Expression): void => {
    const [before, after] = [valued(from), valued(to)]
    const change: Change = { kind: 'setType', table: 'post', before, after, ...(cast === undefined ? {} : { cast }) }
    const schemas = { before: schema({ ...post, columns: [before] }), after: schema({ ...post, columns: [after] }) }
    planned([change], [`ALTER TABLE "post" ALTER COLUMN "v" TYPE ${to}${expected}`, 'ANALYZE "post" ("v")'], schemas)
  }
  typed('integer', 'bigint', '')
  typed('integer', 'text', '')
  typed('text', 'character varying(5)', '')
  typed('date', 'timestamp with time zone', '')
  typed('jsonb', 'text', '')
  typed('text', 'integer', ' USING "v"::numeric::integer')
  typed('text', 'timestamp with time zone', ' USING "v"::timestamp with time zone')
  typed('boolean', 'integer', ' USING "v"::integer')
  typed('integer', 'boolean', ' USING "v" <> 0')
  typed('integer', 'jsonb', ' USING to_jsonb("v")')
  typed('jsonb', 'integer', ' USING "v"::text::integer')
  typed('text', 'bytea', ` USING convert_to("v", 'UTF8')`)
  typed('text', 'mood', ' USING "v"::mood')
  typed('text', 'integer', ' USING length(v)', raw('length(v)'))
})

test('what a change of type costs is known', () => {
  const cost = (from: string, to: string): boolean => {
    const [before, after] = [valued(from), valued(to)]
    const schemas = { before: schema({ ...post, columns: [before] }), after: schema({ ...post, columns: [after] }) }
    const [step] = stepsFor([{ kind: 'setType', table: 'post', before, after }], schemas)
    return step?.kind === 'statement' && step.rewrites === true
  }
  const free = [
    ['character varying(5)', 'character varying(9)'],
    ['character varying(5)', 'text'],
    ['text', 'character varying'],
    ['numeric(5,2)', 'numeric(9,2)'],
    ['numeric(5,2)', 'numeric'],
    ['timestamp without time zone', 'timestamp with time zone'],
    ['timestamp(3) with time zone', 'timestamp with time zone'],
    ['cidr', 'inet'],
  ] as const
  const dear = [
    ['character varying(9)', 'character varying(5)'],
    ['text', 'character varying(9)'],
    ['numeric(5,2)', 'numeric(9,3)'],
    ['numeric', 'numeric(9,3)'],
    ['integer', 'bigint'],
    ['timestamp with time zone', 'timestamp(3) with time zone'],
    ['json', 'jsonb'],
    ['text', 'character(5)'],
  ] as const
  assert.deepEqual(
    free.filter(([from, to]) => cost(from, to)),
    [],
  )
  assert.deepEqual(
    dear.filter(([from, to]) => !cost(from, to)),
    [],
  )
})

test('the server numbers rows behind those that exist, and stops by losing its sequence', () => {
  const plain: Column = { name: 'id', type: 'bigint', nullable: false }
  planned(
    [{ kind: 'setAutoIncrement', table: 'post', before: plain, after: id }],
    [
      'ALTER TABLE "post" ALTER COLUMN "id" ADD GENERATED BY DEFAULT AS IDENTITY',
      `SELECT setval(pg_get_serial_sequence('"post"', 'id'), greatest((SELECT max("id") FROM "post"), 0) + 1, false)`,
    ],
  )
  planned(
    [{ kind: 'setAutoIncrement', table: 'post', before: id, after: plain }],
    ['ALTER TABLE "post" ALTER COLUMN "id" DROP IDENTITY'],
  )
  const serial = known({ ...post, columns: [{ ...id, sequence: 'blog.post_id_seq' }] })
  planned(
    [{ kind: 'setAutoIncrement', table: 'post', before: id, after: plain }],
    ['ALTER TABLE "post" ALTER COLUMN "id" DROP DEFAULT', 'DROP SEQUENCE "blog"."post_id_seq"'],
    { facts: serial },
  )
  planned(
    [{ kind: 'setType', table: 'post', before: id, after: { ...id, type: 'integer' } }],
    [
      'ALTER TABLE "post" ALTER COLUMN "id" TYPE integer',
      'ALTER SEQUENCE "blog"."post_id_seq" AS integer',
      'ANALYZE "post" ("id")',
    ],
    { facts: serial },
  )
  planned(
    [
      { kind: 'setType', table: 'post', before: id, after: { ...plain, type: 'text' } },
      { kind: 'setAutoIncrement', table: 'post', before: id, after: { ...plain, type: 'text' } },
    ],
    [
      'ALTER TABLE "post" ALTER COLUMN "id" DROP IDENTITY',
      'ALTER TABLE "post" ALTER COLUMN "id" TYPE text',
      'ANALYZE "post" ("id")',
    ],
    { after: schema({ ...post, columns: [{ ...plain, type: 'text' }, title, n] }) },
  )
})

test('a computed column is made anew, keeps its values when it becomes an ordinary one, and takes another expression in place since 17', () => {
  const ordinary: Column = { name: 'size', type: 'integer', nullable: true }
  const computed: Column = { ...ordinary, generated: { expression: raw('length(title)'), stored: true } }
  const virtual: Column = { ...ordinary, generated: { expression: raw('length(title)'), stored: false } }
  const doubled: Column = { ...ordinary, generated: { expression: raw('2 * length(title)'), stored: true } }
  const sized = (column: Column): Schema =>
    schema({ ...post, columns: [id, title, column], indexes: [{ name: 'by_size', parts: [part('size')] }] })
  const turn = (before: Column, after: Column, expected: readonly string[], version?: string): void =>
    planned([{ kind: 'setGenerated', table: 'post', before, after }], expected, {
      before: sized(before),
      after: sized(after),
      ...(version === undefined ? {} : { version }),
    })
  const again = 'CREATE INDEX "by_size" ON "post" ("size")'
  turn(ordinary, computed, [
    'DROP INDEX "by_size"',
    'ALTER TABLE "post" DROP COLUMN "size", ADD COLUMN "size" integer GENERATED ALWAYS AS (length(title)) STORED',
    again,
  ])
  turn(computed, ordinary, ['ALTER TABLE "post" ALTER COLUMN "size" DROP EXPRESSION'])
  turn(computed, doubled, ['ALTER TABLE "post" ALTER COLUMN "size" SET EXPRESSION AS (2 * length(title))'])
  turn(
    computed,
    doubled,
    [
      'DROP INDEX "by_size"',
      'ALTER TABLE "post" DROP COLUMN "size", ADD COLUMN "size" integer GENERATED ALWAYS AS (2 * length(title)) STORED',
      again,
    ],
    '16.4',
  )
  turn(virtual, ordinary, [
    'DROP INDEX "by_size"',
    'ALTER TABLE "post" DROP COLUMN "size"',
    'ALTER TABLE "post" ADD COLUMN "size" integer',
    'UPDATE "post" SET "size" = length(title)',
    again,
  ])
})

test('values are added to an enum in their places', () => {
  planned(
    [{ kind: 'alterEnum', before: mood, after: { ...mood, values: ['mad', 'bad', 'sad', 'low', 'ok', 'glad'] } }],
    [
      `ALTER TYPE "mood" ADD VALUE 'mad' BEFORE 'sad'`,
      `ALTER TYPE "mood" ADD VALUE 'bad' AFTER 'mad'`,
      `ALTER TYPE "mood" ADD VALUE 'low' AFTER 'sad'`,
      `ALTER TYPE "mood" ADD VALUE 'glad' AFTER 'ok'`,
    ],
  )
})

test('an enum that loses a value, or whose new value is used at once, is made anew for all that is of it', () => {
  const feeling: Column = { name: 'feeling', type: 'mood', nullable: false, default: raw("'ok'::mood") }
  const many: Column = { name: 'many', type: 'mood[]', nullable: true }
  const moody: Table = {
    ...post,
    columns: [id, feeling],
    checks: [{ name: 'c', expression: raw("feeling <> 'sad'") }],
  }
  const elsewhere: Table = { ...post, name: 'elsewhere', columns: [many] }
  const fewer: EnumType = { ...mood, values: ['ok'] }
  const facts = known(moody, elsewhere)
  const around = { before: withObjects(schema(moody), mood), after: withObjects(schema(moody), fewer), facts }
  planned(
    [{ kind: 'alterEnum', before: mood, after: fewer }],
    [
      'ALTER TYPE "mood" RENAME TO "godwit_old_mood"',
      `CREATE TYPE "mood" AS ENUM ('ok')`,
      `ALTER TABLE "post" DROP CONSTRAINT "c", ALTER COLUMN "feeling" DROP DEFAULT, ALTER COLUMN "feeling" TYPE mood USING "feeling"::text::mood, ALTER COLUMN "feeling" SET DEFAULT 'ok'::mood, ADD CONSTRAINT "c" CHECK (feeling <> 'sad')`,
      'ANALYZE "post" ("feeling")',
      'ALTER TABLE "elsewhere" ALTER COLUMN "many" TYPE mood[] USING "many"::text[]::mood[]',
      'ANALYZE "elsewhere" ("many")',
      'DROP TYPE "godwit_old_mood"',
    ],
    around,
  )
  const more: EnumType = { ...mood, values: ['sad', 'ok', 'glad'] }
  const glad: Column = { ...feeling, default: raw("'glad'::mood") }
  const [first] = stepsFor(
    [
      { kind: 'alterEnum', before: mood, after: more },
      { kind: 'setDefault', table: 'post', before: feeling, after: glad },
    ],
    { ...around, after: withObjects(schema({ ...moody, columns: [id, glad] }), more) },
  )
  assert.equal(
    first?.kind === 'statement' && postgres().toText(first.sql),
    'ALTER TYPE "mood" RENAME TO "godwit_old_mood"',
  )
})

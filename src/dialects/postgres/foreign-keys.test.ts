import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Change } from '../../schema/change.ts'
import type { Facts } from '../../schema/dialect.ts'
import type { Expression } from '../../schema/expression.ts'
import type { Column, ForeignKey, Schema, Table } from '../../schema/schema.ts'
import type { Step } from '../../schema/step.ts'
import { postgres } from './dialect.ts'

const id: Column = { name: 'id', type: 'bigint', nullable: false, autoIncrement: true }
const n: Column = { name: 'n', type: 'integer', nullable: true }
const none = { uniques: [], foreignKeys: [], checks: [], indexes: [] }
const post: Table = { name: 'post', columns: [id, n], primaryKey: { columns: ['id'] }, ...none }
const read = (name: string): Expression => ({ kind: 'column', name })
const part = (name: string) => ({ expression: read(name) })
const toUser: ForeignKey = {
  name: 'post_owner_fk',
  generatedName: true,
  columns: ['owner_id'],
  references: { table: 'user', columns: ['id'] },
  onDelete: 'cascade',
  onUpdate: 'noAction',
}
const user: Table = { ...post, name: 'user', columns: [id] }
const owned: Table = { ...post, columns: [id, { ...n, name: 'owner_id', type: 'bigint' }], foreignKeys: [toUser] }

function schema(...tables: readonly Table[]): Schema {
  return { tables: new Map(tables.map((table) => [table.name, table])), others: [] }
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

test('a foreign key is put back where the types at its ends change to what cannot be compared on the way', () => {
  const reference: Column = { name: 'owner_id', type: 'bigint', nullable: true }
  const text: Column = { name: 'id', type: 'uuid', nullable: false }
  const changed: Column = { ...reference, type: 'uuid' }
  planned(
    [
      { kind: 'setType', table: 'user', before: { ...text, type: 'bigint' }, after: text },
      { kind: 'setType', table: 'post', before: reference, after: changed },
    ],
    [
      'ALTER TABLE "post" DROP CONSTRAINT "its_name"',
      'ALTER TABLE "user" ALTER COLUMN "id" TYPE uuid USING "id"::text::uuid',
      'ANALYZE "user" ("id")',
      'ALTER TABLE "post" ALTER COLUMN "owner_id" TYPE uuid USING "owner_id"::text::uuid',
      'ANALYZE "post" ("owner_id")',
      'ALTER TABLE "post" ADD CONSTRAINT "its_name" FOREIGN KEY ("owner_id") REFERENCES "user" ("id") ON DELETE CASCADE',
    ],
    {
      before: schema(user, owned),
      after: schema({ ...user, columns: [text] }, { ...owned, columns: [id, changed] }),
      facts: known(user, { ...owned, foreignKeys: [{ ...toUser, name: 'its_name' }] }),
    },
  )
  planned(
    [{ kind: 'setType', table: 'user', before: { ...id, type: 'integer' }, after: id }],
    ['ALTER TABLE "user" ALTER COLUMN "id" TYPE bigint', 'ANALYZE "user" ("id")'],
    { before: schema(user, owned), after: schema(user, owned) },
  )
})

test('a foreign key is put back where its key is made anew, whoever has it', () => {
  const before = { columns: ['id'] }
  planned(
    [
      { kind: 'setPrimaryKey', table: 'user', before, after: { columns: ['id', 'n'] } },
      { kind: 'addUnique', table: 'user', unique: { name: 'once', parts: [part('id')] } },
    ],
    [
      'ALTER TABLE "post" DROP CONSTRAINT "post_owner_fk"',
      'ALTER TABLE "user" DROP CONSTRAINT "people_pkey", ADD PRIMARY KEY ("id", "n"), ADD CONSTRAINT "once" UNIQUE ("id")',
      'ALTER TABLE "post" ADD CONSTRAINT "post_owner_fk" FOREIGN KEY ("owner_id") REFERENCES "user" ("id") ON DELETE CASCADE',
    ],
    {
      before: schema(user),
      after: schema(user),
      facts: known({ ...user, primaryKey: { ...before, name: 'people_pkey' } }, owned),
    },
  )
})

test('tables are dropped before those that they refer to; a circle is opened first; what stays is not cut off', () => {
  const drops = (...tables: readonly Table[]): readonly Change[] =>
    tables.map((table) => ({ kind: 'dropTable', table }))
  planned(drops(user, owned), ['DROP TABLE "post"', 'DROP TABLE "user"'], {
    before: schema(user, owned),
    after: schema(),
  })
  const back: Table = {
    ...user,
    foreignKeys: [{ ...toUser, name: 'back', references: { table: 'post', columns: ['id'] } }],
  }
  planned(
    drops(back, owned),
    [
      'ALTER TABLE "user" DROP CONSTRAINT "back"',
      'ALTER TABLE "post" DROP CONSTRAINT "post_owner_fk"',
      'DROP TABLE "post"',
      'DROP TABLE "user"',
    ],
    { before: schema(back, owned), after: schema() },
  )
  assert.throws(() => stepsFor(drops(user), { before: schema(user), after: schema(), facts: known(user, owned) }), {
    code: 'database.stillReferenced',
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDialect } from '../../test/support/plain-dialect.ts'
import type { KeptPlan } from '../history/kept-plan.ts'
import { applyChanges } from '../schema/apply-changes.ts'
import type { Change } from '../schema/change.ts'
import type { Session } from '../schema/dialect.ts'
import type { Column, Schema, Table } from '../schema/schema.ts'
import { fingerprintOf, tablesNamed } from './fingerprint.ts'
import { outcomeOf } from './statement-reality.ts'

const id: Column = { name: 'id', type: 'bigint', nullable: false }
const note: Column = { name: 'note', type: 'text', nullable: true }
const mood: Column = { name: 'mood', type: 'text', nullable: true }

function table(name: string, ...columns: readonly Column[]): Table {
  return { name, columns, uniques: [], foreignKeys: [], checks: [], indexes: [] }
}
function schema(...tables: readonly Table[]): Schema {
  return { tables: new Map(tables.map((one) => [one.name, one])), others: [] }
}

/** What is made of a statement that was under way over `before`, in a database that is `now`. */
async function judged(before: Schema, makes: readonly Change[], now: Schema) {
  const session = {
    dialect: { ...plainDialect, canonicalise: async (declared: Schema) => declared },
    inspect: async ({ tables = [] }: { readonly tables?: readonly string[] } = {}) => ({
      ...now,
      tables: new Map([...now.tables].filter(([name]) => tables.includes(name))),
    }),
  } as Partial<Session> as Session
  const plan: KeptPlan = { from: 'forwards', made: [], statements: [{ sql: 's', makes }] }
  const fingerprint = fingerprintOf(tablesNamed(makes), before)
  return outcomeOf({ plan, position: 0, fingerprint }, before, session)
}

const before = schema(table('post', id), table('other', id))
const addNote: readonly Change[] = [{ kind: 'addColumn', table: 'post', column: note }]

test('tables that are as they were: it did not take effect, whatever happened to others', async () => {
  assert.equal(await judged(before, addNote, before), 'notDone')
  assert.equal(await judged(before, addNote, schema(table('post', id), table('other', id, mood))), 'notDone')
})

test('tables that are as they are to be: it took effect, also beside what somebody else did', async () => {
  assert.equal(await judged(before, addNote, applyChanges(before, addNote)), 'done')
  assert.equal(await judged(before, addNote, schema(table('post', id, mood, note), table('other', id))), 'done')
})

test('anything else is nothing that Godwit did', async () => {
  assert.equal(await judged(before, addNote, schema(table('post', id, mood), table('other', id))), 'unclear')
  assert.equal(await judged(before, addNote, schema(table('other', id))), 'unclear')
})

test('a statement counts as a whole: what goes and comes again under one name is no step in between', async () => {
  const swap: readonly Change[] = [
    { kind: 'renameTable', from: 'post', to: 'aside' },
    { kind: 'renameTable', from: 'other', to: 'post' },
    { kind: 'renameTable', from: 'aside', to: 'other' },
  ]
  const different = schema(table('post', id, note), table('other', id))
  assert.equal(await judged(different, swap, different), 'notDone')
  assert.equal(await judged(different, swap, schema(table('post', id), table('other', id, note))), 'done')
})

test('a table that is made, or goes, is looked for under its name', async () => {
  const made: readonly Change[] = [{ kind: 'createTable', table: table('tag', id) }]
  assert.equal(await judged(before, made, before), 'notDone')
  assert.equal(await judged(before, made, applyChanges(before, made)), 'done')
  const gone: readonly Change[] = [{ kind: 'dropTable', table: table('other', id) }]
  assert.equal(await judged(before, gone, schema(table('post', id))), 'done')
})

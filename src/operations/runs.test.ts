import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import type { Field } from '../fields/field.ts'
import { check } from '../models/parts.ts'
import { stateOf } from '../state/with-model.ts'
import { applyOperations, describe } from './definitions.ts'
import {
  addConstraintNotValid,
  addField,
  addIndex,
  addIndexConcurrently,
  alterEnum,
  alterField,
  alterModelOptions,
  alterModelTable,
  createCollation,
  createEnum,
  createExtension,
  createModel,
  custom,
  deleteCollation,
  deleteEnum,
  deleteModel,
  removeField,
  removeIndex,
  removeIndexConcurrently,
  renameField,
  renameModel,
  runCode,
  runSql,
  separateDatabaseAndState,
  validateConstraint,
} from './index.ts'
import type { Operation } from './operation.ts'
import { type Run, splitIntoRuns } from './runs.ts'
import { touchesAnything } from './touching.ts'

const id = f.bigAuto({ primaryKey: true })
const context = { app: 'blog', migration: '0002_change' }
const named = { name: 'by_title', parts: [{ field: 'title' }] } as const
const state = stateOf([
  {
    app: 'blog',
    name: 'Post',
    fields: { id, title: f.text(), views: f.integer(), secret: f.text({ null: true }) },
    options: { indexes: [named] },
  },
  { app: 'blog', name: 'Note', fields: { id, post: f.foreignKey('Post') } },
])

const noop = () => undefined
const add = (name: string, model = 'Post') => addField({ model, name, field: f.text({ null: true }) })
const alter = (name: string, field: Field = f.text({ null: true, default: 'x' })) =>
  alterField({ model: 'Post', name, field })
const remove = (name: string) => removeField({ model: 'Post', name })
const rename = (from: string, to: string) => renameField({ model: 'Post', from, to })
const split = (...operations: Operation[]): readonly Run[] => splitIntoRuns(operations, state, context)
const sizes = (...operations: Operation[]) =>
  split(...operations).map((run) => (run.kind === 'schema' ? run.operations.length : run.kind))

test('schema operations are planned as one', () => {
  const operations = [
    add('a'),
    rename('title', 'head'),
    alter('secret'),
    remove('views'),
    createModel({ name: 'New', fields: { id, post: f.foreignKey('Post') } }),
    addField({ model: 'New', name: 'x', field: f.text(), fillExisting: 'x' }),
    addIndex({ model: 'Post', index: { parts: [{ field: 'head' }] } }),
  ]
  const [run, ...others] = split(...operations)
  assert.deepEqual(others, [])
  assert.ok(run?.kind === 'schema')
  assert.deepEqual(run.operations, operations)
  assert.equal(run.before, state)
  assert.deepEqual(run.after, applyOperations(operations, state, context))
  assert.equal(run.forwards.length, 1)
})

test('each run begins where the one before ends', () => {
  const runs = split(add('a'), runSql({ forwards: 'x' }), add('b'), runCode({ forwards: noop }), add('c'))
  assert.deepEqual(
    runs.map(({ kind }) => kind),
    ['schema', 'sql', 'schema', 'code', 'schema'],
  )
  assert.equal(runs[0]?.before, state)
  for (const [index, run] of runs.entries()) if (index > 0) assert.equal(run.before, runs[index - 1]?.after)
})

test('a run ends before a name changes hands', () => {
  assert.deepEqual(sizes(rename('title', 'head'), add('title')), [1, 1])
  assert.deepEqual(sizes(remove('views'), add('views')), [1, 1])
  assert.deepEqual(sizes(remove('views'), rename('secret', 'views')), [1, 1])
  assert.deepEqual(sizes(rename('title', 'tmp'), rename('views', 'title'), rename('tmp', 'views')), [1, 1, 1])
  assert.deepEqual(sizes(deleteModel({ name: 'Note' }), createModel({ name: 'Note', fields: { id } })), [1, 1])
  assert.deepEqual(
    sizes(renameModel({ from: 'Note', to: 'Memo' }), createModel({ name: 'Note', fields: { id } })),
    [1, 1],
  )
  assert.deepEqual(
    sizes(
      alterModelTable({ name: 'Note', table: 'notes' }),
      createModel({ name: 'N', fields: { id }, options: { table: 'BLOG_note' } }),
    ),
    [1, 1],
  )
  assert.deepEqual(
    sizes(
      removeIndex({ model: 'Post', index: named }),
      addIndex({ model: 'Note', index: { ...named, parts: [{ field: 'post' }] } }),
    ),
    [1, 1],
  )
})

test('a freed name in one model is free in another', () => {
  assert.deepEqual(sizes(remove('views'), add('views', 'Note')), [2])
})

test('the values of a field change once in a run', () => {
  assert.deepEqual(sizes(alter('secret'), alter('secret', f.text({ null: true }))), [1, 1])
  assert.deepEqual(sizes(add('a'), alter('a')), [1, 1])
  assert.deepEqual(sizes(alter('secret'), remove('secret')), [1, 1])
  assert.deepEqual(sizes(alter('secret'), alter('title')), [2])
})

test('what the ends of a run tell all the same stays together', () => {
  assert.deepEqual(sizes(add('a'), rename('a', 'b')), [2])
  assert.deepEqual(sizes(add('a'), remove('a')), [2])
  assert.deepEqual(sizes(rename('secret', 'open'), alter('open')), [2])
  assert.deepEqual(
    sizes(
      createModel({ name: 'New', fields: { id } }),
      addField({ model: 'New', name: 'a', field: f.text() }),
      alterField({ model: 'New', name: 'a', field: f.integer() }),
      deleteModel({ name: 'New' }),
    ),
    [4],
  )
})

test('a cast, another type of key and a change of management are runs of their own', () => {
  const cast = alterField({ model: 'Post', name: 'title', field: f.integer(), cast: { kind: 'column', name: 'title' } })
  assert.deepEqual(sizes(add('a'), cast, add('b')), [1, 1, 1])
  const key = alterField({ model: 'Post', name: 'id', field: f.uuid({ primaryKey: true }) })
  assert.deepEqual(sizes(add('a'), key, add('b')), [1, 1, 1])
  const commented = alterField({ model: 'Post', name: 'id', field: f.bigAuto({ primaryKey: true, comment: 'x' }) })
  assert.deepEqual(sizes(add('a'), commented, add('b')), [3])
  const unmanaged = alterModelOptions({ name: 'Post', options: { managed: false } })
  assert.deepEqual(sizes(add('a'), unmanaged, add('b')), [1, 1, 1])
})

test('what is concurrent, and a validation, are runs of their own', () => {
  const index = { parts: [{ field: 'views' }] }
  assert.deepEqual(sizes(add('a'), addIndexConcurrently({ model: 'Post', index }), add('b')), [1, 1, 1])
  assert.deepEqual(sizes(add('a'), removeIndexConcurrently({ model: 'Post', index: named })), [1, 1])
  const constraint = check({ name: 'seen', condition: { kind: 'sql', sql: 'views > 0' } })
  assert.deepEqual(
    sizes(
      add('a'),
      addConstraintNotValid({ model: 'Post', constraint }),
      validateConstraint({ model: 'Post', name: 'seen' }),
      add('b'),
    ),
    [2, 1, 1],
  )
})

test('objects come and go with what is made of them, unless a name changes hands', () => {
  const size = f.enum(['s', 'm'], { native: 'size' })
  const create = createEnum({ name: 'size', values: ['s', 'm'] })
  const gone = deleteEnum({ name: 'size', values: ['s', 'm'] })
  const field = addField({ model: 'Post', name: 'size', field: size })
  assert.deepEqual(sizes(createExtension({ name: 'citext' }), create, field), [3])
  assert.deepEqual(sizes(create, field, remove('size'), gone), [4])
  assert.deepEqual(sizes(create, gone, create), [2, 1])
  assert.deepEqual(
    sizes(create, gone, createModel({ name: 'Size', fields: { id }, options: { table: 'Size' } })),
    [2, 1],
  )
  const german = createCollation({ name: 'german', locale: 'de' })
  assert.deepEqual(sizes(german, deleteCollation({ name: 'german' }), german), [2, 1])
})

test('the values of an enum change with the fields that are of it, and with nothing else', () => {
  const size = (values: readonly string[], options: object = {}) => f.enum(values, { native: 'size', ...options })
  const begin = [
    createEnum({ name: 'size', values: ['s', 'm'] }),
    addField({ model: 'Post', name: 'size', field: size(['s', 'm']) }),
    runSql({ forwards: 'x' }),
  ]
  const after = (...operations: Operation[]) => sizes(...begin, ...operations).slice(2)
  const alterTo = (values: readonly string[], options: object = {}) => [
    alterEnum({ name: 'size', values }),
    alter('size', size(values, options)),
  ]
  assert.deepEqual(after(add('a'), ...alterTo(['s', 'm', 'l']), add('b')), [1, 2, 1])
  assert.deepEqual(after(...alterTo(['s', 'm', 'l'], { default: 'l' })), [1, 1])
  assert.deepEqual(after(...alterTo(['m'], { default: 'm' }), add('b')), [2, 1])
  assert.deepEqual(after(alterEnum({ name: 'size', values: ['m'] }), alter('size', f.text())), [1, 1])
  assert.deepEqual(
    after(alterEnum({ name: 'size', values: ['m'] }), alterEnum({ name: 'size', values: ['s'] })),
    [1, 1],
  )
})

test('database operations run over States of their own', () => {
  const operation = separateDatabaseAndState({
    databaseOperations: [add('a'), runSql({ forwards: 'x' }), remove('a')],
    stateOperations: [add('b')],
  })
  const [run, next] = split(operation, add('a'))
  assert.ok(run?.kind === 'separate')
  assert.deepEqual(
    run.runs.map(({ kind }) => kind),
    ['schema', 'sql', 'schema'],
  )
  assert.equal(run.runs[0]?.before, state)
  assert.deepEqual(run.after, applyOperations([add('b')], state, context))
  assert.equal(next?.before, run.after)
})

test('a custom operation is a run of its own', () => {
  const own = custom({
    type: 'acme.audit',
    definition: {
      symbol: '+',
      describe: ({ type }) => type,
      nameFragment: () => undefined,
      apply: (_operation, before) => before,
      touches: () => touchesAnything,
    },
  })
  assert.deepEqual(sizes(add('a'), own, add('b')), [1, 'custom', 1])
  assert.equal(describe(own), 'acme.audit')
})

test('no operations, no runs', () => {
  assert.deepEqual(split(), [])
})

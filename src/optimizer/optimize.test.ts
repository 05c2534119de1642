import assert from 'node:assert/strict'
import { test } from 'node:test'
import { now } from '../fields/default-functions.ts'
import { f } from '../fields/f.ts'
import type { Field } from '../fields/field.ts'
import { check } from '../models/parts.ts'
import { q } from '../models/q.ts'
import { applyOperations } from '../operations/definitions.ts'
import {
  addConstraint,
  addConstraintNotValid,
  addField,
  addIndex,
  addIndexConcurrently,
  alterConstraint,
  alterEnum,
  alterField,
  alterModelOptions,
  alterModelTable,
  createCollation,
  createEnum,
  createExtension,
  createModel,
  deleteCollation,
  deleteEnum,
  deleteExtension,
  deleteModel,
  removeConstraint,
  removeField,
  removeIndex,
  removeIndexConcurrently,
  renameField,
  renameIndex,
  renameModel,
  runCode,
  runSql,
  separateDatabaseAndState,
  validateConstraint,
} from '../operations/index.ts'
import type { Operation } from '../operations/operation.ts'
import { statesEqual } from '../state/states-equal.ts'
import { stateOf } from '../state/with-model.ts'
import { optimize } from './optimize.ts'

const id = f.bigAuto({ primaryKey: true })
const text = f.text()
const byX = { parts: [{ field: 'x' }] } as const
const post = createModel({ name: 'Post', fields: { id } })
const tag = createModel({ name: 'Tag', fields: { id } })

function assertOptimizesTo(operations: readonly Operation[], expected: readonly Operation[]): void {
  assert.deepEqual(optimize(operations, 'blog'), expected)
}

test('whatever happens to a model after its creation is folded into it', () => {
  assertOptimizesTo(
    [
      createModel({ name: 'Post', fields: { id, gone: text, old: text } }),
      addField({ model: 'Post', name: 'x', field: text, fillExisting: 'x' }),
      alterField({ model: 'Post', name: 'x', field: f.text({ null: true }) }),
      addIndex({ model: 'Post', index: byX }),
      renameIndex({ model: 'Post', index: byX, name: 'by_x' }),
      addConstraint({ model: 'Post', constraint: { kind: 'unique', name: 'one_x', ...byX } }),
      alterConstraint({ model: 'Post', name: 'one_x', constraint: { kind: 'unique', name: 'x_once', ...byX } }),
      removeField({ model: 'Post', name: 'gone' }),
      renameField({ model: 'Post', from: 'old', to: 'young' }),
      alterModelTable({ name: 'Post', table: 'posts' }),
      alterModelOptions({ name: 'Post', options: { managed: false } }),
      renameModel({ from: 'Post', to: 'Article' }),
    ],
    [
      createModel({
        name: 'Article',
        fields: { id, young: text, x: f.text({ null: true }) },
        options: {
          indexes: [{ name: 'by_x', ...byX }],
          constraints: [{ kind: 'unique', name: 'x_once', ...byX }],
          table: 'posts',
          managed: false,
        },
      }),
    ],
  )
})

test('what is created and deleted was never there', () => {
  assertOptimizesTo([post, addField({ model: 'Post', name: 'x', field: text }), deleteModel({ name: 'Post' })], [])
  assertOptimizesTo([addIndex({ model: 'Post', index: byX }), removeIndex({ model: 'Post', index: byX })], [])
  assertOptimizesTo(
    [addField({ model: 'Post', name: 'x', field: text }), removeField({ model: 'Post', name: 'x' })],
    [],
  )
  const constraint = { kind: 'unique', ...byX } as const
  assertOptimizesTo([addConstraint({ model: 'Post', constraint }), removeConstraint({ model: 'Post', constraint })], [])
})

test('a relation goes into the model once its target stands before it', () => {
  const tagField = addField({ model: 'Post', name: 'tag', field: f.foreignKey('blog.Tag') })
  const complete = createModel({ name: 'Post', fields: { id, tag: f.foreignKey('blog.Tag') } })
  assertOptimizesTo([post, tag, tagField], [tag, complete])
})

test('a circle of relations keeps its last field apart', () => {
  const back = createModel({ name: 'Tag', fields: { id, post: f.foreignKey('blog.Post') } })
  const tagField = addField({ model: 'Post', name: 'tag', field: f.foreignKey('blog.Tag') })
  assertOptimizesTo([post, back, tagField], [post, back, tagField])
})

test('changes of one field become one', () => {
  const alter = (field: Field, more: object = {}) => alterField({ model: 'Post', name: 'x', field, ...more })
  assertOptimizesTo(
    [alter(text, { fillExisting: 'a' }), alter(f.text({ unique: true }))],
    [alter(f.text({ unique: true }), { fillExisting: 'a' })],
  )
  assertOptimizesTo(
    [alter(text), removeField({ model: 'Post', name: 'x' })],
    [removeField({ model: 'Post', name: 'x' })],
  )
  const renames = [
    renameField({ model: 'Post', from: 'a', to: 'b' }),
    renameField({ model: 'Post', from: 'b', to: 'c' }),
  ]
  assertOptimizesTo(renames, [renameField({ model: 'Post', from: 'a', to: 'c' })])
  assertOptimizesTo([...renames, renameField({ model: 'Post', from: 'c', to: 'a' })], [])
})

test('a field that is removed with its model need not be removed before', () => {
  const remove = (model: string, name: string) => removeField({ model, name })
  assertOptimizesTo(
    [remove('Post', 'x'), remove('Tag', 'y'), deleteModel({ name: 'Post' }), deleteModel({ name: 'Tag' })],
    [remove('Tag', 'y'), deleteModel({ name: 'Post' }), deleteModel({ name: 'Tag' })],
  )
})

test('changes of one enum become one, where nothing counts on what is in between', () => {
  const create = createEnum({ name: 'mood', values: ['a'] })
  const alter = alterEnum({ name: 'mood', values: ['a', 'b'] })
  const gone = deleteEnum({ name: 'mood', values: ['a', 'b'] })
  assertOptimizesTo([create, post, alter], [createEnum({ name: 'mood', values: ['a', 'b'] }), post])
  assertOptimizesTo([create, alter, gone], [])
  assertOptimizesTo([alter, alterEnum({ name: 'mood', values: ['b'] })], [alterEnum({ name: 'mood', values: ['b'] })])
  assertOptimizesTo([alter, post, gone], [gone, post])
  const field = addField({ model: 'Post', name: 'mood', field: f.enum(['a'], { native: 'mood' }) })
  assertOptimizesTo([create, field, alter], [create, field, alter])
})

test('an index that spares writers is any index of a table that is new, and a check stays not valid', () => {
  const index = { parts: [{ field: 'x' }] }
  const notValid = addConstraintNotValid({
    model: 'Post',
    constraint: check({ name: 'positive', condition: { kind: 'sql', sql: 'x > 0' } }),
  })
  assertOptimizesTo(
    [createModel({ name: 'Post', fields: { id, x: text } }), addIndexConcurrently({ model: 'Post', index }), notValid],
    [createModel({ name: 'Post', fields: { id, x: text }, options: { indexes: [index] } }), notValid],
  )
})

test('nothing passes what cannot be read', () => {
  const operations = [post, runSql({ forwards: 'x' }), addField({ model: 'Post', name: 'x', field: text })]
  assertOptimizesTo(operations, operations)
})

test('the name of a field that is altered comes first, so that its alterations meet', () => {
  const alter = (name: string, field: Field) => alterField({ model: 'Post', name, field })
  const rename = renameField({ model: 'Post', from: 'a', to: 'b' })
  assertOptimizesTo(
    [alter('a', text), rename, alter('b', f.text({ unique: true }))],
    [rename, alter('b', f.text({ unique: true }))],
  )
  assertOptimizesTo([rename, removeField({ model: 'Post', name: 'b' })], [removeField({ model: 'Post', name: 'a' })])
  const cast = alterField({ model: 'Post', name: 'a', field: text, cast: q.field('a') })
  assertOptimizesTo([cast, rename], [cast, rename])
})

test('rows that are there get from one addition what they would get from two steps', () => {
  const add = (field: Field, more: object = {}) => addField({ model: 'Post', name: 'x', field, ...more })
  const alter = (field: Field, more: object = {}) => alterField({ model: 'Post', name: 'x', field, ...more })
  const nullable = f.text({ null: true })
  const stays = (...operations: readonly Operation[]) => assertOptimizesTo(operations, operations)
  assertOptimizesTo([add(nullable), alter(text, { fillExisting: 'a' })], [add(text, { fillExisting: 'a' })])
  assertOptimizesTo(
    [add(text, { fillExisting: 'a' }), alter(text, { fillExisting: 'b' })],
    [add(text, { fillExisting: 'a' })],
  )
  assertOptimizesTo([add(f.text({ default: 'd' })), alter(text)], [add(text, { fillExisting: 'd' })])
  assertOptimizesTo(
    [add(f.text({ default: 'd' })), alter(f.text({ default: 'd', unique: true }))],
    [add(f.text({ default: 'd', unique: true }))],
  )
  assertOptimizesTo([add(nullable), alter(f.integer({ null: true }))], [add(f.integer({ null: true }))])
  // They would get the default that comes later, or a value that is converted otherwise.
  stays(add(nullable), alter(f.text({ null: true, default: 'd' })))
  stays(add(text, { fillExisting: '05' }), alter(f.integer()))
  stays(add(f.dateTime({ default: now() })), alter(f.dateTime()))
  stays(add(nullable), alter(text, { cast: q.field('x') }))
})

test('what an alteration leaves in the rows is left there', () => {
  const alter = (field: Field, more: object = {}) => alterField({ model: 'Post', name: 'x', field, ...more })
  const remove = (more: object = {}) => removeField({ model: 'Post', name: 'x', ...more })
  const nullable = f.text({ null: true })
  const stays = (...operations: readonly Operation[]) => assertOptimizesTo(operations, operations)
  assertOptimizesTo(
    [alter(text, { fillExisting: 'a' }), alter(text, { fillExisting: 'b' })],
    [alter(text, { fillExisting: 'a' })],
  )
  assertOptimizesTo(
    [alter(nullable, { fillRestored: 'a' }), alter(nullable, { fillRestored: 'b' })],
    [alter(nullable, { fillRestored: 'a' })],
  )
  stays(alter(text, { fillExisting: 'a' }), alter(nullable))
  stays(alter(f.integer()), alter(text))
  stays(alter(text, { cast: q.field('x') }), alter(text))
  assertOptimizesTo([alter(nullable, { fillRestored: 'a' }), remove()], [remove({ fillRestored: 'a' })])
  stays(alter(text, { castRestored: q.field('x') }), remove())
  stays(alter(text), remove({ fillRestored: 'a' }))
})

test('what is altered to what it is already is left out, where it is known what it is', () => {
  const before = stateOf([{ app: 'blog', name: 'Post', fields: { id, x: text }, options: { table: 'posts' } }])
  const alter = (field: Field, more: object = {}) => alterField({ model: 'Post', name: 'x', field, ...more })
  const there = [alter(f.text({ unique: true })), alterModelTable({ name: 'Post', table: 'p' })]
  const back = [alter(text), alterModelTable({ name: 'Post', table: 'posts' })]
  assert.deepEqual(optimize([...there, ...back], 'blog', { before }), [])
  assert.deepEqual(optimize([...there, ...back], 'blog'), back)
  const upper = alter(text, { cast: q.upper('x') })
  assert.deepEqual(optimize([upper], 'blog', { before }), [upper])
})

test('indexes and constraints that come and go, or are called otherwise, come to one operation', () => {
  const named = (name: string) => ({ name, ...byX })
  const rename = renameIndex({ model: 'Post', index: named('a'), name: 'b' })
  assertOptimizesTo(
    [rename, renameIndex({ model: 'Post', index: named('b'), name: 'c' })],
    [renameIndex({ model: 'Post', index: named('a'), name: 'c' })],
  )
  assertOptimizesTo(
    [rename, removeIndex({ model: 'Post', index: named('b') })],
    [removeIndex({ model: 'Post', index: named('a') })],
  )
  const late = addIndexConcurrently({ model: 'Post', index: named('a') })
  assertOptimizesTo([late, rename], [addIndexConcurrently({ model: 'Post', index: named('b') })])
  assertOptimizesTo([late, removeIndexConcurrently({ model: 'Post', index: named('a') })], [])
  const constraint = check({ name: 'positive', condition: q.gt('x', 0) })
  const other = check({ name: 'positive', condition: q.gt('x', 1) })
  const unread = addConstraintNotValid({ model: 'Post', constraint })
  const validate = validateConstraint({ model: 'Post', name: 'positive' })
  const remove = removeConstraint({ model: 'Post', constraint })
  assertOptimizesTo(
    [unread, alterConstraint({ model: 'Post', name: 'positive', constraint: other })],
    [addConstraint({ model: 'Post', constraint: other })],
  )
  assertOptimizesTo([unread, remove], [])
  assertOptimizesTo([validate, remove], [remove])
  assertOptimizesTo([unread, validate], [unread, validate])
  assert.deepEqual(optimize([unread, validate], 'blog', { elide: true }), [
    addConstraint({ model: 'Post', constraint }),
  ])
})

test('a model that is renamed and deleted is deleted under its name, and a collation that is made for nothing is not made', () => {
  assertOptimizesTo(
    [renameModel({ from: 'Post', to: 'Tag' }), deleteModel({ name: 'Tag' })],
    [deleteModel({ name: 'Post' })],
  )
  const create = createCollation({ name: 'nocase', locale: 'und' })
  const gone = deleteCollation({ name: 'nocase' })
  assertOptimizesTo([create, gone], [])
  assertOptimizesTo([create, post, gone], [create, post, gone])
  const [extension, dropped] = [createExtension({ name: 'citext' }), deleteExtension({ name: 'citext' })]
  assertOptimizesTo([extension, dropped], [extension, dropped])
})

test('steps that say that they can be left out are, where that is asked for, and what stood on both sides meets', () => {
  const code = runCode({ forwards: () => {}, elidable: true })
  const change = [addField({ model: 'Post', name: 'x', field: text })]
  const told = runSql({ forwards: 'x', elidable: true, stateOperations: change })
  const apart = separateDatabaseAndState({ databaseOperations: [code], stateOperations: change })
  assertOptimizesTo([post, code, ...change], [post, code, ...change])
  assert.deepEqual(optimize([post, code, ...change], 'blog', { elide: true }), [
    createModel({ name: 'Post', fields: { id, x: text } }),
  ])
  assert.deepEqual(optimize([told, runSql({ forwards: 'y' })], 'blog', { elide: true }), [
    told,
    runSql({ forwards: 'y' }),
  ])
  assert.deepEqual(optimize([apart], 'blog', { elide: true }), [{ ...apart, databaseOperations: [] }])
})

test('a name that is given up is given up before it is taken', () => {
  const index = { name: 'taken', ...byX }
  const options = { indexes: [index] }
  const fields = { id, x: text }
  const free = [
    removeIndex({ model: 'Tag', index }),
    createModel({ name: 'Post', fields, options }),
    addField({ model: 'Post', name: 'tag', field: f.foreignKey('Tag', { null: true }) }),
    removeField({ model: 'Post', name: 'tag' }),
    deleteModel({ name: 'Tag' }),
  ]
  assertOptimizesTo(free, [deleteModel({ name: 'Tag' }), createModel({ name: 'Post', fields, options })])
  const late = [createModel({ name: 'Post', fields }), deleteModel({ name: 'Tag' }), addIndex({ model: 'Post', index })]
  assertOptimizesTo(late, [deleteModel({ name: 'Tag' }), createModel({ name: 'Post', fields, options })])
})

test('an initial migration of many models is optimised in no time', () => {
  const names = Array.from({ length: 400 }, (_, index) => `M${index}`)
  const operations = [
    ...names.map((name) => createModel({ name, fields: { id } })),
    ...names.flatMap((name, index) => [
      addField({ model: name, name: 'hub', field: f.foreignKey('M0') }),
      addField({ model: name, name: 'next', field: f.foreignKey(names[(index + 1) % names.length] ?? 'M0') }),
      ...Array.from({ length: 10 }, (_, field) => addField({ model: name, name: `f${field}`, field: text })),
      addIndex({ model: name, index: { parts: [{ field: 'f1' }] } }),
    ]),
  ]
  const started = performance.now()
  const optimized = optimize(operations, 'blog')
  assert.ok(performance.now() - started < 3000)
  assert.ok(optimized.length < names.length * 3)
  const empty = { apps: new Map(), objects: new Map(), nextIdentity: 1 }
  assert.ok(statesEqual(applyOperations(optimized, empty, context), applyOperations(operations, empty, context)))
})

const context = { app: 'blog', migration: '0001' }

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { GodwitError } from '../errors/error.ts'
import { f } from '../fields/f.ts'
import type { Field } from '../fields/field.ts'
import { check } from '../models/parts.ts'
import { applyOperation, applyOperations } from '../operations/definitions.ts'
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
  createEnum,
  createModel,
  deleteEnum,
  deleteModel,
  removeConstraint,
  removeField,
  removeIndex,
  renameField,
  renameIndex,
  renameModel,
  runSql,
} from '../operations/index.ts'
import type { Operation } from '../operations/operation.ts'
import type { ProjectState } from '../state/project-state.ts'
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

test('optimising never changes the final State, nor makes a sequence that does not apply', () => {
  const base = stateOf([
    { app: 'blog', name: 'A', fields: { id, x: text, y: text, b: f.foreignKey('B', { null: true }) } },
    { app: 'blog', name: 'B', fields: { id, x: text } },
  ])
  const step = fc.tuple(fc.nat(22), fc.nat(20), fc.nat(20), fc.nat(20))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
      const operations = drawn(base, steps)
      const optimized = optimize(operations, 'blog')
      assert.ok(optimized.length <= operations.length)
      assert.ok(statesEqual(applyOperations(optimized, base, context), applyOperations(operations, base, context)))
      assert.deepEqual(optimize(optimized, 'blog'), optimized)
    }),
    { numRuns: process.env['GODWIT_DEEP'] === '1' ? 5000 : 500 },
  )
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
  assert.ok(performance.now() - started < 2000)
  assert.ok(optimized.length < names.length * 3)
  const empty = { apps: new Map(), objects: new Map(), nextIdentity: 1 }
  assert.ok(statesEqual(applyOperations(optimized, empty, context), applyOperations(operations, empty, context)))
})

const context = { app: 'blog', migration: '0001' }

/** Operations drawn by numbers, each from what is there at its moment, without those that do not fit. */
function drawn(base: ProjectState, steps: readonly (readonly number[])[]): readonly Operation[] {
  const operations: Operation[] = []
  let state = base
  for (const step of steps) {
    const operation = drawOperation(state, step)
    try {
      state = applyOperation(operation, state, context)
      operations.push(operation)
    } catch (error) {
      if (!(error instanceof GodwitError)) throw error
    }
  }
  return operations
}

function drawOperation(state: ProjectState, [kind = 0, a = 0, b = 0, c = 0]: readonly number[]): Operation {
  const pick = <T>(list: readonly T[], number: number, otherwise: T): T => list[number % list.length] ?? otherwise
  const models = [...(state.apps.get('blog')?.values() ?? [])]
  const { name: model = 'A', fields = [], options = {} } = pick(models, a, undefined) ?? {}
  const present = fields.map(({ name }) => name).filter((name) => name !== 'id')
  const newModel = pick(['A', 'B', 'C', 'D', 'E'], c, 'A')
  const newName = pick(['x', 'y', 'z', 'w'], c, 'x')
  const name = pick(present, b, 'x')
  const to = `blog.${pick(models, c, undefined)?.name ?? model}`
  const field = pick([text, f.integer(), f.text({ column: 'y' }), f.foreignKey(to), f.manyToMany(to)], b, text)
  const index = { ...(c % 3 === 0 ? {} : { name: `i${c}` }), parts: [{ field: name }] }
  const constraint = { kind: 'unique', name: `u${c}`, parts: [{ field: name }] } as const
  const knownIndex = pick(options.indexes ?? [], b, index)
  const knownConstraint = pick(options.constraints ?? [], b, constraint)
  const enumValues = pick([['a'], ['a', 'b'], ['b', 'a']], c, ['a'])
  const makers: readonly (() => Operation)[] = [
    () => createModel({ name: newModel, fields: { id, [newName]: field } }),
    () => deleteModel({ name: model }),
    () => renameModel({ from: model, to: newModel }),
    () => addField({ model, name: newName, field }),
    () => addField({ model, name: newName, field }),
    () => removeField({ model, name }),
    () => removeField({ model, name }),
    () => alterField({ model, name, field: pick([text, f.integer(), f.foreignKey(to)], c, text) }),
    () => alterField({ model, name, field: pick([text, f.integer(), f.foreignKey(to)], c, text) }),
    () => renameField({ model, from: name, to: newName }),
    () => addIndex({ model, index }),
    () => removeIndex({ model, index: knownIndex }),
    () => renameIndex({ model, index: knownIndex, name: `r${c}` }),
    () => addConstraint({ model, constraint }),
    () => removeConstraint({ model, constraint: knownConstraint }),
    () => alterConstraint({ model, name: knownConstraint.name ?? '', constraint }),
    () => alterModelTable({ name: model, table: `t${b}` }),
    () => createEnum({ name: 'mood', values: enumValues }),
    () => alterEnum({ name: 'mood', values: enumValues }),
    () => deleteEnum({ name: 'mood', values: enumValues }),
    () => addField({ model, name: newName, field: f.enum(['a'], { native: 'mood' }) }),
    () => addConstraintNotValid({ model, constraint: check({ name: `u${c}`, condition: { kind: 'column', name } }) }),
    () => (c === 0 ? runSql({ forwards: 'x' }) : alterModelOptions({ name: model, options: {} })),
  ]
  return pick(makers, kind, () => runSql({ forwards: '' }))()
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GodwitError } from '../errors/error.ts'
import { f } from '../fields/f.ts'
import type { CheckDeclaration, IndexDeclaration } from '../models/declarations.ts'
import { check } from '../models/parts.ts'
import { q } from '../models/q.ts'
import { applyOperations, definitions } from '../operations/definitions.ts'
import * as make from '../operations/index.ts'
import type { Operation, OperationKind, Operations } from '../operations/operation.ts'
import { touchesAnything } from '../operations/touching.ts'
import { emptyState, type ProjectState } from '../state/project-state.ts'
import { statesEqual } from '../state/states-equal.ts'
import { stateOf } from '../state/with-model.ts'
import { footprintOf } from './footprint.ts'
import { occupancy } from './occupancy.ts'
import { optimize } from './optimize.ts'

/** What the operations of a pair are about. The first of them may leave other names behind. */
interface Subject {
  readonly app: string
  readonly model: string
  readonly field: string
  readonly index: IndexDeclaration
  readonly constraint: CheckDeclaration
  readonly object: string
}

const post: Subject = {
  app: 'blog',
  model: 'Post',
  field: 'x',
  index: { name: 'by_x', parts: [{ field: 'x' }] },
  constraint: check({ name: 'x_positive', condition: q.gt('x', 0) }),
  object: 'mood',
}
const tag: Subject = {
  app: 'blog',
  model: 'Tag',
  field: 'y',
  index: { name: 'by_y', parts: [{ field: 'y' }] },
  constraint: check({ name: 'y_positive', condition: q.gt('y', 0) }),
  object: 'taste',
}
const renamed = {
  model: 'Article',
  field: 'z',
  index: 'by_z',
  constraint: check({ name: 'z_positive', condition: q.gt('id', 1) }),
}

/** An operation of each kind about a subject. */
const samples: { readonly [Kind in OperationKind]: (subject: Subject) => Operations[Kind] } = {
  createModel: ({ model, field }) =>
    make.createModel({ name: model, fields: { id: f.bigAuto({ primaryKey: true }), [field]: f.integer() } }),
  deleteModel: ({ model }) => make.deleteModel({ name: model }),
  renameModel: ({ model }) => make.renameModel({ from: model, to: `${renamed.model}${model === 'Tag' ? '2' : ''}` }),
  moveModel: ({ model }) => make.moveModel({ model: `shop.${model}` }),
  alterModelTable: ({ model }) => make.alterModelTable({ name: model, table: `table_of_${model}` }),
  alterModelTableComment: ({ model }) => make.alterModelTableComment({ name: model, comment: 'words' }),
  alterModelOptions: ({ model }) => make.alterModelOptions({ name: model, options: { managed: false } }),
  addField: ({ model, field }) => make.addField({ model, name: field, field: f.integer() }),
  removeField: ({ model, field }) => make.removeField({ model, name: field }),
  alterField: ({ model, field }) => make.alterField({ model, name: field, field: f.integer({ null: true }) }),
  renameField: ({ model, field }) => make.renameField({ model, from: field, to: renamed.field }),
  addIndex: ({ model, index }) => make.addIndex({ model, index }),
  removeIndex: ({ model, index }) => make.removeIndex({ model, index }),
  renameIndex: ({ model, index }) => make.renameIndex({ model, index, name: `${renamed.index}_${model}` }),
  addConstraint: ({ model, constraint }) => make.addConstraint({ model, constraint }),
  removeConstraint: ({ model, constraint }) => make.removeConstraint({ model, constraint }),
  alterConstraint: ({ model, constraint: { name } }) =>
    make.alterConstraint({ model, name, constraint: { ...renamed.constraint, name: `${name}_anew` } }),
  addIndexConcurrently: ({ model, index }) => make.addIndexConcurrently({ model, index }),
  removeIndexConcurrently: ({ model, index }) => make.removeIndexConcurrently({ model, index }),
  addConstraintNotValid: ({ model, constraint }) => make.addConstraintNotValid({ model, constraint }),
  validateConstraint: ({ model, constraint }) => make.validateConstraint({ model, name: constraint.name }),
  createEnum: ({ object }) => make.createEnum({ name: object, values: ['a'] }),
  alterEnum: ({ object }) => make.alterEnum({ name: object, values: ['a', 'b'] }),
  deleteEnum: ({ object }) => make.deleteEnum({ name: object, values: ['a', 'b'] }),
  createExtension: ({ object }) => make.createExtension({ name: object }),
  deleteExtension: ({ object }) => make.deleteExtension({ name: object }),
  createCollation: ({ object }) => make.createCollation({ name: object, locale: 'und' }),
  deleteCollation: ({ object }) => make.deleteCollation({ name: object }),
  runSql: () => make.runSql({ forwards: 'SELECT 1' }),
  runCode: () => make.runCode({ forwards: () => {} }),
  batched: ({ model, field }) => ({ kind: 'batched', model, run: { set: { [field]: 1 } } }),
  separateDatabaseAndState: () => make.separateDatabaseAndState({ databaseOperations: [], stateOperations: [] }),
  custom: () =>
    make.custom({
      type: 'acme.nothing',
      definition: {
        symbol: '?',
        describe: () => 'Nothing',
        nameFragment: () => undefined,
        apply: (_operation, state) => state,
        touches: () => touchesAnything,
      },
    }),
}

// The type of the samples names every kind.
const kinds = Object.keys(definitions) as readonly OperationKind[]

/** What a subject is called once an operation was there. */
function subjectAfter(operation: Operation, subject: Subject): Subject {
  switch (operation.kind) {
    case 'renameModel':
      return { ...subject, model: operation.to }
    case 'renameField':
      return { ...subject, field: operation.to, index: { ...subject.index, parts: [{ field: operation.to }] } }
    case 'renameIndex':
      return { ...subject, index: { ...subject.index, name: operation.name ?? '' } }
    case 'alterConstraint':
      return operation.constraint.kind === 'check' ? { ...subject, constraint: operation.constraint } : subject
    default:
      return subject
  }
}

/**
 * What becomes of two operations, in one character. One is left: `f` of the first's kind, `s` of the second's, `o` of another; `0` none. Both are left:
 * `x` in the other order, `.` as they are though the second could come first, `|` as they are because it could not, `#` because what one of them does
 * is not known.
 */
function outcomeOf(first: Operation, second: Operation): string {
  const operations = optimize([first, second], 'blog')
  const [one, other] = operations
  if (one === undefined) return '0'
  if (other === undefined) return one.kind === first.kind ? 'f' : one.kind === second.kind ? 's' : 'o'
  if (one !== first || other !== second) return 'x'
  const [before, after] = [footprintOf(first, 'blog'), footprintOf(second, 'blog')]
  if (before === 'barrier' || after === 'barrier') return '#'
  const occupied = occupancy(() => false)
  occupied.note(0, before)
  return occupied.canPass(after, -1, 'left') ? '.' : '|'
}

function rowOf(first: OperationKind, subject: Subject, other: (first: Operation) => Subject): string {
  const operation = samples[first](subject)
  return kinds.map((second) => outcomeOf(operation, samples[second](other(operation)))).join('')
}

/** States in which one or the other pair makes sense. */
const grounds: readonly ProjectState[] = [
  emptyState,
  stateOf([{ app: 'blog', name: 'Post', fields: { id: f.bigAuto({ primaryKey: true }) } }]),
  stateOf([{ app: 'blog', name: 'Post', fields: { id: f.bigAuto({ primaryKey: true }), x: f.integer() } }]),
  stateOf([
    {
      app: 'blog',
      name: 'Post',
      fields: { id: f.bigAuto({ primaryKey: true }), x: f.integer() },
      options: { indexes: [post.index], constraints: [post.constraint] },
    },
  ]),
  stateOf([
    {
      app: 'blog',
      name: 'Post',
      fields: { id: f.bigAuto({ primaryKey: true }), x: f.integer() },
      options: { constraints: [{ ...post.constraint, notValid: true }] },
    },
  ]),
  applyOperations([samples.createEnum(post)], emptyState, { app: 'blog', migration: '' }),
]

function stateAfter(operations: readonly Operation[], ground: ProjectState): ProjectState | undefined {
  try {
    return applyOperations(operations, ground, { app: 'blog', migration: '0001' })
  } catch (error) {
    if (error instanceof GodwitError) return undefined
    throw error
  }
}

/** Of each kind, what it comes to with each kind, in the order of the table of operations, where both are about the same thing. */
const same: { readonly [Kind in OperationKind]: string } = {
  createModel: '|0f|fffffffffffffff||...#########',
  deleteModel: '|||||||||||||||||||||.||#########',
  renameModel: '|sf||||||||||||||||||...#########',
  moveModel: '|||||||||||||||||||||...#########',
  alterModelTable: '|s||f...................#########',
  alterModelTableComment: '|s||.f..................#########',
  alterModelOptions: '|s||..f.|...............#########',
  addField: '|s||...|0ff|||||.|||....#########',
  removeField: '|s|||..|||||||||.|||..||#########',
  alterField: '|s||...|sfx|||||.|||..||#########',
  renameField: '|s||...|s|f|||||.|||....#########',
  addIndex: '|s||...|||||0f...|0.....#########',
  removeIndex: '|s||...|||||||...||.....#########',
  renameIndex: '|s||...|||||sf...|s.....#########',
  addConstraint: '|s||...||||...|0f..||...#########',
  removeConstraint: '|s||...||||...|||..||...#########',
  alterConstraint: '|s||....|.....||f..||...#########',
  addIndexConcurrently: '|s||...|||||0f...|0.....#########',
  removeIndexConcurrently: '|s||...|||||||...||.....#########',
  addConstraintNotValid: '|s||...||||...|0o..||...#########',
  validateConstraint: '|s||..........|ss..||...#########',
  createEnum: '.....................|f0#########',
  alterEnum: '.....................|fs#########',
  deleteEnum: '.....................|||#########',
  createExtension: '#################################',
  deleteExtension: '#################################',
  createCollation: '###########################0#####',
  deleteCollation: '#################################',
  runSql: '#################################',
  runCode: '#################################',
  batched: '#################################',
  separateDatabaseAndState: '#################################',
  custom: '#################################',
}

/** The same, where they are about models, fields and objects that have nothing to do with each other. */
const apart: { readonly [Kind in OperationKind]: string } = {
  createModel: '........................#########',
  deleteModel: '|||||......|.||.||.|..||#########',
  renameModel: '........................#########',
  moveModel: '........................#########',
  alterModelTable: '|.|||...................#########',
  alterModelTableComment: '........................#########',
  alterModelOptions: '........................#########',
  addField: '........................#########',
  removeField: '|||||.................||#########',
  alterField: '.|....................||#########',
  renameField: '........................#########',
  addIndex: '........................#########',
  removeIndex: '........................#########',
  renameIndex: '........................#########',
  addConstraint: '........................#########',
  removeConstraint: '........................#########',
  alterConstraint: '........................#########',
  addIndexConcurrently: '........................#########',
  removeIndexConcurrently: '........................#########',
  addConstraintNotValid: '........................#########',
  validateConstraint: '........................#########',
  createEnum: '........................#########',
  alterEnum: '........................#########',
  deleteEnum: '........................#########',
  createExtension: '#################################',
  deleteExtension: '#################################',
  createCollation: '#################################',
  deleteCollation: '#################################',
  runSql: '#################################',
  runCode: '#################################',
  batched: '#################################',
  separateDatabaseAndState: '#################################',
  custom: '#################################',
}

test('every two kinds of operation that are about the same thing come to what the table says', () => {
  assert.deepEqual(
    Object.fromEntries(kinds.map((kind) => [kind, rowOf(kind, post, (first) => subjectAfter(first, post))])),
    same,
  )
})

test('every two kinds of operation that have nothing to do with each other pass, or do not, as the table says', () => {
  assert.deepEqual(Object.fromEntries(kinds.map((kind) => [kind, rowOf(kind, post, () => tag)])), apart)
})

test('what a pair comes to leads to the same State, wherever the pair makes sense', () => {
  let sensible = 0
  for (const first of kinds.map((kind) => samples[kind](post))) {
    for (const second of kinds.map((kind) => samples[kind](subjectAfter(first, post)))) {
      for (const ground of grounds) {
        const expected = stateAfter([first, second], ground)
        if (expected === undefined) continue
        sensible += 1
        const actual = stateAfter(optimize([first, second], 'blog'), ground)
        assert.ok(actual && statesEqual(actual, expected), `${first.kind} ${second.kind}`)
      }
    }
  }
  assert.ok(sensible > 1000)
})

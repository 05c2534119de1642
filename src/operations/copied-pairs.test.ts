import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import type { Field } from '../fields/field.ts'
import type { Intent } from '../schema/intent.ts'
import type { ProjectState } from '../state/project-state.ts'
import { stateOf } from '../state/with-model.ts'
import { addField } from './add-field.ts'
import { operationsChecksum } from './canonical.ts'
import { applyOperation, applyOperations, intentsOf } from './definitions.ts'
import type { Operation } from './operation.ts'
import { removeField } from './remove-field.ts'
import { splitIntoRuns } from './runs.ts'

const context = { app: 'blog', migration: '0002_change' }
const id = f.bigAuto({ primaryKey: true })
const tags = f.manyToMany('blog.Tag')
const through = f.manyToMany('blog.Tag', { through: 'blog.Tagging' })
const tag = f.foreignKey('blog.Tag', { null: true })

function stateWith(fields: Readonly<Record<string, Field>>, managed?: false): ProjectState {
  const keys = { id, post: f.foreignKey('blog.Post'), tag: f.foreignKey('blog.Tag') }
  return stateOf([
    { app: 'blog', name: 'Tag', fields: { id } },
    { app: 'blog', name: 'Post', fields: { id, ...fields } },
    { app: 'blog', name: 'Tagging', fields: keys, options: managed === undefined ? {} : { managed } },
  ])
}

/** The intents of the last of some operations. */
function intents(state: ProjectState, ...operations: readonly Operation[]) {
  const last = operations.at(-1) ?? assert.fail()
  const before = applyOperations(operations.slice(0, -1), state, context)
  return intentsOf(last, { before, after: applyOperation(last, before, context) }, context)
}

const adding = (field: Field, copyFrom: string, name = 'now') => addField({ model: 'Post', name, field, copyFrom })
const removing = (name: string, restoreFrom: string) => removeField({ model: 'Post', name, restoreFrom })

test('a relation that is added gets the pairs of another, whatever holds the one and the other', () => {
  const inTable = { source: '5.join.source', target: '5.join.target' }
  const inModel = { source: '8', target: '9' }
  const inColumn = { source: '4', target: '5' }
  const copied = (from: object, to: object) => ({ forwards: [{ kind: 'copyPairs', from, to }], backwards: [] })
  const added = { source: '10.join.source', target: '10.join.target' }
  assert.deepEqual(intents(stateWith({ tags }), adding(through, 'tags')), copied(inTable, inModel))
  assert.deepEqual(intents(stateWith({ tags: through }), adding(tags, 'tags')), copied(inModel, added))
  assert.deepEqual(intents(stateWith({ tag }), adding(tags, 'tag')), copied(inColumn, added))
  assert.deepEqual(intents(stateWith({ tag }), adding(through, 'tag')), copied(inColumn, inModel))
  const lookUp: Intent = { kind: 'lookUp', column: '10', key: '4', pairs: inTable }
  assert.deepEqual(intents(stateWith({ tags }), adding(tag, 'tags')), { forwards: [lookUp], backwards: [] })
})

test('a relation that is removed gets its pairs back from another when that is unapplied', () => {
  const state = stateWith({ tag })
  assert.deepEqual(intents(state, adding(tags, 'tag'), removing('tag', 'now')), {
    forwards: [],
    backwards: [
      { kind: 'lookUp', column: '5', key: '4', pairs: { source: '10.join.source', target: '10.join.target' } },
    ],
  })
})

test('where pairs are copied, both tables are there as a whole: the operation is a run of its own', () => {
  const operations = [
    addField({ model: 'Tagging', name: 'rank', field: f.integer({ default: 0 }) }),
    adding(through, 'tags'),
    removing('tags', 'now'),
    addField({ model: 'Post', name: 'rank', field: f.integer({ default: 0 }) }),
  ]
  const runs = splitIntoRuns(operations, stateWith({ tags }), context)
  assert.deepEqual(
    runs.map((run) => run.kind === 'schema' && run.operations.length),
    [1, 1, 1, 1],
  )
})

test('what cannot be copied is refused', () => {
  const label = f.manyToMany('blog.Post')
  const refused: readonly (readonly [ProjectState, Operation, why: RegExp])[] = [
    [stateWith({ tag }), adding(f.foreignKey('blog.Tag', { null: true }), 'tag'), /one of them a many-to-many/],
    [stateWith({ text: f.text() }), adding(tags, 'text'), /both must be relations/],
    [stateWith({ tags }), adding(label, 'tags'), /one leads to blog.Tag, the other to blog.Post/],
    [stateWith({ tags }, false), adding(through, 'tags'), /the table of blog.Tagging is in other hands/],
    [stateWith({ tags, label }), removing('tags', 'label'), /one leads to blog.Post, the other to blog.Tag/],
    [stateWith({ tags }), removing('tags', 'tags'), /both must be relations/],
  ]
  for (const [state, operation, why] of refused) {
    assert.throws(
      () => applyOperation(operation, state, context),
      (error: Error & { readonly code?: string }) =>
        error.code === 'migrations.operationPairsNotCopied' && why.test(error.message),
      String(why),
    )
  }
  assert.throws(() => applyOperation(adding(tags, 'nothing'), stateWith({ tags }), context), {
    code: 'migrations.operationUnknownField',
  })
})

test('what is copied is part of what a migration does, what is copied back is not', () => {
  const plain = addField({ model: 'Post', name: 'now', field: tags })
  assert.notEqual(operationsChecksum([plain]), operationsChecksum([adding(tags, 'tag')]))
  const removal = removeField({ model: 'Post', name: 'tags' })
  assert.equal(operationsChecksum([removal]), operationsChecksum([removing('tags', 'now')]))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import { addField } from './add-field.ts'
import { createModel } from './create-model.ts'
import type { Operation } from './operation.ts'
import { operationMistake } from './operation-mistake.ts'

/** What a file may hold that the compiler has not seen. */
function unchecked(operation: unknown): Operation {
  return operation as Operation
}

test('an operation that has what it needs is without mistakes', () => {
  const fields = { id: f.bigAuto({ primaryKey: true }), name: f.char({ maxLength: 50 }) }
  assert.equal(operationMistake(createModel({ name: 'Tag', fields })), undefined)
})

test('what is left out is named', () => {
  assert.deepEqual(operationMistake(unchecked({ kind: 'renameField', model: 'Tag', from: 'name' })), {
    problem: 'renameField without `to`',
    fix: 'Say which: renameField({ to: … }).',
  })
})

test('a name that says nothing to anybody is told, with what was probably meant', () => {
  const add = { kind: 'addField', model: 'Tag', name: 'slug', field: f.slug() }
  assert.deepEqual(operationMistake(unchecked({ ...add, fillExistin: 'none' })), {
    problem: 'addField with `fillExistin`, which there is not',
    fix: 'Remove or correct it; known are model, name, field, fillExisting, copyFrom. Did you mean "fillExisting"?',
  })
  const create = { kind: 'createModel', name: 'Tag', fields: { id: f.bigAuto({ primaryKey: true }) } }
  assert.deepEqual(operationMistake(unchecked({ ...create, options: { tableName: 'tags' } })), {
    problem: 'createModel with the option `tableName`, which there is not',
    fix: 'Remove or correct it; known are table, schema, comment, managed, primaryKey, indexes, constraints.',
  })
})

test('a field that no model could have is named with what is wrong with it', () => {
  assert.deepEqual(operationMistake(addField({ model: 'Tag', name: 'slug', field: { kind: 'char' } })), {
    problem: 'addField of the field "slug", which has no maxLength',
    fix: 'Say how many characters it may hold: maxLength: 100.',
  })
  assert.deepEqual(operationMistake(unchecked({ kind: 'addField', model: 'Tag', name: 'slug', field: 'text' })), {
    problem: 'addField of the field "slug", which is no field',
    fix: 'Make it with the factories of f, such as f.char({ maxLength: 50 }).',
  })
})

test('an enum has different texts for values, and only a check can be added without looking at the rows', () => {
  for (const values of [[], ['a', 'a'], ['a', 1], 'a']) {
    assert.deepEqual(operationMistake(unchecked({ kind: 'createEnum', name: 'mood', values })), {
      problem: 'createEnum of "mood" with values that are no list of different texts',
      fix: "Write them out, each once: createEnum({ name: 'mood', values: ['low', 'high'] }).",
    })
  }
  assert.equal(operationMistake(unchecked({ kind: 'alterEnum', name: 'mood', values: ['a', 'b'] })), undefined)
  const constraint = { kind: 'unique', parts: [{ field: 'name' }] }
  assert.deepEqual(operationMistake(unchecked({ kind: 'addConstraintNotValid', model: 'Tag', constraint })), {
    problem: 'addConstraintNotValid of a constraint that is no check',
    fix: 'Use addConstraint: only a check can be added without looking at the rows.',
  })
})

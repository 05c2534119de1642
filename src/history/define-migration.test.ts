import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { failsWith } from '../../test/history/migrations.ts'
import { createModel } from '../operations/create-model.ts'
import { runCode } from '../operations/run-code.ts'
import { defineMigration, problemOf } from './define-migration.ts'

describe('defineMigration', () => {
  test('returns the definition, frozen', () => {
    const definition = defineMigration({
      dependencies: [['a', '0001']],
      operations: [createModel({ name: 'Tag', fields: {} })],
    })
    assert.ok(Object.isFrozen(definition) && Object.isFrozen(definition.operations))
    assert.deepEqual(definition, {
      dependencies: [['a', '0001']],
      operations: [{ kind: 'createModel', name: 'Tag', fields: {} }],
    })
  })

  const mistakes: readonly (readonly [problem: string, definition: unknown])[] = [
    ['is nothing, not a definition', undefined],
    ['is a function, not a definition', () => {}],
    ['has no operations', { dependencies: [] }],
    ['has an unknown property "dependancies"', { dependancies: [], operations: [] }],
    ['has dependencies that are no list of pairs of app and name', { dependencies: ['a.0001'], operations: [] }],
    ['has runBefore that are no list of pairs of app and name', { runBefore: [['a']], operations: [] }],
    ['has `atomic` set to a string', { atomic: 'no', operations: [] }],
    ['has operations that are no list', { operations: {} }],
    ['has nothing in place 2 of its operations', { operations: [{ kind: 'runSql', forwards: '' }, undefined] }],
    ['has an unknown operation "addColumn" in place 1 of its operations', { operations: [{ kind: 'addColumn' }] }],
    ['has an unknown operation "toString" in place 1 of its operations', { operations: [{ kind: 'toString' }] }],
    [
      'is atomic but holds a runCode with `atomic: false`',
      { operations: [runCode({ forwards: () => {}, atomic: false })] },
    ],
  ]
  for (const [problem, definition] of mistakes) {
    test(`a definition that ${problem} is refused`, () => {
      assert.equal(problemOf(definition)?.problem, problem)
      assert.throws(() => defineMigration(definition as never), failsWith('migrations.invalidDefinition'))
    })
  }
})

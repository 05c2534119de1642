import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { key, migration } from '../../test/history/migrations.ts'
import { f } from '../fields/f.ts'
import { addField } from '../operations/add-field.ts'
import { canonicalOperations, operationsChecksum } from '../operations/canonical.ts'
import { custom } from '../operations/custom.ts'
import { deleteModel } from '../operations/delete-model.ts'
import type { Operation } from '../operations/operation.ts'
import { removeField } from '../operations/remove-field.ts'
import { runCode } from '../operations/run-code.ts'
import { editedMigrations } from './edited.ts'
import { buildGraph } from './graph.ts'
import { operationEdits } from './operation-edits.ts'

const status = (maxLength: number): Operation =>
  addField({ model: 'Invoice', name: 'status', field: f.char({ maxLength }) })
const drop = deleteModel({ name: 'Tag' })
const audit = custom({ type: 'acme.audit', data: { on: true }, definition: {} as never })

function edits(before: readonly Operation[], after: readonly Operation[]): readonly string[] {
  const recorded = JSON.parse(JSON.stringify(canonicalOperations(before)))
  return operationEdits(recorded, canonicalOperations(after)).flatMap(({ lines }) => lines)
}

describe('an edit of an applied migration', () => {
  test('is told operation by operation', () => {
    assert.deepEqual(edits([status(20), drop], [status(30), runCode({ forwards: () => {} })]), [
      '"Add field status to Invoice": field.maxLength 20 → 30',
      '"Delete model Tag" was removed',
      '"Run code" was added',
    ])
    assert.deepEqual(edits([audit, audit], [audit]), ['"Custom operation acme.audit" was removed'])
  })

  test('may be of the order alone', () => {
    assert.deepEqual(edits([status(20), drop], [drop, status(20)]), ['the operations are in another order'])
  })

  test('is none where the operations are the same', () => {
    assert.deepEqual(edits([status(20), drop], [status(20), drop]), [])
  })

  test('is none where only a way back was added', () => {
    const [before, after] = [runCode({ forwards: () => {} }), runCode({ forwards: () => {}, backwards: () => {} })]
    assert.deepEqual(edits([before], [after]), [])
    assert.equal(operationsChecksum([before]), operationsChecksum([after]))
    const remove = removeField({ model: 'Invoice', name: 'status' })
    const restoring = removeField({ model: 'Invoice', name: 'status', fillRestored: 'draft' })
    assert.equal(operationsChecksum([remove]), operationsChecksum([restoring]))
  })

  test('is found by the checksum, and the record is read for edited ones only', async () => {
    const graph = buildGraph([
      migration('a.0001', [], { operations: [status(20)] }),
      migration('a.0002', ['a.0001'], { operations: [drop] }),
      migration('a.0003', ['a.0002'], { operations: [drop] }),
    ])
    const recorded = (name: string, operations: readonly Operation[]) =>
      [
        key(`a.${name}`),
        {
          app: 'a',
          name,
          appliedAt: '2026-11-21T00:00:00.000Z',
          milliseconds: 1,
          godwitVersion: '1.0.0',
          format: 1,
          replaces: [],
          checksum: operationsChecksum(operations),
        },
      ] as const
    const asked: string[] = []
    const edited = await editedMigrations(graph, new Map([recorded('0001', [status(10)]), recorded('0002', [drop])]), {
      contents: async (keys) => {
        asked.push(...keys)
        return new Map([[key('a.0001'), { dependencies: [], operations: canonicalOperations([status(10)]) }]])
      },
    })
    assert.deepEqual(
      edited.map(({ key: of, differences }) => [of, ...differences]),
      [['a.0001', '"Add field status to Invoice": field.maxLength 10 → 20']],
    )
    assert.deepEqual(asked, ['a.0001'])
  })
})

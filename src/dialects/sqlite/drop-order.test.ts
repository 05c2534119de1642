import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GodwitError } from '../../errors/error.ts'
import type { Table } from '../../schema/schema.ts'
import { dropOrder } from './drop-order.ts'

function table(name: string, ...targets: readonly string[]): Table {
  const foreignKeys = targets.map((target) => ({
    name: `${name}_${target}`,
    columns: [target],
    references: { table: target, columns: ['id'] },
    onDelete: 'cascade' as const,
    onUpdate: 'noAction' as const,
  }))
  return { name, columns: [], uniques: [], foreignKeys, checks: [], indexes: [] }
}

test('tables that refer go before those that they refer to', () => {
  assert.deepEqual(dropOrder([table('a'), table('b', 'a'), table('c', 'b', 'a')]), ['c', 'b', 'a'])
})

test('a table that refers to itself is no cycle', () => {
  assert.deepEqual(dropOrder([table('a', 'a')]), ['a'])
})

test('of a cycle the table that refers to most goes first', () => {
  assert.equal(dropOrder([table('p', 'x'), table('q', 'x'), table('x', 'p', 'q')])[0], 'x')
})

test('a cycle in which every drop would miss a table is refused', () => {
  const tangled = [
    table('a', 'b', 'c', 'd'),
    table('b', 'a', 'c', 'd'),
    table('c', 'a', 'b', 'd'),
    table('d', 'a', 'b', 'c'),
  ]
  assert.throws(
    () => dropOrder(tangled),
    (error) => error instanceof GodwitError && error.code === 'database.cannotDropCycle',
  )
})

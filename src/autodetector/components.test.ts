import assert from 'node:assert/strict'
import { test } from 'node:test'
import { components } from './components.ts'

function groups(edges: Readonly<Record<string, readonly string[]>>) {
  return components(Object.keys(edges), (node) => edges[node] ?? [])
}

test('each node comes after those that it points at, otherwise in the order given', () => {
  assert.deepEqual(groups({ a: ['c'], b: [], c: [] }), [['c'], ['a'], ['b']])
})

test('nodes that reach each other are one group', () => {
  assert.deepEqual(groups({ a: ['b'], b: ['c'], c: ['a', 'd'], d: [] }), [['d'], ['a', 'b', 'c']])
})

test('a node that points at itself, or at what is not there, is a group by itself', () => {
  assert.deepEqual(groups({ a: ['a', 'x'] }), [['a']])
})

test('a long chain does not exhaust the stack', () => {
  const nodes = Array.from({ length: 50_000 }, (_, index) => index)
  const found = components(nodes, (node) => [node + 1])
  assert.equal(found.length, nodes.length)
  assert.deepEqual(found[0], [49_999])
})

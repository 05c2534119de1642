import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atOnce, inFreeOrder, type Rename } from './rename-order.ts'

const rename = (from: string, to: string): Rename => ({ from, to })

test('who has the name that another is to get goes first', () => {
  assert.deepEqual(inFreeOrder([rename('a', 'b'), rename('b', 'c'), rename('x', 'y')]), [
    rename('b', 'c'),
    rename('a', 'b'),
    rename('x', 'y'),
  ])
})

test('in a circle one goes over a name of its own', () => {
  assert.deepEqual(inFreeOrder([rename('a', 'b'), rename('b', 'c'), rename('c', 'a')]), [
    rename('c', 'godwit_swap_0'),
    rename('b', 'c'),
    rename('a', 'b'),
    rename('godwit_swap_0', 'a'),
  ])
})

test('renames one after the other are such that happen at once, from the first name of each', () => {
  const pairs = [rename('a', 'b'), rename('b', 'a'), rename('c', 'd'), rename('d', 'e')]
  const sorted = (renames: readonly Rename[]) => renames.toSorted((a, b) => a.from.localeCompare(b.from))
  assert.deepEqual(sorted(atOnce(inFreeOrder(pairs))), pairs)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConstraintDeclaration } from '../models/declarations.ts'
import { q } from '../models/q.ts'
import { matchDeclarations } from './match-declarations.ts'

const check = (name: string, least = 0): ConstraintDeclaration => ({
  kind: 'check',
  name,
  condition: q.gte('total', least),
})

test('equal ones stay, a given name finds another content, and content another name', () => {
  const before = [check('a'), check('b', 1), check('c', 2), check('d', 3)]
  const after = [check('e', 4), check('c', 5), check('a'), check('f', 1)]
  assert.deepEqual(matchDeclarations(before, after), {
    kept: [{ before: check('a'), after: check('a') }],
    changed: [{ before: check('c', 2), after: check('c', 5) }],
    renamed: [{ before: check('b', 1), after: check('f', 1) }],
    removed: [check('d', 3)],
    added: [check('e', 4)],
  })
})

test('whether a check has looked at its rows makes no difference', () => {
  const before = { ...check('a'), notValid: true } as const
  assert.deepEqual(matchDeclarations<ConstraintDeclaration>([before], [check('a')]).kept, [
    { before, after: check('a') },
  ])
  assert.deepEqual(matchDeclarations<ConstraintDeclaration>([before], [check('b')]).renamed, [
    { before, after: check('b') },
  ])
})

test('what an exclusion or unique says of its fields is its content', () => {
  const one: ConstraintDeclaration = { kind: 'unique', parts: [{ field: 'a' }] }
  const other: ConstraintDeclaration = { ...one, include: ['b'] }
  assert.deepEqual(matchDeclarations([one], [other]), {
    kept: [],
    changed: [],
    renamed: [],
    removed: [one],
    added: [other],
  })
})

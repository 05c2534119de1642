import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inParentheses, type Trait, tell } from './trait.ts'

interface Thing {
  readonly size: number
  readonly isBig: boolean
  readonly note?: string
}

const traits: readonly Trait<Thing>[] = [
  { verb: 'be', words: ({ size }) => `of size ${size}`, same: (a, b) => a.size === b.size },
  { verb: 'be', words: ({ isBig }) => (isBig ? 'big' : 'not big'), same: (a, b) => a.isBig === b.isBig },
  {
    verb: 'have',
    words: ({ note }) => (note === undefined ? 'no note' : `the note ${note}`),
    same: (a, b) => a.note === b.note,
    isUsual: ({ note }) => note === undefined,
  },
]

test('what differs is told by the traits that differ, in one sentence', () => {
  const found = { size: 2, isBig: true, note: 'x' }
  assert.deepEqual(tell('thing', traits, { found, declared: { size: 1, isBig: true } }), {
    kind: 'different',
    found: 'of size 2, the note x',
    declared: 'of size 1, no note',
    text: 'thing is of size 2 and has the note x, and should be of size 1 and have no note',
  })
  assert.equal(
    tell('thing', traits, { found, declared: { ...found, isBig: false } }).text,
    'thing is big, and should not be big',
  )
})

test('what is missing or extra is told by all that does not go without saying', () => {
  const thing = { size: 2, isBig: false }
  assert.equal(tell('thing', traits, { declared: thing }).text, 'thing is missing: of size 2, not big')
  assert.equal(tell('thing', traits, { found: thing }).text, 'thing should not be there: of size 2, not big')
})

test('one pair of parentheses is enough, and one in a text is none', () => {
  assert.deepEqual(['a > 0', '((a > 0))', '(a) + (b)', "(a = ')')", "a = '('"].map(inParentheses), [
    '(a > 0)',
    '((a > 0))',
    '((a) + (b))',
    "(a = ')')",
    "(a = '(')",
  ])
})

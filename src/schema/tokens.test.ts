import assert from 'node:assert/strict'
import { test } from 'node:test'
import { splitStatements } from './statements.ts'
import { tokenize } from './tokens.ts'

const kinds = (text: string) => tokenize(text).map(({ kind, value }) => `${kind} ${value}`)

test('quotes of every kind are taken off, doubled ones are one', () => {
  assert.deepEqual(kinds('"a""b" `c``d` [e f] \'g\'\'h\''), ['quoted a"b', 'quoted c`d', 'quoted e f', "string g'h"])
})

test('comments and blanks are no tokens, and quotes in comments open nothing', () => {
  assert.deepEqual(kinds('a -- it\'s\n /* "b */ c /* open'), ['word a', 'word c'])
})

test('numbers, bytes and operators', () => {
  assert.deepEqual(kinds("1.5e-3 .5 0xFF x'00' a<>b||c->>d"), [
    ...['number 1.5e-3', 'number .5', 'number 0xFF', "blob x'00'"],
    ...['word a', 'operator <>', 'word b', 'operator ||', 'word c', 'operator ->>', 'word d'],
  ])
})

test('letters beyond ASCII make words, and an open quote ends nothing', () => {
  assert.deepEqual(kinds("größe 😀 'x"), ['word größe', 'word 😀', "operator '", 'word x'])
})

test('a token knows where it stands', () => {
  assert.deepEqual(tokenize(' "a" ').at(0), { kind: 'quoted', text: '"a"', value: 'a', start: 1, end: 4 })
})

test('statements are split at semicolons that separate them', () => {
  const trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET b = CASE WHEN 1 THEN ';' END; SELECT 1; END"
  assert.deepEqual(splitStatements(`SELECT ';'; -- no; \n ${trigger};; BEGIN; SELECT 2 /* ; */ ; END`), [
    "SELECT ';'",
    trigger,
    'BEGIN',
    'SELECT 2',
    'END',
  ])
})

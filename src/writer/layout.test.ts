import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  concat,
  type Doc,
  group,
  hardLine,
  indent,
  joinDocs,
  line,
  printDoc,
  softLine,
  symbol,
  symbolsOf,
  whenBroken,
} from './layout.ts'

function list(...elements: readonly Doc[]): Doc {
  return group(
    concat('[', indent(concat(softLine, joinDocs(elements, concat(',', line)))), whenBroken(','), softLine, ']'),
  )
}

describe('the layout', () => {
  test('keeps on one line what fits', () => {
    assert.equal(printDoc(list('one', 'two'), 10), '[one, two]')
  })

  test('breaks a group that does not fit, with all its lines', () => {
    assert.equal(printDoc(list('one', 'two'), 9), '[\n  one,\n  two,\n]')
  })

  test('breaks the outer group before the inner one', () => {
    assert.equal(printDoc(list('one', list('two', 'three')), 16), '[\n  one,\n  [two, three],\n]')
  })

  test('counts what follows a group on its line', () => {
    assert.equal(printDoc(concat(list('one', 'two'), ';'), 10), '[\n  one,\n  two,\n];')
  })

  test('breaks every group around a hard line', () => {
    assert.equal(
      printDoc(list('one', list(concat('two', hardLine, 'three')))),
      '[\n  one,\n  [\n    two\n    three,\n  ],\n]',
    )
  })

  test('leaves text with line ends as it is, trailing blanks included', () => {
    assert.equal(printDoc(list('`a  \n  b`')), '[\n  `a  \n  b`,\n]')
  })

  test('leaves no blanks on an empty line', () => {
    assert.equal(printDoc(indent(concat('a', hardLine, hardLine, 'b'))), 'a\n\n  b')
  })

  test('knows the names that a document needs', () => {
    const doc = list(symbol('f'), group(indent(symbol('q'))))
    assert.deepEqual(symbolsOf(doc), new Set(['f', 'q']))
    assert.equal(printDoc(doc), '[f, q]')
  })

  test('takes time in proportion to the document', () => {
    const started = performance.now()
    printDoc(list(...Array.from({ length: 20_000 }, () => list('one', 'two', list('three')))))
    assert.ok(performance.now() - started < 3_000)
  })
})

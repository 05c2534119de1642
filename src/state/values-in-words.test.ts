import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDialect } from '../../test/support/plain-dialect.ts'
import { f } from '../fields/f.ts'
import { q } from '../models/q.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import { findModel } from './project-state.ts'
import { valueInWords, withValuesInWords } from './values-in-words.ts'
import { stateOf } from './with-model.ts'

const model = findModel(stateOf([{ app: 'a', name: 'M', fields: { day: f.date(), name: f.text() } }]), 'a.M')

/** Days have an exclamation mark there. */
const loud: Dialect = {
  ...plainDialect,
  spelling: { ...plainDialect.spelling, valueIn: (value, { type }) => (type === 'date' ? `${value}!` : value) },
}

const said = (expression: Expression, dialect = loud): string => {
  assert.ok(model)
  return (
    JSON.stringify(withValuesInWords(expression, model, dialect))
      .match(/"value":"[^"]*"|"values":\[[^\]]*\]/g)
      ?.join() ?? ''
  )
}

test('a value beside a field is in the words that the database has for its type', () => {
  assert.equal(said(q.gt('day', '2026')), '"value":"2026!"')
  assert.equal(
    said({ kind: 'compare', operator: '<', left: { kind: 'value', value: 'x' }, right: q.field('day') }),
    '"value":"x!"',
  )
  assert.equal(said(q.in('day', ['1', '2'])), '"values":["1!","2!"]')
  assert.equal(said(q.coalesce('day', 'x')), '"value":"x!"')
  assert.equal(said(q.between('day', '1', '2')), '"value":"1!","value":"2!"')
  assert.equal(
    said(q.and(q.or(q.not(q.eq('day', '1')), q.eq('name', 'x')), q.isNull('day'))),
    '"value":"1!","value":"x"',
  )
})

test('what is beside no field, or in a database with one way to write values, stays as it is', () => {
  assert.equal(said(q.eq(q.lower('day'), 'x')), '"value":"x"')
  assert.equal(said(q.gt('day', '2026'), plainDialect), '"value":"2026"')
  assert.equal(valueInWords('2026', { type: 'date' }, plainDialect), '2026')
  assert.equal(valueInWords('2026', { type: 'date' }, loud), '2026!')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Expression } from './expression.ts'
import { renderExpression } from './render-expression.ts'
import { verbatim } from './sql.ts'

const a: Expression = { kind: 'column', name: 'a' }
const one: Expression = { kind: 'value', value: 1 }
const isOne: Expression = { kind: 'compare', operator: '=', left: a, right: one }

function text(expression: Expression): string {
  const sql = renderExpression(expression, { database: 'sqlite', literal: (value) => verbatim(JSON.stringify(value)) })
  return sql.parts.map((part) => (typeof part === 'string' ? part : 'name' in part ? part.name : '?')).join('')
}

test('parentheses stand only where they are needed', () => {
  const or: Expression = { kind: 'or', operands: [isOne, { kind: 'isNull', operand: a }] }
  assert.equal(text({ kind: 'and', operands: [isOne, or] }), 'a = 1 AND (a = 1 OR a IS NULL)')
  assert.equal(text({ kind: 'not', operand: or }), 'NOT (a = 1 OR a IS NULL)')
  const difference: Expression = { kind: 'arithmetic', operator: '-', left: a, right: one }
  assert.equal(text({ kind: 'arithmetic', operator: '-', left: a, right: difference }), 'a - (a - 1)')
})

test('raw SQL inside another expression is kept together', () => {
  assert.equal(text({ kind: 'and', operands: [{ kind: 'sql', sql: 'x or y' }, isOne] }), '(x or y) AND a = 1')
})

test('lists, ranges, patterns and calls', () => {
  assert.equal(text({ kind: 'in', operand: a, values: [1, 2] }), 'a IN (1, 2)')
  assert.equal(text({ kind: 'in', operand: a, values: [] }), 'false')
  assert.equal(text({ kind: 'between', operand: a, low: one, high: one }), 'a BETWEEN 1 AND 1')
  assert.equal(text({ kind: 'like', operand: a, pattern: 'x%' }), 'a LIKE "x%"')
  assert.equal(text({ kind: 'call', function: 'coalesce', arguments: [a, one] }), 'coalesce(a, 1)')
  assert.equal(text({ kind: 'not', operand: { kind: 'isNull', operand: a } }), 'a IS NOT NULL')
})

test('SQL for another database only is refused', () => {
  assert.throws(() => text({ kind: 'sql', sql: { postgres: 'x' } }), { code: 'database.sqlMissing' })
})

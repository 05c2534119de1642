import { assertNever } from '../lib/assert-never.ts'
import type { ArithmeticOperator, ComparisonOperator, Expression } from '../schema/expression.ts'
import type { Value } from '../schema/value.ts'
import type { Doc } from './layout.ts'
import { concat, symbol } from './layout.ts'
import { arrayDoc, callDoc, stringText } from './syntax.ts'
import { jsonDoc, literalDoc, sqlTextDoc } from './values.ts'

const comparisons = { '=': 'eq', '<>': 'ne', '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' } as const satisfies Record<
  ComparisonOperator,
  string
>
const arithmetics = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '||': 'concat' } as const satisfies Record<
  ArithmeticOperator,
  string
>

/**
 * An expression as calls of the `q` builder, exactly as it would have to be written to get the same data. What the builder cannot make is written as
 * the data itself, which every place that takes an expression accepts.
 */
export function expressionDoc(expression: Expression): Doc {
  switch (expression.kind) {
    case 'column':
      return q('field', stringText(expression.name))
    case 'value':
      return isLiteral(expression.value) ? q('value', literalDoc(expression.value)) : dataDoc(expression)
    case 'compare':
      return q(comparisons[expression.operator], subject(expression.left), operand(expression.right))
    case 'arithmetic': {
      const [first, ...others] = chain(expression, expression.operator)
      return q(arithmetics[expression.operator], subject(first), ...others.map(operand))
    }
    case 'in':
      return expression.values.every((value) => value !== null && isLiteral(value))
        ? q('in', subject(expression.operand), arrayDoc(expression.values.map(literalDoc)))
        : dataDoc(expression)
    case 'between':
      return q('between', subject(expression.operand), operand(expression.low), operand(expression.high))
    case 'like':
      return q('like', subject(expression.operand), stringText(expression.pattern))
    case 'isNull':
      return q('isNull', subject(expression.operand))
    case 'and':
    case 'or':
      return expression.operands.length === 0
        ? dataDoc(expression)
        : q(expression.kind, ...expression.operands.map(expressionDoc))
    case 'not':
      return expression.operand.kind === 'isNull'
        ? q('isNotNull', subject(expression.operand.operand))
        : q('not', expressionDoc(expression.operand))
    case 'call':
      return callOf(expression)
    case 'sql':
      return q('sql', sqlTextDoc(expression.sql))
    default:
      return assertNever(expression)
  }
}

function callOf(expression: Extract<Expression, { readonly kind: 'call' }>): Doc {
  const [first, ...others] = expression.arguments
  const takesMany = expression.function === 'coalesce'
  if (first === undefined || takesMany !== others.length > 0) return dataDoc(expression)
  return q(expression.function, subject(first), ...others.map(operand))
}

function q(method: string, ...args: readonly Doc[]): Doc {
  return callDoc(concat(symbol('q'), '.', method), args)
}

/** What stands first: a bare string is a field. */
function subject(expression: Expression): Doc {
  return expression.kind === 'column' ? stringText(expression.name) : expressionDoc(expression)
}

/** What stands after it: a bare literal is a literal. */
function operand(expression: Expression): Doc {
  const bare = expression.kind === 'value' && expression.value !== null && isLiteral(expression.value)
  return bare ? literalDoc(expression.value) : expressionDoc(expression)
}

/** `(a + b) + c` is one call with three parts; `a + (b + c)` is two calls. */
function chain(expression: Expression, operator: ArithmeticOperator): readonly [Expression, ...Expression[]] {
  if (expression.kind !== 'arithmetic' || expression.operator !== operator) return [expression]
  return [...chain(expression.left, operator), expression.right]
}

/** Whether the builder keeps a literal as it is: it has no form for JSON, and takes back what needs no tag. */
function isLiteral(value: Value): boolean {
  if (typeof value !== 'object' || value === null) return true
  if ('$bigint' in value) return !Number.isSafeInteger(Number(value.$bigint))
  return '$bytes' in value
}

/** The data itself, as JSON. */
function dataDoc(expression: Expression): Doc {
  const data = JSON.parse(JSON.stringify(expression))
  return jsonDoc(data)
}

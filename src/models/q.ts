import { fail } from '../errors/error.ts'
import type {
  ArithmeticOperator,
  ComparisonOperator,
  Expression,
  ExpressionFunction,
  SqlText,
} from '../schema/expression.ts'
import type { Value } from '../schema/value.ts'

/** A literal as source texts write it. */
export type Literal = string | number | bigint | boolean | Date | Uint8Array

/** What stands first in a comparison or computation: a field's name, or an expression. */
export type Subject = string | Expression

/** What stands second: a literal, or an expression (another field is `q.field('name')`). */
export type Operand = Literal | Expression

function field(name: string): Expression {
  return { kind: 'column', name }
}

function value(literal: Literal | null): Expression {
  return { kind: 'value', value: plainValue(literal) }
}

function subject(given: Subject): Expression {
  return typeof given === 'string' ? field(given) : given
}

function operand(given: Operand): Expression {
  return isExpression(given) ? given : value(given)
}

function isExpression(given: Operand | null): given is Expression {
  return typeof given === 'object' && given !== null && 'kind' in given
}

/** A literal in the form in which it is kept. Fails with `models.unusableLiteral` for what no column can hold. */
function plainValue(literal: Literal | null): Value {
  if (literal instanceof Date && !Number.isNaN(literal.getTime())) return literal.toISOString()
  if (literal instanceof Uint8Array) return { $bytes: Buffer.from(literal).toString('hex') }
  if (typeof literal === 'bigint') {
    const number = Number(literal)
    return Number.isSafeInteger(number) ? number : { $bigint: literal.toString() }
  }
  if (typeof literal === 'number' && Number.isFinite(literal)) return literal
  if (literal === null || typeof literal === 'string' || typeof literal === 'boolean') return literal
  return fail('models.unusableLiteral', { literal: String(literal) })
}

function comparison(operator: ComparisonOperator) {
  return (left: Subject, right: Operand): Expression => {
    // SQL's `x = NULL` is never true, so a condition that says so says nothing.
    if (right === null || right === undefined) fail('models.comparedWithNull', { operator, subject: name(left) })
    return { kind: 'compare', operator, left: subject(left), right: operand(right) }
  }
}

function name(given: Subject): string {
  return typeof given === 'string' ? given : given.kind === 'column' ? given.name : 'an expression'
}

function arithmetic(operator: ArithmeticOperator) {
  return (left: Subject, ...right: readonly [Operand, ...Operand[]]): Expression =>
    right.reduce<Expression>(
      (sum, next) => ({ kind: 'arithmetic', operator, left: sum, right: operand(next) }),
      subject(left),
    )
}

function call(called: ExpressionFunction) {
  return (of: Subject): Expression => ({ kind: 'call', function: called, arguments: [subject(of)] })
}

/**
 * Builds conditions and computed values over a model's fields, as plain data. A bare string that stands first is a field; after it, bare values are
 * literals and another field is `q.field('name')`. Numbers and texts mean the same on every database; for anything else there is `q.sql`.
 *
 * @example
 * q.and(q.gt('total', 0), q.isNotNull('issuedAt'))
 * q.lt('startsAt', q.field('endsAt'))
 * q.eq(q.lower('email'), 'ada@example.org')
 */
export const q = {
  /** A field, where a bare string would be a literal. */
  field,
  /** A literal, where a bare string would be a field. */
  value,
  eq: comparison('='),
  ne: comparison('<>'),
  lt: comparison('<'),
  lte: comparison('<='),
  gt: comparison('>'),
  gte: comparison('>='),
  /** The value is one of a list. */
  in: (of: Subject, values: readonly Literal[]): Expression => ({
    kind: 'in',
    operand: subject(of),
    values: values.map(plainValue),
  }),
  /** The value lies between two others, both included. */
  between: (of: Subject, low: Operand, high: Operand): Expression => ({
    kind: 'between',
    operand: subject(of),
    low: operand(low),
    high: operand(high),
  }),
  /** The text matches a pattern of SQL: `%` any characters, `_` one. */
  like: (of: Subject, pattern: string): Expression => ({ kind: 'like', operand: subject(of), pattern }),
  isNull: (of: Subject): Expression => ({ kind: 'isNull', operand: subject(of) }),
  isNotNull: (of: Subject): Expression => ({ kind: 'not', operand: { kind: 'isNull', operand: subject(of) } }),
  and: (...operands: readonly [Expression, ...Expression[]]): Expression => ({ kind: 'and', operands }),
  or: (...operands: readonly [Expression, ...Expression[]]): Expression => ({ kind: 'or', operands }),
  not: (condition: Expression): Expression => ({ kind: 'not', operand: condition }),
  lower: call('lower'),
  upper: call('upper'),
  /** The number of characters. */
  length: call('length'),
  abs: call('abs'),
  /** The text without blanks around it. */
  trim: call('trim'),
  /** The first that is not NULL. */
  coalesce: (of: Subject, ...others: readonly [Operand, ...Operand[]]): Expression => ({
    kind: 'call',
    function: 'coalesce',
    arguments: [subject(of), ...others.map(operand)],
  }),
  add: arithmetic('+'),
  sub: arithmetic('-'),
  mul: arithmetic('*'),
  div: arithmetic('/'),
  /** Texts one after the other. */
  concat: arithmetic('||'),
  /** SQL taken to the letter, over columns (not fields): one text for every database, or one for each by its kind. */
  sql: (sql: SqlText): Expression => ({ kind: 'sql', sql }),
} as const

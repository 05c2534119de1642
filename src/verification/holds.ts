import { assertNever } from '../lib/assert-never.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import type { Expression } from '../schema/expression.ts'
import type { Value } from '../schema/value.ts'

/** The values of a row by column, as literals; a column that is not known is absent. */
export type RowLiterals = ReadonlyMap<string, Value>

/** Not known: raw SQL, or a value that only the database can compute. NULL is null. */
const unknown = Symbol('unknown')
type Known = Value | typeof unknown

/**
 * Whether a row may satisfy a condition as far as it can be told without a database: `false` only where it surely does not. As in SQL, a condition that
 * is NULL refuses nothing.
 */
export function mayHold(condition: Expression, row: RowLiterals): boolean {
  return evaluate(condition, row) !== false
}

/** The value of an expression over a row, as far as it can be told without a database. */
export function evaluate(expression: Expression, row: RowLiterals): Known {
  const inner = (operand: Expression): Known => evaluate(operand, row)
  switch (expression.kind) {
    case 'column':
      return row.get(expression.name) ?? (row.has(expression.name) ? null : unknown)
    case 'value':
      return expression.value
    case 'compare':
      return ordered(inner(expression.left), inner(expression.right), (order) => compares(expression.operator, order))
    case 'in': {
      const operand = inner(expression.operand)
      if (operand === unknown || operand === null) return operand
      return expression.values.some((value) => canonicalJson(value) === canonicalJson(operand))
    }
    case 'between': {
      const operand = inner(expression.operand)
      return all([
        ordered(operand, inner(expression.low), (order) => order >= 0),
        ordered(operand, inner(expression.high), (order) => order <= 0),
      ])
    }
    case 'isNull': {
      const operand = inner(expression.operand)
      return operand === unknown ? unknown : operand === null
    }
    case 'and':
      return all(expression.operands.map(inner))
    case 'or':
      return not(all(expression.operands.map(inner).map(not)))
    case 'not':
      return not(inner(expression.operand))
    case 'like': {
      const operand = inner(expression.operand)
      if (operand === null || typeof operand !== 'string') return operand === null ? null : unknown
      // Whether upper and lower case are one is for the database to say.
      return isLike(operand.toLowerCase(), expression.pattern.toLowerCase()) ? unknown : false
    }
    case 'call': {
      const [first] = expression.arguments
      const operand = first === undefined ? unknown : inner(first)
      return expression.function === 'length' && typeof operand === 'string' ? [...operand].length : unknown
    }
    case 'arithmetic':
    case 'sql':
      return unknown
    default:
      return assertNever(expression)
  }
}

function isLike(text: string, pattern: string): boolean {
  const parts = [...pattern].map((letter) =>
    letter === '%' ? '.*' : letter === '_' ? '.' : letter.replace(/[\\^$.*+?()[\]{}|]/, '\\$&'),
  )
  return new RegExp(`^${parts.join('')}$`, 'su').test(text)
}

function not(known: Known): Known {
  return typeof known === 'boolean' ? !known : known
}

function all(operands: readonly Known[]): Known {
  if (operands.includes(false)) return false
  return operands.find((operand) => operand !== true) ?? true
}

function ordered(left: Known, right: Known, holds: (order: number) => boolean): Known {
  if (left === null || right === null) return null
  if (typeof left === 'number' && typeof right === 'number') return holds(left - right)
  // Decimals are kept as text; which text comes first is for the database to say.
  if (isNumeral(left) && isNumeral(right)) return holds(Number(left) - Number(right))
  if (left === unknown || right === unknown) return unknown
  return canonicalJson(left) === canonicalJson(right) ? holds(0) : unknown
}

function isNumeral(known: Known): known is number | string {
  return typeof known === 'number' || (typeof known === 'string' && /^-?\d+(\.\d+)?$/.test(known))
}

type Operator = Extract<Expression, { kind: 'compare' }>['operator']

function compares(operator: Operator, order: number): boolean {
  switch (operator) {
    case '=':
      return order === 0
    case '<>':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    default:
      return assertNever(operator)
  }
}

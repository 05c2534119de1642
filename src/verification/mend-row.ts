import type { ComparisonOperator, Expression } from '../schema/expression.ts'
import type { Value } from '../schema/value.ts'
import { evaluate, type RowLiterals } from './holds.ts'

/** What some columns could hold so that a condition is satisfied which a row does not satisfy; nothing where that is not to be seen. */
export function mending(condition: Expression, row: RowLiterals): ReadonlyMap<string, Value> {
  const changes = new Map<string, Value>()
  const look = (expression: Expression): void => {
    if (evaluate(expression, row) !== false) return
    switch (expression.kind) {
      case 'compare': {
        const { left, operator, right } = expression
        if (left.kind === 'column') set(left.name, beside(evaluate(right, row), operator))
        else if (right.kind === 'column') set(right.name, beside(evaluate(left, row), turned[operator]))
        return
      }
      case 'in':
        if (expression.operand.kind === 'column') set(expression.operand.name, expression.values[0])
        return
      case 'between':
        if (expression.operand.kind === 'column')
          set(expression.operand.name, beside(evaluate(expression.low, row), '>='))
        return
      case 'like':
        if (expression.operand.kind === 'column') set(expression.operand.name, expression.pattern.replace(/[%_]/g, 'h'))
        return
      case 'and':
        for (const operand of expression.operands) look(operand)
        return
      case 'or':
        for (const operand of expression.operands.slice(0, 1)) look(operand)
        return
      default:
    }
  }
  const set = (column: string, value: ReturnType<typeof evaluate> | undefined): void => {
    if (value !== undefined && typeof value !== 'symbol') changes.set(column, value)
  }
  look(condition)
  return changes
}

const turned = { '=': '=', '<>': '<>', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const satisfies Record<
  ComparisonOperator,
  ComparisonOperator
>

/** A value that compares so with another; undefined where none is known. */
function beside(known: ReturnType<typeof evaluate>, operator: ComparisonOperator): Value | undefined {
  if (typeof known === 'symbol' || known === null) return undefined
  if (operator === '=' || operator === '<=' || operator === '>=') return known
  const step = operator === '<' ? -1 : 1
  if (typeof known === 'number') return known + step
  return typeof known === 'string' && /^-?\d+(\.\d+)?$/.test(known) ? String(Number(known) + step) : undefined
}

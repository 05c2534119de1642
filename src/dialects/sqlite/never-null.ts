import { assertNever } from '../../lib/assert-never.ts'
import type { Expression } from '../../schema/expression.ts'
import type { Table } from '../../schema/schema.ts'
import { columnOf } from './carry-over.ts'

/**
 * Whether an expression has a value for every row that the table can hold. ALTER TABLE … ADD CHECK (3.53) refuses rows for which the condition
 * comes out as NULL, while a CHECK in a CREATE TABLE takes them. Raw SQL may come out as anything.
 */
export function isNeverNull(expression: Expression, table: Table): boolean {
  const inner = (operand: Expression): boolean => isNeverNull(operand, table)
  switch (expression.kind) {
    case 'column':
      return columnOf(table, expression.name)?.nullable === false
    case 'value':
      return expression.value !== null
    case 'isNull':
      return true
    case 'compare':
      return inner(expression.left) && inner(expression.right)
    case 'arithmetic':
      // A division by zero is NULL.
      return expression.operator !== '/' && inner(expression.left) && inner(expression.right)
    case 'in':
      return inner(expression.operand) && !expression.values.includes(null)
    case 'between':
      return inner(expression.operand) && inner(expression.low) && inner(expression.high)
    case 'like':
    case 'not':
      return inner(expression.operand)
    case 'and':
    case 'or':
      return expression.operands.every(inner)
    case 'call':
      return expression.function === 'coalesce' ? expression.arguments.some(inner) : expression.arguments.every(inner)
    case 'sql':
      return false
    default:
      return assertNever(expression)
  }
}

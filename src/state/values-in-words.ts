import { kindOf } from '../fields/kinds.ts'
import { assertNever } from '../lib/assert-never.ts'
import type { ColumnType } from '../schema/column-type.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { Value } from '../schema/value.ts'
import { findField, type ModelState } from './project-state.ts'

/**
 * An expression over a model's fields, its values in the words of the database: a moment that is compared with a field is kept as ISO 8601 has it,
 * and not every database reads that. What a value without a field beside it is, nobody tells.
 */
export function withValuesInWords(expression: Expression, model: ModelState, { spelling }: Dialect): Expression {
  const { valueIn } = spelling
  return valueIn === undefined ? expression : inWords(expression, (operand) => typeOf(operand, model), valueIn)
}

/** A value of a field's own, such as one of its choices. */
export function valueInWords(value: Value, type: ColumnType, { spelling }: Dialect): Value {
  return spelling.valueIn?.(value, type) ?? value
}

function typeOf(operand: Expression, model: ModelState): ColumnType | undefined {
  const field = operand.kind === 'column' ? findField(model, operand.name)?.field : undefined
  return field && kindOf(field).columnType(field)
}

function inWords(
  expression: Expression,
  typeOfOperand: (operand: Expression) => ColumnType | undefined,
  valueIn: (value: Value, type: ColumnType) => Value,
): Expression {
  const inner = (operand: Expression): Expression => inWords(operand, typeOfOperand, valueIn)
  const beside = (operand: Expression, other: Expression): Expression => {
    const type = operand.kind === 'value' ? typeOfOperand(other) : undefined
    return operand.kind === 'value' && type !== undefined
      ? { ...operand, value: valueIn(operand.value, type) }
      : inner(operand)
  }
  switch (expression.kind) {
    case 'column':
    case 'value':
    case 'sql':
      return expression
    case 'compare': {
      const { left, right } = expression
      return { ...expression, left: beside(left, right), right: beside(right, left) }
    }
    case 'arithmetic':
      return { ...expression, left: inner(expression.left), right: inner(expression.right) }
    case 'between': {
      const { operand, low, high } = expression
      return { ...expression, operand: inner(operand), low: beside(low, operand), high: beside(high, operand) }
    }
    case 'in': {
      const type = typeOfOperand(expression.operand)
      const values = type === undefined ? expression.values : expression.values.map((value) => valueIn(value, type))
      return { ...expression, operand: inner(expression.operand), values }
    }
    case 'like':
    case 'isNull':
    case 'not':
      return { ...expression, operand: inner(expression.operand) }
    case 'and':
    case 'or':
      return { ...expression, operands: expression.operands.map(inner) }
    case 'call': {
      // Of these, one is taken for another: all are of one type.
      const [first] = expression.function === 'coalesce' ? expression.arguments : []
      const argument = (one: Expression): Expression => (first === undefined ? inner(one) : beside(one, first))
      return { ...expression, arguments: expression.arguments.map(argument) }
    }
    default:
      return assertNever(expression)
  }
}

import type { ColumnType } from './column-type.ts'
import type { Expression } from './expression.ts'
import type { Value } from './value.ts'

/** The way back: what of a real database a model would say, and how. Pure; what is undefined is nothing that a field says. */
export interface Reading {
  /** The column type that a type's name is the spelling of, or means the same as. One that lists its values in place is an enum whose native name is empty. */
  type(name: string): ColumnType | undefined
  /** The literal that an expression is. */
  literal(expression: Expression): Value | undefined
  /** A condition over one column that a field could bring along, in its parts: `column IN (…)`, `column >= 0`, that json is valid. */
  condition(expression: Expression): Expression | undefined
}

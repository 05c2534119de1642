import { assertNever } from '../lib/assert-never.ts'
import type { Value } from './value.ts'

/** SQL that a user wrote: one text for every database, or one for each by its kind (`{ sqlite: '…', postgres: '…' }`). */
export type SqlText = string | { readonly [database: string]: string }

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>='
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '||'
/** `jsonValid` is for dialects that hold json as text; the others are for users too. */
export type ExpressionFunction = 'lower' | 'upper' | 'length' | 'abs' | 'coalesce' | 'trim' | 'jsonValid'

/**
 * A condition or computed value, as plain data. In a model it speaks of fields, in a Schema of columns; `mapColumns` goes from one to the other
 * and follows renames. What an inspector read, and what a user wrote as SQL, is the kind `sql`.
 */
export type Expression =
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'value'; readonly value: Value }
  | {
      readonly kind: 'compare'
      readonly operator: ComparisonOperator
      readonly left: Expression
      readonly right: Expression
    }
  | {
      readonly kind: 'arithmetic'
      readonly operator: ArithmeticOperator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'in'; readonly operand: Expression; readonly values: readonly Value[] }
  | { readonly kind: 'between'; readonly operand: Expression; readonly low: Expression; readonly high: Expression }
  | { readonly kind: 'like'; readonly operand: Expression; readonly pattern: string }
  | { readonly kind: 'isNull'; readonly operand: Expression }
  | { readonly kind: 'and'; readonly operands: readonly Expression[] }
  | { readonly kind: 'or'; readonly operands: readonly Expression[] }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'call'; readonly function: ExpressionFunction; readonly arguments: readonly Expression[] }
  | { readonly kind: 'sql'; readonly sql: SqlText }

/** The parts of an expression that hold no other. */
export type ExpressionLeaf = Extract<Expression, { readonly kind: 'column' | 'value' | 'sql' }>

/** The same expression with every column (or field) name replaced. Raw SQL is left as it is: its names are not known. */
export function mapColumns(expression: Expression, rename: (name: string) => string): Expression {
  return mapLeaves(expression, (leaf) => (leaf.kind === 'column' ? { ...leaf, name: rename(leaf.name) } : leaf))
}

/** Whether a user's SQL is in it, of which nothing is known. */
export function hasRawSql(expression: Expression): boolean {
  return JSON.stringify(expression).includes('"kind":"sql"')
}

/** The same expression with every leaf replaced: columns, values and raw SQL. */
export function mapLeaves(expression: Expression, replace: (leaf: ExpressionLeaf) => Expression): Expression {
  const inner = (operand: Expression): Expression => mapLeaves(operand, replace)
  switch (expression.kind) {
    case 'column':
    case 'value':
    case 'sql':
      return replace(expression)
    case 'compare':
    case 'arithmetic':
      return { ...expression, left: inner(expression.left), right: inner(expression.right) }
    case 'between':
      return {
        ...expression,
        operand: inner(expression.operand),
        low: inner(expression.low),
        high: inner(expression.high),
      }
    case 'in':
    case 'like':
    case 'isNull':
    case 'not':
      return { ...expression, operand: inner(expression.operand) }
    case 'and':
    case 'or':
      return { ...expression, operands: expression.operands.map(inner) }
    case 'call':
      return { ...expression, arguments: expression.arguments.map(inner) }
    default:
      return assertNever(expression)
  }
}

/** The names of all columns (or fields) that an expression is known to read; raw SQL tells none. */
export function columnsOf(expression: Expression): ReadonlySet<string> {
  const found = new Set<string>()
  mapColumns(expression, (column) => {
    found.add(column)
    return column
  })
  return found
}

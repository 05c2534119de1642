import { fail } from '../errors/error.ts'
import { assertNever } from '../lib/assert-never.ts'
import { snakeCase } from '../lib/snake-case.ts'
import type { Expression, ExpressionFunction, SqlText } from './expression.ts'
import { join, name, type Sql, sql, verbatim } from './sql.ts'
import type { Value } from './value.ts'

/** What differs between databases when an expression becomes SQL. */
export interface ExpressionRules {
  /** The kind of database, which picks one of several texts that a user wrote. */
  readonly database: string
  /** A value as a literal: DDL takes no parameters. */
  literal(value: Value): Sql
  /** A call, where it is not `name(arguments)`. */
  call?(name: ExpressionFunction, args: readonly Sql[]): Sql | undefined
  /** Two texts put together, where that is not `a || b`. */
  concatenation?(left: Sql, right: Sql): Sql
}

/** An expression as SQL: columns quoted, values as literals, parentheses only where they are needed. */
export function renderExpression(expression: Expression, rules: ExpressionRules): Sql {
  const render = (inner: Expression): Sql => renderExpression(inner, rules)
  const operand = (inner: Expression, within: number): Sql =>
    binding(inner) > within ? render(inner) : sql`(${render(inner)})`
  switch (expression.kind) {
    case 'column':
      return name(expression.name)
    case 'value':
      return rules.literal(expression.value)
    case 'compare':
    case 'arithmetic': {
      if (expression.operator === '||' && rules.concatenation !== undefined) {
        return rules.concatenation(render(expression.left), render(expression.right))
      }
      const within = binding(expression)
      return sql`${operand(expression.left, within)} ${verbatim(expression.operator)} ${operand(expression.right, within)}`
    }
    case 'in':
      // An empty list is an error in most databases, and no value is in it.
      if (expression.values.length === 0) return rules.literal(false)
      return sql`${operand(expression.operand, levels.comparison)} IN (${join(expression.values.map(rules.literal))})`
    case 'between': {
      const bound = (inner: Expression): Sql => operand(inner, levels.comparison)
      return sql`${bound(expression.operand)} BETWEEN ${bound(expression.low)} AND ${bound(expression.high)}`
    }
    case 'like':
      return sql`${operand(expression.operand, levels.comparison)} LIKE ${rules.literal(expression.pattern)}`
    case 'isNull':
      return sql`${operand(expression.operand, levels.comparison)} IS NULL`
    case 'not':
      return expression.operand.kind === 'isNull'
        ? sql`${operand(expression.operand.operand, levels.comparison)} IS NOT NULL`
        : sql`NOT ${operand(expression.operand, levels.not)}`
    case 'and':
    case 'or': {
      if (expression.operands.length === 0) return rules.literal(expression.kind === 'and')
      const parts = expression.operands.map((inner) => operand(inner, binding(expression)))
      return join(parts, expression.kind === 'and' ? ' AND ' : ' OR ')
    }
    case 'call': {
      const args = expression.arguments.map(render)
      return rules.call?.(expression.function, args) ?? sql`${verbatim(snakeCase(expression.function))}(${join(args)})`
    }
    case 'sql':
      return verbatim(textForDatabase(expression.sql, rules.database))
    default:
      return assertNever(expression)
  }
}

/** The text for one kind of database, of SQL that a user wrote. */
export function textForDatabase(text: SqlText, database: string): string {
  if (typeof text === 'string') return text
  return text[database] ?? fail('database.sqlMissing', { database, given: Object.keys(text) })
}

const levels = { or: 1, and: 2, not: 3, comparison: 4, arithmetic: 5, atom: 6 }

/** How tightly the outermost operator of an expression binds. Raw SQL binds least: what is in it is not known. */
function binding(expression: Expression): number {
  switch (expression.kind) {
    case 'sql':
      return 0
    case 'or':
    case 'and':
      return levels[expression.kind]
    case 'not':
      return expression.operand.kind === 'isNull' ? levels.comparison : levels.not
    case 'compare':
    case 'between':
    case 'like':
    case 'isNull':
    case 'in':
      return levels.comparison
    case 'arithmetic':
      return levels.arithmetic
    case 'column':
    case 'value':
    case 'call':
      return levels.atom
    default:
      return assertNever(expression)
  }
}

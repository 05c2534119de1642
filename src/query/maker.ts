import type { AliasedExpression } from 'kysely'
import type { Condition, Expr, ExpressionMaker, Queries } from '../schema/queries.ts'
import { asExpression, type Builder, named, rowOf, type Select } from './tables.ts'

/** Everything that filters and computations are made with, over Kysely's own maker. */
export interface Maker extends ExpressionMaker {
  readonly and: (conditions: readonly Condition[]) => Condition
  readonly or: (conditions: readonly Condition[]) => Condition
  /** True where the condition is false or, because of a NULL, unknown. */
  readonly isNotTrue: (condition: Condition) => Condition
  readonly isNotNull: (operand: Expr) => Condition
  /** Of an empty list nothing is one. */
  readonly oneOf: (operand: Expr, values: readonly Expr[]) => Condition
  readonly exists: (query: Select) => Condition
  readonly isIn: (operand: readonly Expr[], query: Select) => Condition
  /** An expression of another's making, in parentheses. */
  readonly group: (operand: Expr) => Expr
  readonly choose: (condition: Condition, then: Expr, otherwise: Expr) => Expr
  readonly select: (from: AliasedExpression<unknown, string>) => Select
}

/** Makes expressions with Kysely's maker. */
export function makerOf(build: Builder, queries: Pick<Queries, 'inOtherWords' | 'lacks'>): Maker {
  const plain = plainMaker(build)
  const words = queries.inOtherWords?.(plain) ?? {}
  if (queries.lacks?.has('ownTable') !== true) return { ...plain, ...words }
  return { ...plain, ...words, isIn: (operands, query) => plain.isIn(operands, foundFirst(build, query)) }
}

/** A query that is through before the one around it begins: what has a limit is never made a part of that. */
function foundFirst(build: Builder, query: Select): Select {
  return build.selectFrom(named(asExpression(whole(query)), 'found_first')).selectAll()
}

/** The same query with a limit, which is beyond all tables where it has none. */
export function whole(query: Select): Select {
  return query.toOperationNode().limit === undefined ? query.limit(Number.MAX_SAFE_INTEGER) : query
}

function plainMaker(build: Builder): Maker {
  const grouped = (operand: Expr): Expr => build.parens(operand)
  return {
    bound: (value) => build.val(value),
    constant: (value) => build.lit(value),
    binary: (left, operator, right) => grouped(build(left, operator, right)),
    wholeQuotient: (left, right) => grouped(build(left, '/', right)),
    compare: (left, operator, right) => build(left, operator, right),
    isNull: (operand) => build(operand, 'is', null),
    not: (condition) => build.not(build.parens(condition)),
    call: (name, ...operands) => build.fn(name, [...operands]),
    cast: (operand, type) => build.cast(operand, type),
    and: (conditions) => build.and([...conditions]),
    or: (conditions) => build.or([...conditions]),
    isNotTrue: (condition) => build(build.parens(condition), 'is not', build.lit(true)),
    isNotNull: (operand) => build(operand, 'is not', null),
    oneOf: (operand, values) => (values.length === 0 ? build.or([]) : build(operand, 'in', [...values])),
    exists: (query) => build.exists(query),
    isIn: (operands, query) => build(rowOf(operands), 'in', query),
    compareRows: (left, operator, right) => build(rowOf(left), operator, rowOf(right)),
    group: grouped,
    choose: (condition, then, otherwise) => build.case().when(condition).then(then).else(otherwise).end(),
    select: (from) => build.selectFrom(from),
  }
}

import { fail } from '../errors/error.ts'
import { kindOf } from '../fields/kinds.ts'
import type { ColumnType } from '../schema/column-type.ts'
import type { Expr } from '../schema/queries.ts'
import type { Value } from '../schema/value.ts'
import { bound, inWords } from './literals.ts'
import { type Place, siteOf } from './place.ts'
import type { Attribute } from './shape.ts'
import type { Computation } from './update-types.ts'

/** What a computation gives, as far as it matters for what it can be computed with and stored in. */
export type Sort =
  | 'integer'
  | 'decimal'
  | 'double'
  | 'text'
  | 'NULL'
  | 'unknown'
  | Exclude<ColumnType['type'], NumberOrText>
type NumberOrText = 'smallInteger' | 'integer' | 'bigInteger' | 'decimal' | 'double' | 'varchar' | 'text' | 'enum'

/** The inside of a computation. Only who was handed the functions has one: nothing that looks like it is taken for it. */
export class Computed implements Computation {
  readonly computation: object = Computed
  readonly value: Expr
  readonly sort: Sort

  constructor(value: Expr, sort: Sort) {
    this.value = value
    this.sort = sort
  }
}

export function sortOf({ type }: ColumnType): Sort {
  switch (type) {
    case 'smallInteger':
    case 'integer':
    case 'bigInteger':
      return 'integer'
    case 'varchar':
    case 'enum':
      return 'text'
    default:
      return type
  }
}

export function isNumber(sort: Sort): boolean {
  return sort === 'integer' || sort === 'decimal' || sort === 'double' || isOpen(sort)
}

export function isText(sort: Sort): boolean {
  return sort === 'text' || isOpen(sort)
}

function isOpen(sort: Sort): boolean {
  return sort === 'NULL' || sort === 'unknown'
}

/** Whether a field of one sort can hold a value of the other. Whole numbers hold no fractions: they want `round`. */
export function canHold(field: Sort, value: Sort): boolean {
  if (value === field || isOpen(value) || field === 'custom') return true
  return (field === 'decimal' || field === 'double') && isNumber(value)
}

/** The sort of a computation with two numbers. */
export function widest(left: Sort, right: Sort): Sort {
  return (
    (['unknown', 'double', 'decimal', 'integer'] as const).find((sort) => sort === left || sort === right) ?? 'NULL'
  )
}

/** The one sort of values of which one will be taken. */
export function common(place: Place, name: string, all: readonly Computed[]): Sort {
  return all.reduce<Sort>((sort, { sort: next }) => {
    if (sort === next || next === 'NULL') return sort
    if (sort === 'NULL') return next
    if (isNumber(sort) && isNumber(next)) return widest(sort, next)
    return wrong(place, name, `would be of the sort ${sort} or of the sort ${next}`)
  }, 'NULL')
}

/** The computation, if it is of a sort that fits. */
export function expected(
  place: Place,
  name: string,
  operand: Computed,
  fits: (sort: Sort) => boolean,
  wanted: string,
): Computed {
  return fits(operand.sort)
    ? operand
    : wrong(place, name, `wants ${wanted} and is given one of the sort ${operand.sort}`)
}

/**
 * Another computation, or a plain value with the type that it has by itself. `as`: the field that it may be meant for, where that one is of a type
 * whose values are written as text.
 */
export function operandOf(place: Place, subject: string, given: unknown, as?: Attribute): Computed {
  const { make, dialect } = place.around
  if (given instanceof Computed) return given
  if (given === null) return new Computed(make.constant(null), 'NULL')
  const meant =
    as === undefined || isNumber(sortOf(as.type)) || isText(sortOf(as.type)) ? undefined : literalFor(as, given)
  if (as !== undefined && meant !== undefined) {
    return new Computed(dialect.queries.typed(bound(place, as, meant), as.type, make), sortOf(as.type))
  }
  const plain = plainLiteral(given)
  return plain === undefined ? wrong(place, subject, `is ${inWords(given)}`) : typedLiteral(place, ...plain)
}

/** A number, or its digits as text. */
export function numberOf(place: Place, name: string, given: unknown): Computed {
  const isDigits = typeof given === 'string' && /^-?\d{1,35}(\.\d{1,30})?$/.test(given)
  const operand = isDigits ? typedLiteral(place, given, decimal) : operandOf(place, `an operand of ${name}`, given)
  return expected(place, name, operand, isNumber, 'a number')
}

/** Fails with `query.wrongComputation`. */
export function wrong(place: Place, subject: string, problem: string): never {
  return fail('query.wrongComputation', { ...siteOf(place), subject, problem })
}

function literalFor({ field }: Attribute, given: unknown): Value | undefined {
  return kindOf(field).literal(given, field)
}

function typedLiteral(place: Place, literal: Value, type: ColumnType): Computed {
  const { make, dialect } = place.around
  const value = make.bound(dialect.queries.bind(literal, type))
  return new Computed(dialect.queries.typed(value, type, make), sortOf(type))
}

const decimal: ColumnType = { type: 'decimal', precision: 65, scale: 30 }

function plainLiteral(given: unknown): readonly [Value, ColumnType] | undefined {
  if (typeof given === 'string') return [given, { type: 'text' }]
  if (typeof given === 'boolean') return [given, { type: 'boolean' }]
  if (typeof given === 'bigint') return [{ $bigint: String(given) }, { type: 'bigInteger' }]
  if (typeof given === 'number' && Number.isSafeInteger(given)) return [given, { type: 'bigInteger' }]
  if (typeof given === 'number' && Number.isFinite(given)) return [given, decimal]
  if (given instanceof Date && !Number.isNaN(given.getTime())) return [given.toISOString(), { type: 'timestamp' }]
  if (given instanceof Uint8Array) return [{ $bytes: Buffer.from(given).toString('hex') }, { type: 'binary' }]
  return undefined
}

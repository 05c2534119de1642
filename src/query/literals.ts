import { inspect } from 'node:util'
import { fail } from '../errors/error.ts'
import { fieldTypeInWords } from '../fields/database-options.ts'
import type { Field } from '../fields/field.ts'
import { kindOf } from '../fields/kinds.ts'
import type { Expr } from '../schema/queries.ts'
import type { Value } from '../schema/value.ts'
import { type Place, siteOf } from './place.ts'
import type { Attribute } from './shape.ts'

/** A value that is compared with a field, ready to stand in a query. Fails with `query.wrongValue` where no such field can hold it. */
export function compared(place: Place, attribute: Attribute, given: unknown): Expr {
  const { kind, values, of, types } = attribute.field
  // What is longer, or has more digits, than the field takes, is in no row; it can be asked for.
  const unlimited: Field = { kind, ...(values && { values }), ...(of && { of }), ...(types && { types }) }
  const exact = attribute.type.type === 'decimal' && typeof given === 'number' ? significantDigits(given) : given
  const { dialect, make } = place.around
  const value = bound(place, attribute, literalOf(place, attribute, exact, unlimited))
  return dialect.queries.comparable?.(value, attribute.type, make) ?? value
}

/** A value that is written into a field, as the driver takes it. Fails with `query.wrongValue` where the field cannot hold it. */
export function written(place: Place, attribute: Attribute, given: unknown): unknown {
  const { type, nullable, field } = attribute
  const { bind } = place.around.dialect.queries
  if (given === null && nullable) return null
  const rounded = type.type === 'decimal' && typeof given === 'number' ? placesOf(given, type.scale) : given
  return bind(literalOf(place, attribute, rounded, field), type)
}

/** The literal that a value is for a field, as migrations keep it. */
export function literalOf(place: Place, attribute: Attribute, given: unknown, field: Field): Value {
  const literal = given === null || given === undefined ? undefined : kindOf(field).literal(given, field)
  // Years before 0 and after 9999 have a sign in ISO 8601, and another spelling in each database.
  const isOutside = attribute.type.type === 'timestamp' && typeof literal === 'string' && /^[+-]/.test(literal)
  return literal === undefined || isOutside ? wrongValue(place, attribute, given) : literal
}

export function bound({ around }: Place, { type }: Attribute, literal: Value): Expr {
  return around.make.bound(around.dialect.queries.bind(literal, type))
}

function wrongValue(place: Place, attribute: Attribute, given: unknown): never {
  const { name, field, nullable } = attribute
  const words = given === null && !nullable ? 'never NULL' : `${articleFor(fieldTypeInWords(field))}`
  return fail('query.wrongValue', { ...siteOf(place), field: name, type: words, value: inWords(given) })
}

function articleFor(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}

/** A value as a message shows it, cut where it is long. */
export function inWords(given: unknown): string {
  const text = inspect(given, { depth: 2, breakLength: Number.POSITIVE_INFINITY })
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

/** A number of JavaScript's is no exact decimal: 0.1 + 0.2 is meant to be 0.30. */
function placesOf(number: number, scale: number): number | string {
  return Number.isFinite(number) && Math.abs(number) < 1e15 ? number.toFixed(scale) : number
}

/** The digits of a number that mean something, without an exponent: 0.1 + 0.2 is 0.3. */
function significantDigits(number: number): number | string {
  if (!Number.isFinite(number) || Math.abs(number) >= 1e15) return number
  const digits = String(Number(number.toPrecision(15)))
  return digits.includes('e') ? number.toFixed(30) : digits
}

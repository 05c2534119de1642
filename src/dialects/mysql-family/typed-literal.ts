import type { Value } from '../../schema/value.ts'
import { literalText } from './literal.ts'

/**
 * A value as a literal for a column of a type: moments without the letters of ISO 8601, which the server takes for a mistake, and with as many
 * places as the server prints.
 */
export function typedLiteral(value: Value, type: string): string {
  return literalText(typedValue(value, type))
}

/** A value as the server would print it for a column of a type. */
export function typedValue(value: Value, type: string): Value {
  if (typeof value !== 'string') return value
  const places = /^(?:datetime|timestamp|time)(?:\((\d)\))?$/.exec(type)
  if (places === null) return value
  const moment = momentForm.exec(value)
  if (moment === null) return value
  const [, day, time = '', fraction = ''] = moment
  return `${day === undefined ? '' : `${day} `}${time}${fractionOf(fraction, Number(places[1] ?? 0))}`
}

const momentForm = /^(?:(\d{4}-\d\d-\d\d)[T ])?(\d\d:\d\d:\d\d)(?:\.(\d+))?Z?$/

/** All places that the column has; what has more is left as it is, for the server to round. */
function fractionOf(digits: string, places: number): string {
  const padded = digits.padEnd(places, '0')
  return padded === '' ? '' : `.${padded}`
}

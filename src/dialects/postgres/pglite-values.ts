import { arrayText, readArray } from './array-text.ts'
import { readInterval } from './interval.ts'
import { readMoment } from './read-moment.ts'

/**
 * How PGlite is to read what the server sends, by the number of the type: as `pg` does, so that one row type is true of both. By itself, PGlite
 * makes a number or a bigint of a bigint, a text of a span of time, and of a date the midnight of another time zone.
 */
export const pgliteParsers: Readonly<Record<number, (text: string) => unknown>> = parsersOfTypes()

function parsersOfTypes(): Record<number, (text: string) => unknown> {
  const asText = (text: string): string => text
  // Each with the number of its array. https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat
  const scalars: readonly [type: number, arrayType: number, parse: (text: string) => unknown][] = [
    [16, 1000, (text) => text === 't'], // boolean
    [17, 1001, (text) => Buffer.from(text.slice(2), 'hex')], // bytea
    [20, 1016, asText], // bigint
    [21, 1005, Number], // smallint
    [23, 1007, Number], // integer
    [25, 1009, asText], // text
    [26, 1028, Number], // oid
    [114, 199, JSON.parse], // json
    [700, 1021, Number], // real
    [701, 1022, Number], // double precision
    [869, 1041, asText], // inet
    [1042, 1014, asText], // char
    [1043, 1015, asText], // varchar
    [1082, 1182, readMoment], // date
    [1083, 1183, asText], // time
    [1114, 1115, readMoment], // timestamp
    [1184, 1185, readMoment], // timestamp with time zone
    [1186, 1187, readInterval], // interval
    [1266, 1270, asText], // time with time zone
    [2950, 2951, asText], // uuid
    [3802, 3807, JSON.parse], // jsonb
    [3906, 3907, asText], // numrange
  ]
  const parsers = scalars.flatMap(([type, arrayType, parse]): [number, (text: string) => unknown][] => [
    [type, (text) => parse(text)],
    [arrayType, (text) => readArray(text, (element) => parse(element))],
  ])
  // `pg` leaves a numeric a text and makes numbers of those in an array.
  return Object.fromEntries([...parsers, [1700, asText], [1231, (text: string) => readArray(text, Number)]])
}

/**
 * A parameter as the text that `pg` would send for it, whatever the column is: an array as a PostgreSQL array, any other object as JSON, a Date in
 * local time with its offset, so that a date column stores the local day. PGlite's own serialisers, which go by the column, are not to see it.
 */
export function pgliteParameter(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value !== 'object') return String(value)
  if (ArrayBuffer.isView(value)) {
    return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
  }
  if (value instanceof Date) return momentText(value)
  if (Array.isArray(value)) return arrayText(value, pgliteParameter)
  if ('toPostgres' in value && typeof value.toPostgres === 'function') {
    return pgliteParameter(value.toPostgres(pgliteParameter))
  }
  return JSON.stringify(value)
}

function momentText(moment: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0')
  const year = moment.getFullYear()
  const offset = -moment.getTimezoneOffset()
  const day = `${String(year < 1 ? 1 - year : year).padStart(4, '0')}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
  const time = [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(':')
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
  return `${day}T${time}.${String(moment.getMilliseconds()).padStart(3, '0')}${zone}${year < 1 ? ' BC' : ''}`
}

import type { ColumnType } from '../../schema/column-type.ts'
import type { Queries } from '../../schema/queries.ts'
import type { Json, Value } from '../../schema/value.ts'
import { valueByKind } from '../../schema/value-kinds.ts'
import { loadKysely } from '../shared/quiet-loading.ts'
import { decimalText, exactInteger, shortTime } from '../shared/read-values.ts'
import { arrayText, readArray } from './array-text.ts'
import { spelling } from './column-types.ts'
import { isoInterval } from './interval.ts'
import { readMoment } from './read-moment.ts'

/** How historical models ask PostgreSQL, and read what it answers. */
export const queries: Queries = {
  // The number of parameters is two bytes of a message (https://www.postgresql.org/docs/current/protocol-message-formats.html).
  parameterLimit: 65_535,
  readsAsText: ({ type }) => asText.has(type),
  read,
  bind,
  typed: (operand, type) => {
    const { sql } = loadKysely()
    return sql`(cast(${operand} as ${sql.raw(unlimited(type))}))`
  },
  stored: (computed, type, make) =>
    type.type === 'enum' && type.native !== undefined ? queries.typed(computed, type, make) : computed,
  match(how, text, part, make, collated) {
    if (how === 'iexact') {
      const typed = make.cast(make.bound(part), 'text')
      return make.compare(make.call('lower', make.cast(text, 'text')), '=', make.call('lower', typed))
    }
    const escaped = part.replace(/[\\%_]/g, '\\$&')
    const before = how === 'startsWith' ? '' : '%'
    const after = how === 'endsWith' ? '' : '%'
    const plain = make.cast(text, 'text')
    // LIKE takes no collation that is not deterministic; any other is left, so that an index can serve.
    const searched = collated ? loadKysely().sql`(${plain} collate "C")` : plain
    return make.compare(searched, 'like', make.bound(`${before}${escaped}${after}`))
  },
}

/** Types of which drivers make objects of their own, each its way, or numbers that are not exact. */
const asText = new Set<ColumnType['type']>([
  'bigInteger',
  'decimal',
  'date',
  'time',
  'timestamp',
  'json',
  'duration',
  'range',
  'array',
])

/** The name of the type without limits: a cast to one with limits cuts off what is too long. */
function unlimited(type: ColumnType): string {
  switch (type.type) {
    case 'varchar':
      return 'text'
    case 'smallInteger':
    case 'integer':
      return 'bigint'
    case 'decimal':
      return 'numeric'
    default:
      return spelling.type(type)
  }
}

function read(given: unknown, type: ColumnType): unknown {
  switch (type.type) {
    case 'boolean':
      return given === true || given === 't' || given === 'true'
    case 'smallInteger':
    case 'integer':
    case 'bigInteger':
      return exactInteger(given)
    case 'double':
      return Number(given)
    case 'decimal':
      return decimalText(String(given), type.scale)
    case 'timestamp':
      return readMoment(String(given))
    case 'time':
      return shortTime(String(given))
    case 'json':
      return JSON.parse(String(given))
    case 'binary':
      return given instanceof Uint8Array ? new Uint8Array(given) : bytesOf(String(given))
    case 'array':
      return readArray(String(given), (element) => read(element, type.of))
    case 'duration':
      return isoInterval(String(given))
    case 'range':
      return type.of === 'timestamp' ? withIsoBounds(String(given)) : String(given)
    case 'custom':
      return given
    default:
      return String(given)
  }
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.slice(2), 'hex'))
}

/** `["2026-11-21 09:00:00+00",)` with its moments as a field takes them. */
function withIsoBounds(range: string): string {
  return range.replace(/"([^"]*)"/g, (whole, bound: string) => {
    const moment = readMoment(bound)
    return moment instanceof Date ? moment.toISOString() : whole
  })
}

function bind(value: Value, type: ColumnType): unknown {
  const literal = valueByKind(value)
  switch (literal.kind) {
    case 'null':
      return null
    case 'boolean':
      return literal.boolean
    case 'number':
      // As text, so that the server reads it as the type that it stands beside: drivers send some numbers as doubles.
      return String(literal.number)
    case 'bigint':
      return literal.digits
    case 'bytes':
      return Buffer.from(literal.hex, 'hex')
    case 'json':
      return type.type === 'array' ? elementsText(literal.text, type.of) : literal.text
    case 'text':
      return literal.text
  }
}

/** A list as PostgreSQL reads it, out of its elements as they are kept. */
function elementsText(json: string, of: ColumnType): string {
  const elements: readonly Json[] = JSON.parse(json)
  return arrayText(elements, (element) => {
    // What stands in a list is a literal, tags and all.
    const bound = element === null ? null : bind(element as Value, of)
    return bound instanceof Uint8Array
      ? `\\x${Buffer.from(bound).toString('hex')}`
      : bound === null
        ? null
        : String(bound)
  })
}

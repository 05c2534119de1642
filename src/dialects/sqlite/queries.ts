import type { ColumnType } from '../../schema/column-type.ts'
import type { Queries } from '../../schema/queries.ts'
import type { Value } from '../../schema/value.ts'
import { valueByKind } from '../../schema/value-kinds.ts'
import { decimalText, exactInteger, momentOf, shortTime } from '../shared/read-values.ts'

/** How historical models ask SQLite, and read what it answers. */
export const queries: Queries = {
  // SQLITE_MAX_VARIABLE_NUMBER as it is built by default since 3.32 (https://sqlite.org/limits.html).
  parameterLimit: 32_766,
  // Drivers give whole numbers beyond 2^53 as an error, as a bigint, or wrong.
  readsAsText: ({ type }) => type === 'bigInteger' || type === 'decimal',
  read,
  bind,
  // Whole numbers divide to whole numbers here, and 10.00 is stored as one.
  typed: (operand, { type }, make) =>
    type === 'decimal' || type === 'double' ? make.cast(operand, 'double precision') : operand,
  // 0.1 + 0.2 is rounded to the places that the column has, as it is where decimals are exact.
  stored: (computed, type, make) =>
    type.type === 'decimal' ? make.call('round', computed, make.constant(type.scale)) : computed,
  match(how, text, part, make) {
    const given = make.bound(part)
    const length = [...part].length
    const begin = (from: number): ReturnType<typeof make.call> => make.call('substr', text, make.constant(from))
    switch (how) {
      // LIKE takes upper and lower case for one here; instr and substr do not.
      case 'contains':
        return make.compare(make.call('instr', text, given), '>', make.constant(0))
      case 'startsWith':
        return make.compare(make.call('substr', text, make.constant(1), make.constant(length)), '=', given)
      case 'endsWith':
        return make.compare(begin(-length), '=', given)
      case 'iexact':
        return make.compare(make.call('lower', text), '=', make.call('lower', given))
    }
  },
}

function read(given: unknown, type: ColumnType): unknown {
  switch (type.type) {
    case 'boolean':
      return Number(given) !== 0
    case 'smallInteger':
    case 'integer':
    case 'bigInteger':
      return exactInteger(given)
    case 'double':
      return Number(given)
    case 'decimal':
      return decimalText(String(given), type.scale)
    case 'timestamp':
      return momentOf(given)
    case 'time':
      return shortTime(String(given))
    case 'json':
      return JSON.parse(String(given))
    case 'binary':
      return given instanceof Uint8Array ? new Uint8Array(given) : Buffer.from(String(given))
    case 'custom':
      return given
    default:
      return String(given)
  }
}

function bind(value: Value, type: ColumnType): unknown {
  const literal = valueByKind(value)
  switch (literal.kind) {
    case 'null':
      return null
    case 'boolean':
      // Not every driver knows what to send for true.
      return literal.boolean ? 1 : 0
    case 'number':
      return literal.number
    case 'bigint':
      return BigInt(literal.digits)
    case 'bytes':
      return new Uint8Array(Buffer.from(literal.hex, 'hex'))
    case 'json':
      return literal.text
    case 'text':
      return type.type === 'time' ? shortTime(literal.text) : literal.text
  }
}

import type { ColumnType } from '../../schema/column-type.ts'
import type { Condition, Expr, ExpressionMaker, Queries } from '../../schema/queries.ts'
import type { Value } from '../../schema/value.ts'
import { valueByKind } from '../../schema/value-kinds.ts'
import { loadKysely } from '../shared/quiet-loading.ts'
import { decimalText, exactInteger, momentOf, shortTime } from '../shared/read-values.ts'
import { typedValue } from './typed-literal.ts'
import type { Flavour } from './variant.ts'

/** How historical models ask MariaDB and MySQL, and read what they answer. */
export function queriesOf({ variant }: Flavour): Queries {
  return {
    // The most places that a prepared statement has; values that are written into a statement have no limit of their own.
    parameterLimit: 65_535,
    // A quarter of the `max_allowed_packet` that MariaDB comes with: bytes take two letters each, and some letters an escape.
    byteLimit: 4 * 1024 * 1024,
    lacks: new Set(['returning', 'defaultValues', 'nullsOrder', 'ownTable']),
    inOtherWords,
    readsAsText: ({ type }) => asText.has(type),
    read,
    bind,
    typed(operand, { type }) {
      if (type === 'json' && variant.types.castJson) return cast(operand, 'json')
      const target = targets[type]
      return target === undefined ? operand : cast(operand, target)
    },
    // The digits of a decimal would be compared as a double.
    comparable: (operand, { type }) => (type === 'decimal' ? cast(operand, 'decimal(65, 30)') : operand),
    // By bytes: two texts that a collation takes for one have others.
    exact(text) {
      const { sql } = loadKysely()
      return sql`cast(convert(${text} using utf8mb4) as binary)`
    },
    stored: (computed) => computed,
    match(how, text, part, make) {
      const { sql } = loadKysely()
      const escaped = part.replace(/[\\%_]/g, '\\$&')
      const before = how === 'contains' || how === 'endsWith' ? '%' : ''
      const after = how === 'contains' || how === 'startsWith' ? '%' : ''
      const asked = make.bound(`${before}${escaped}${after}`)
      // LIKE and not =, which may take blanks at the end for nothing; and by code points, whatever the column is compared by.
      const [held, wanted] = how === 'iexact' ? [make.call('lower', text), make.call('lower', asked)] : [text, asked]
      return sql<boolean>`(convert(${held} using utf8mb4) collate utf8mb4_bin like ${wanted})`
    },
  }
}

/** Types of which drivers make objects of their own, or numbers that are not exact, if they are told to. */
const asText = new Set<ColumnType['type']>(['bigInteger', 'decimal', 'date', 'time', 'timestamp', 'json'])

/** What CAST calls the types that a value by itself would not be taken for. Texts have no cast, which would give them a collation. */
const targets: { readonly [Type in ColumnType['type']]?: string } = {
  smallInteger: 'signed',
  integer: 'signed',
  bigInteger: 'signed',
  decimal: 'decimal(65, 30)',
  double: 'double',
  date: 'date',
  time: 'time(6)',
  timestamp: 'datetime(6)',
}

function cast(operand: Expr, type: string): Expr {
  const { sql } = loadKysely()
  return sql`(cast(${operand} as ${sql.raw(type)}))`
}

const casts = { bigint: 'signed', numeric: 'decimal(65, 30)', 'double precision': 'double' } as const

function inOtherWords(make: ExpressionMaker): Partial<ExpressionMaker> {
  const { sql } = loadKysely()
  return {
    // `||` is an OR.
    binary: (left, operator, right) =>
      operator === '||' ? make.call('concat', left, right) : make.binary(left, operator, right),
    compareRows,
    wholeQuotient: (left, right) => sql`(${left} div ${right})`,
    // What is cast to a text has the collation of the connection, and can't be compared with a column of another; what is put together keeps its own.
    cast: (operand, type) => (type === 'text' ? make.call('concat', operand) : cast(operand, casts[type])),
    // `length` counts bytes.
    call: (name, ...operands) => make.call(name === 'length' ? 'char_length' : name, ...operands),
  }
}

/** Column by column, as the servers find no place in an index for a row: each batch along a key of several columns would begin at the first row of all. */
function compareRows(left: readonly Expr[], operator: '>' | '<=', right: readonly Expr[]): Condition {
  const { sql } = loadKysely()
  const [own, ...others] = left
  const [given, ...rest] = right
  if (others.length === 0) return sql<boolean>`${own} ${sql.raw(operator)} ${given}`
  const first = sql.raw(operator === '>' ? '>' : '<')
  return sql<boolean>`(${own} ${first} ${given} or (${own} = ${given} and ${compareRows(others, operator, rest)}))`
}

function read(given: unknown, type: ColumnType): unknown {
  switch (type.type) {
    case 'boolean':
      return given === true || Number(given) !== 0
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
      return typeof given === 'string' ? JSON.parse(given) : given
    case 'binary':
      return given instanceof Uint8Array ? new Uint8Array(given) : Buffer.from(String(given))
    case 'custom':
      return given
    default:
      return String(given)
  }
}

function bind(value: Value, type: ColumnType): unknown {
  const literal = valueByKind(type.type === 'timestamp' ? typedValue(value, 'datetime(6)') : value)
  switch (literal.kind) {
    case 'null':
      return null
    case 'boolean':
      return literal.boolean
    case 'number':
      return literal.number
    case 'bigint':
      return BigInt(literal.digits)
    case 'bytes':
      return Buffer.from(literal.hex, 'hex')
    case 'json':
    case 'text':
      return literal.text
  }
}

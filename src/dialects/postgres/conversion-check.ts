import type { Column } from '../../schema/schema.ts'
import { type Sql, sql, verbatim } from '../../schema/sql.ts'
import type { PostgresCapabilities } from './capabilities.ts'
import { isAssignable, isNumber } from './conversion.ts'
import { textLiteral } from './literal.ts'
import { parseTypeName, type TypeFamily, type TypeName, typeFamily } from './type-name.ts'

/**
 * Whether a value can become one of the new type and say the same, as a condition; undefined where every value can, and where only the server knows.
 * The server refuses a text that it cannot read, but rounds a number that has too many digits without a word.
 */
export function isConvertible(
  before: Column,
  after: Column,
  old: Sql,
  capabilities: PostgresCapabilities,
): Sql | undefined {
  const [source, to] = [parseTypeName(before.type), parseTypeName(after.type)]
  const [from, family] = [typeFamily(source), typeFamily(to)]
  if (before.type === after.type || family === 'text') return from === 'bytes' ? never : undefined
  if (isNumber(from)) return isNumber(family) ? numberFits(old, source, to) : fromNumber(old, family)
  if (from === 'boolean' && isNumber(family)) return undefined
  if (family === 'json' && from !== 'text') return undefined
  if (from === 'text' && family === 'bytes') return undefined
  if (isFree[from]?.includes(family) || (source.array && to.array && isAssignable(source, to))) return undefined
  const text = sql`(${old})::text`
  const read = patternFits(text, to)
  if (read !== undefined) return read
  if (capabilities.inputIsValid) return isValidInput(text, after.type)
  if (!isWorded[from]) return never
  return family === 'other' ? isEnumValue(text, after.type) : undefined
}

/** What may hold the text of anything; of everything else it is known that its text is none of another type. */
const isWorded: Partial<Readonly<Record<TypeFamily, true>>> = { text: true, json: true, array: true, other: true }

/** What the server converts without looking at the value. */
const isFree: Partial<Readonly<Record<TypeFamily, readonly TypeFamily[]>>> = {
  date: ['timestamp', 'time'],
  time: ['time', 'interval'],
  timestamp: ['date', 'time', 'timestamp'],
  interval: ['interval', 'time'],
  json: ['json'],
  address: ['address'],
}

const never = sql`false`

function fromNumber(old: Sql, family: TypeFamily): Sql | undefined {
  if (family === 'boolean') return sql`${old} IN (0, 1)`
  return family === 'json' ? undefined : never
}

const ranges: Readonly<Record<string, Sql>> = {
  smallint: sql`-32768 AND 32767`,
  integer: sql`-2147483648 AND 2147483647`,
  bigint: sql`-9223372036854775808 AND 9223372036854775807`,
}
const widths = ['smallint', 'integer', 'bigint']

function numberFits(old: Sql, from: TypeName, to: TypeName): Sql | undefined {
  const [source, target] = [typeFamily(from), typeFamily(to)]
  if (target === 'whole') {
    if (source === 'whole' && widths.indexOf(from.base) <= widths.indexOf(to.base)) return undefined
    return isWhole(old, to)
  }
  if (target === 'double') {
    // An integer beyond 2^53 would lose its last digits.
    if (from.base === 'bigint') return sql`${old} BETWEEN -9007199254740992 AND 9007199254740992`
    return to.base === 'real' && source === 'double'
      ? sql`abs(${old}) < 3.4e38 OR ${old} IN ('Infinity', '-Infinity', 'NaN')`
      : undefined
  }
  return hasRoom(from, to) ? undefined : hasDigits(sql`(${old})::numeric`, source === 'double', to)
}

function isWhole(old: Sql, { base }: TypeName): Sql {
  return sql`${old} = trunc(${old}) AND (${old})::numeric BETWEEN ${ranges[base] ?? never}`
}

/** Whether a decimal type takes every number of another. */
function hasRoom(from: TypeName, to: TypeName): boolean {
  const [[oldDigits, oldScale = 0], [digits, scale = 0]] = [from.modifiers, to.modifiers]
  if (digits === undefined) return true
  return oldDigits !== undefined && scale >= oldScale && digits - scale >= oldDigits - oldScale
}

/** Whether a number fits in the digits of a decimal type; one that is exact must also keep all of its own. */
function hasDigits(number: Sql, isRounded: boolean, { modifiers }: TypeName): Sql {
  const [digits, scale = 0] = modifiers
  if (digits === undefined) return sql`true`
  const rounded = sql`round(${number}, ${verbatim(String(scale))})`
  const fits = sql`abs(${rounded}) < ${verbatim(`1e${digits - scale}`)}`
  return isRounded ? fits : sql`${number} = ${rounded} AND ${fits}`
}

const number = "'^\\s*[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?\\s*$'"
const day = '(?!0000)\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])'
const clock = '([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,6})?)?'
const zone = ' ?(Z|[+-](0\\d|1[0-4])(:?[0-5]\\d)?)'
const words = "'t', 'true', 'y', 'yes', 'on', '1', 'f', 'false', 'n', 'no', 'off', '0'"

/** Whether a text can be read as a type, for types whose texts are few enough; undefined for others. */
function patternFits(text: Sql, to: TypeName): Sql | undefined {
  const numeric = sql`(${text})::numeric`
  switch (typeFamily(to)) {
    case 'whole':
      return matching(text, number, isWhole(numeric, to))
    case 'decimal':
      return matching(text, number, hasDigits(numeric, false, to))
    case 'double':
      return matching(text, number, sql`${numeric} = 0 OR abs(${numeric}) BETWEEN 1e-307 AND 1e308`)
    case 'boolean':
      return sql`lower(trim(${text})) IN (${verbatim(words)})`
    case 'uuid':
      return sql`${text} ~* '^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$'`
    case 'date':
      return matching(text, `'^${day}$'`, isDay(text))
    case 'time':
      return sql`${text} ~ ${verbatim(`'^${clock}$'`)}`
    case 'timestamp':
      return matching(text, `'^${day}([T ]${clock}(${zone})?)?$'`, isDay(text))
    case 'text':
    case 'bytes':
      return never
    default:
      return undefined
  }
}

function matching(text: Sql, pattern: string, condition: Sql): Sql {
  // Only CASE keeps the server from casting a text that does not look like a number or a day.
  return sql`CASE WHEN ${text} ~ ${verbatim(pattern)} THEN ${condition} ELSE false END`
}

/** Whether the month of a date has the day. */
function isDay(text: Sql): Sql {
  const month = sql`(substr(${text}, 1, 7) || '-01')::date`
  return sql`substr(${text}, 9, 2)::integer <= extract(day FROM ${month} + interval '1 month' - interval '1 day')`
}

/** Whether the server can read a text as a type, which may be one that the same migration makes. */
function isValidInput(text: Sql, type: string): Sql {
  const named = verbatim(textLiteral(type))
  return sql`CASE WHEN to_regtype(${named}) IS NULL THEN true ELSE pg_input_is_valid(${text}, ${named}) END`
}

/** Before 16 nobody can be asked, but for the values of an enum. */
function isEnumValue(text: Sql, type: string): Sql {
  const labels = sql`FROM pg_catalog.pg_enum AS e WHERE e.enumtypid = to_regtype(${verbatim(textLiteral(type))})`
  return sql`CASE WHEN EXISTS (SELECT 1 ${labels}) THEN ${text} IN (SELECT e.enumlabel::text ${labels}) ELSE true END`
}

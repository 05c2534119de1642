import type { Column } from '../../schema/schema.ts'
import { join, type Sql, sql, verbatim } from '../../schema/sql.ts'
import { charsetOf } from './collation.ts'
import { literalText, textLiteral } from './literal.ts'
import {
  bytesOf,
  charactersOf,
  parseTypeName,
  rangeOf,
  type TypeFamily,
  type TypeName,
  typeFamily,
} from './type-name.ts'
import type { Flavour } from './variant.ts'

/**
 * Whether a value says the same once MODIFY has made it one of the new type, as a condition; undefined where every value does, and where only the
 * server knows. In strict mode the server refuses some of the others and changes the rest without a word: it rounds 1.5 to 2, takes the number 1 for
 * the first value of an enum, and puts today before a time.
 */
export function isConvertible(before: Column, after: Column, old: Sql, flavour: Flavour): Sql | undefined {
  const [source, to] = [parseTypeName(before.type), parseTypeName(after.type)]
  const [from, family] = [typeFamily(source), typeFamily(to)]
  if (before.type === after.type || from === 'other' || family === 'other') return undefined
  if (after.type === flavour.variant.types.uuid) {
    return isWorded[from] ? matches(textOf(old), `'^(${family === 'uuid' ? `${uuid}|${bareUuid}` : uuid})$'`) : never
  }
  if (family === 'enum') return isNumber(from) ? never : isOneOf(source, to, textOf(old))
  if (isNumber(from)) return fromNumber(old, source, to)
  if (isFree[from]?.includes(family)) return undefined
  if (from === 'bytes' && family === 'text') return bytesFit(old, to, after)
  return isWorded[from] ? textFits(textOf(old), to) : never
}

/** What may hold the text of anything; of everything else it is known that its text is none of another type. */
const isWorded: Partial<Readonly<Record<TypeFamily, true>>> = { text: true, json: true }

/** What can become another without a look at the value. The time of a moment that becomes a date is meant to go. */
const isFree: Partial<Readonly<Record<TypeFamily, readonly TypeFamily[]>>> = {
  text: ['text', 'bytes'],
  uuid: ['text'],
  date: ['text', 'datetime', 'time'],
  time: ['text', 'time'],
  datetime: ['text', 'datetime', 'date', 'time'],
  json: ['text', 'json'],
  bytes: ['bytes'],
  enum: ['text'],
}

const never = sql`false`

function isNumber(family: TypeFamily): boolean {
  return family === 'whole' || family === 'boolean' || family === 'decimal' || family === 'double'
}

/** A value as text, whatever its type. */
export function textOf(value: Sql): Sql {
  return sql`CAST(${value} AS CHAR)`
}

function matches(text: Sql, pattern: string): Sql {
  return sql`${text} REGEXP ${verbatim(pattern)}`
}

function isOneOf(from: TypeName, to: TypeName, text: Sql): Sql | undefined {
  if (from.values.length > 0 && from.values.every((value) => to.values.includes(value))) return undefined
  return sql`${text} IN (${join(to.values.map((value) => verbatim(literalText(value))))})`
}

/** Bytes stay what they are, and have to be a text in the character set of their column; what is none loses some when it is converted. */
function bytesFit(old: Sql, to: TypeName, { collation }: Column): Sql {
  const text = sql`CONVERT(${old} USING ${verbatim(charsetOf(collation))})`
  const [characters, bytes] = [charactersOf(to), bytesOf(to)]
  const conditions = [
    sql`CAST(${text} AS BINARY) = ${old}`,
    ...(characters === undefined ? [] : [sql`char_length(${text}) <= ${verbatim(String(characters))}`]),
    ...(bytes === undefined || bytes >= 2 ** 32 - 1 ? [] : [sql`octet_length(${old}) <= ${verbatim(String(bytes))}`]),
  ]
  return join(conditions, ' AND ')
}

function fromNumber(old: Sql, source: TypeName, to: TypeName): Sql | undefined {
  switch (typeFamily(to)) {
    case 'boolean':
      return typeFamily(source) === 'boolean' ? undefined : sql`${old} IN (0, 1)`
    case 'whole':
      return wholeFits(old, source, to)
    case 'decimal':
      return hasRoom(source, to) ? undefined : hasDigits(old, typeFamily(source) === 'double', to)
    case 'double':
      return doubleFits(old, source, to)
    case 'text':
    case 'json':
      return undefined
    default:
      return never
  }
}

function wholeFits(old: Sql, source: TypeName, to: TypeName): Sql | undefined {
  const [[oldLeast, oldGreatest], [least, greatest]] = [rangeOf(source), rangeOf(to)]
  switch (typeFamily(source)) {
    case 'whole':
    case 'boolean':
      return oldLeast >= least && oldGreatest <= greatest ? undefined : isWholeWithin(old, least, greatest + 1n)
    case 'double':
      // It becomes a signed integer on its way, even to an unsigned type, and not all servers reach the least of those.
      return isWholeWithin(old, least > -(2n ** 63n) ? least : leastOfDoubles, smaller(greatest + 1n, 2n ** 63n))
    default:
      return isWholeWithin(old, least, greatest + 1n)
  }
}

/** The double next to the least integer. */
const leastOfDoubles = 1024n - 2n ** 63n

/** The upper bound is excluded: a double knows 2^63, and not the number before it. */
function isWholeWithin(old: Sql, least: bigint, above: bigint): Sql {
  const bounds = sql`${old} >= ${verbatim(String(least))} AND ${old} < ${verbatim(String(above))}`
  return sql`${old} = truncate(${old}, 0) AND ${bounds}`
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

/** An integer with more digits than a floating-point number has would lose its last ones. */
function doubleFits(old: Sql, source: TypeName, to: TypeName): Sql | undefined {
  const family = typeFamily(source)
  const isSingle = to.base === 'float'
  if (family === 'whole' || family === 'boolean') {
    const exact = isSingle ? 2n ** 24n : 2n ** 53n
    const [least, greatest] = rangeOf(source)
    if (greatest <= exact && least >= -exact) return undefined
    return sql`${old} BETWEEN ${verbatim(String(-exact))} AND ${verbatim(String(exact))}`
  }
  return isSingle && source.base !== 'float' ? sql`abs(${old}) < 3.4e38` : undefined
}

/** Whether a decimal type takes every number of another type. */
function hasRoom(from: TypeName, to: TypeName): boolean {
  const [digits = 10, scale = 0] = to.modifiers
  if (to.unsigned && !from.unsigned) return false
  switch (typeFamily(from)) {
    case 'whole':
    case 'boolean':
      return rangeOf(from)[1] < 10n ** BigInt(digits - scale)
    case 'decimal': {
      const [oldDigits = 10, oldScale = 0] = from.modifiers
      return scale >= oldScale && digits - scale >= oldDigits - oldScale
    }
    default:
      return false
  }
}

/** Whether a number fits in the digits of a decimal type; one that is exact must also keep all of its own. */
function hasDigits(number: Sql, isRounded: boolean, { modifiers, unsigned }: TypeName): Sql {
  const [digits = 10, scale = 0] = modifiers
  const rounded = sql`round(${number}, ${verbatim(String(scale))})`
  const bound = `1${'0'.repeat(digits - scale)}`
  const conditions = [
    ...(isRounded ? [] : [sql`${number} = ${rounded}`]),
    // abs() of the least integer is an error.
    sql`${rounded} ${verbatim(unsigned ? '>= 0' : `> -${bound}`)} AND ${rounded} < ${verbatim(bound)}`,
  ]
  return join(conditions, ' AND ')
}

const uuid = '[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}'
/** Only a type of its own puts the hyphens in. */
const bareUuid = '[0-9A-Fa-f]{32}'
const number = '[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?'
const day = '(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])'

function clock(places: number): string {
  const fraction = places === 0 ? '' : `([.][0-9]{1,${places}})?`
  return `([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]${fraction})?`
}

/** Whether the server reads a text as one of another type, and as what it says. */
function textFits(text: Sql, to: TypeName): Sql {
  const places = to.modifiers[0] ?? 0
  switch (typeFamily(to)) {
    case 'whole':
      return sql`${matches(text, "'^ *[+-]?[0-9]+ *$'")} AND ${textIsWholeWithin(exact(text), to)}`
    case 'boolean':
      return sql`${text} IN ('0', '1')`
    case 'decimal':
      return sql`${isNumberText(text)} AND ${hasDigits(exact(text), false, to)} AND ${isNotLost(exact(text), text)}`
    case 'double': {
      const number = sql`(${text} + 0e0)`
      const greatest = verbatim(to.base === 'float' ? '3.4e38' : '1.7e308')
      return sql`${isNumberText(text)} AND abs(${number}) < ${greatest} AND ${isNotLost(number, text)}`
    }
    case 'date':
      return sql`${matches(text, `'^${day}$'`)} AND CAST(${text} AS DATE) IS NOT NULL`
    case 'datetime':
      return sql`${matches(text, `'^${day}([T ]${clock(places)})?$'`)} AND CAST(left(${text}, 10) AS DATE) IS NOT NULL`
    case 'time':
      return matches(text, textLiteral(`^${clock(places)}$`))
    case 'json':
      return sql`json_valid(${text})`
    default:
      return never
  }
}

function isNumberText(text: Sql): Sql {
  return matches(text, `'^ *${number} *$'`)
}

/** A number too small for its new type becomes 0; one that was 0 had no other digit before its exponent. */
function isNotLost(number: Sql, text: Sql): Sql {
  return sql`(${number} <> 0 OR ${matches(text, "'^[^1-9eE]*([eE]|$)'")})`
}

/** MariaDB takes no number beyond a signed one from a text, not even for `bigint unsigned`. */
function textIsWholeWithin(number: Sql, to: TypeName): Sql {
  const [least, greatest] = rangeOf(to)
  return isWholeWithin(number, least, smaller(greatest + 1n, 2n ** 63n))
}

/** A text as a number with all the digits that there can be. */
function exact(text: Sql): Sql {
  return sql`CAST(${text} AS DECIMAL(65,30))`
}

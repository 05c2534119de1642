import { assertNever } from '../../lib/assert-never.ts'
import { structuralEqual } from '../../lib/structural-equal.ts'
import type { Column, Table } from '../../schema/schema.ts'
import type { Operation } from './alter-variant.ts'
import { charsetOf } from './collation.ts'
import type { ColumnChange } from './column-changes.ts'
import { spellingOf } from './column-types.ts'
import { isOfAnyLength } from './default-definition.ts'
import { identifiersIn } from './raw-sql.ts'
import { toText } from './statement-text.ts'
import { fold } from './tokens.ts'
import { charactersOf, parseTypeName, type TypeName } from './type-name.ts'
import type { Flavour } from './variant.ts'

/** What MODIFY asks of the server for a change of a column. */
export function operationOf(change: ColumnChange, real: Table, flavour: Flavour): Operation {
  switch (change.kind) {
    case 'setType':
      return retyping(change.before, change.after, real, flavour)
    case 'setNotNull':
      return 'require'
    case 'dropNotNull':
      return 'ease'
    case 'setDefault':
    case 'setColumnComment':
      return isKept(change.after, real) ? 'describeStored' : 'describe'
    case 'setGenerated': {
      const { before, after } = change
      const staysVirtual = before.generated?.stored === false && after.generated?.stored === false
      return staysVirtual && !isKept(before, real) ? 'recompute' : 'convert'
    }
    case 'setAutoIncrement':
      return change.after.autoIncrement ? 'number' : 'unnumber'
    default:
      return assertNever(change)
  }
}

/** Whether what a column computes is on disk: in the rows, or in an index. */
function isKept({ name, generated }: Column, { indexes, uniques }: Table): boolean {
  if (generated === undefined || generated.stored) return generated !== undefined
  return [...indexes, ...uniques].some(({ parts }) =>
    parts.some(({ expression }) => expression.kind === 'column' && fold(expression.name) === fold(name)),
  )
}

/** What ADD COLUMN asks of the server. */
export function addingOf(column: Column, flavour: Flavour): Operation {
  if (column.generated !== undefined) return column.generated.stored ? 'addStored' : 'addVirtual'
  if (column.autoIncrement) return 'addNumbered'
  const { default: fallback, type } = column
  if (fallback === undefined) return 'addColumn'
  const needsParentheses = flavour.variant.types.parenthesesAroundLongDefaults && isOfAnyLength(type)
  if (fallback.kind === 'value') return needsParentheses ? 'addComputedDefault' : 'addColumn'
  const text = toText(spellingOf(flavour).expression(fallback))
  if (/^(?:current_timestamp|now)(?:\(\d?\))?$/i.test(text)) return 'addColumn'
  return isVolatile(text) ? 'addVolatileDefault' : 'addComputedDefault'
}

/** Whether the database fills a column with another value for each row. */
export function hasVolatileDefault({ default: fallback, generated }: Column, flavour: Flavour): boolean {
  if (fallback === undefined || fallback.kind === 'value' || generated !== undefined) return false
  return isVolatile(toText(spellingOf(flavour).expression(fallback)))
}

/** Whether an expression has another value for each row: it reads other columns, or something that is never twice the same. */
function isVolatile(text: string): boolean {
  return (
    identifiersIn(text).size > 0 || /\b(?:uuid(?:_short|_v\d)?|sys_guid|rand|random_bytes|sysdate)\s*\(/i.test(text)
  )
}

function retyping(before: Column, after: Column, real: Table, { variant }: Flavour): Operation {
  const [from, to] = [parseTypeName(before.type), parseTypeName(after.type)]
  if (before.generated !== undefined || after.generated !== undefined) return 'convert'
  if (before.type === after.type) {
    const isSameCharset = charsetOf(before.collation) === charsetOf(after.collation)
    if (!isSameCharset) return 'convert'
    return isIndexed(after.name, real) ? 'recollateIndexed' : 'recollate'
  }
  if (before.collation !== after.collation) return 'convert'
  if (from.base === 'varchar' && to.base === 'varchar') {
    const bytes = (type: TypeName): number => (charactersOf(type) ?? 0) * bytesPerCharacter(after.collation)
    return variant.alter.growsInPlace(bytes(from), bytes(to)) ? 'widen' : 'convert'
  }
  return from.base === 'enum' && to.base === 'enum' && isExtended(from.values, to.values) ? 'extendEnum' : 'convert'
}

/** Values come at the end, and their numbers still fit the byte or bytes that hold them. */
function isExtended(before: readonly string[], after: readonly string[]): boolean {
  const isSameSize = before.length > 255 === after.length > 255
  return isSameSize && structuralEqual(after.slice(0, before.length), before)
}

/** How many bytes a character takes at most. */
function bytesPerCharacter(collation: string | undefined): number {
  return widths[charsetOf(collation)] ?? 4
}

const widths: Readonly<Record<string, number>> = { latin1: 1, ascii: 1, binary: 1, utf8mb3: 3, utf8: 3, ucs2: 2 }

function isIndexed(column: string, { primaryKey, uniques, indexes }: Table): boolean {
  const folded = fold(column)
  return (
    primaryKey?.columns.some((one) => fold(one) === folded) === true ||
    [...uniques, ...indexes].some(({ parts }) =>
      parts.some(({ expression }) => expression.kind === 'column' && fold(expression.name) === folded),
    )
  )
}

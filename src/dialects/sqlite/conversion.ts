import type { Expression } from '../../schema/expression.ts'
import type { Column } from '../../schema/schema.ts'
import { name, type Sql, sql } from '../../schema/sql.ts'
import { overColumns } from './definition.ts'
import { type TypeFamily, typeFamily } from './type-family.ts'

/**
 * What a changed column gets from the old one. SQLite converts by affinity while it copies; what affinity would leave in the wrong storage class
 * or form is converted here: the moment families have ISO texts of different length, and bytes have no affinity at all.
 */
export function converted(before: Column, after: Column, cast: Expression | undefined): Sql {
  if (cast !== undefined) return overColumns(cast)
  const old = name(before.name)
  const [from, to] = [typeFamily(before.type), typeFamily(after.type)]
  if (from === to) return old
  if (to === 'blob') return sql`CAST(${old} AS BLOB)`
  const moment = isDated(from) || from === 'text' ? moments[to]?.(old) : undefined
  // What is no date is left as it is and never becomes NULL: the precheck refuses it.
  return moment === undefined ? old : sql`coalesce(${moment}, ${old})`
}

/**
 * Whether a value would be stored as the type of the column says, as a condition; undefined where every value would. SQLite enforces no type:
 * 'abc' stays a text in an integer column.
 */
export function isConvertible(before: Column, after: Column, old: Sql): Sql | undefined {
  const [from, to] = [typeFamily(before.type), typeFamily(after.type)]
  if (from === to || to === 'blob') return undefined
  if (isDated(from) && moments[to] !== undefined) return sql`${moments[to](old)} IS NOT NULL`
  return conditions[to](old)
}

function isDated(family: TypeFamily): boolean {
  return family === 'date' || family === 'datetime'
}

const moments: Partial<Readonly<Record<TypeFamily, (old: Sql) => Sql>>> = {
  date: (old) => sql`date(${old})`,
  time: (old) => sql`time(${old})`,
  datetime: (old) => sql`strftime('%Y-%m-%dT%H:%M:%fZ', ${old})`,
}

/** A comparison with a CAST applies numeric affinity to the other side, and leaves alone what is no number from end to end. */
const isNumber = (old: Sql): Sql => sql`${old} = CAST(${old} AS NUMERIC) AND typeof(${old}) <> 'blob'`

const conditions: Readonly<Record<Exclude<TypeFamily, 'blob'>, (old: Sql) => Sql>> = {
  // A CAST to INTEGER cuts off; the comparison shows whether there was something to cut.
  integer: (old) => sql`${isNumber(old)} AND CAST(${old} AS NUMERIC) = CAST(CAST(${old} AS NUMERIC) AS INTEGER)`,
  boolean: (old) => sql`${isNumber(old)} AND CAST(${old} AS NUMERIC) IN (0, 1)`,
  decimal: isNumber,
  // An integer beyond 2^53 would lose its last digits.
  real: (old) => sql`${isNumber(old)} AND CAST(${old} AS REAL) = CAST(${old} AS NUMERIC)`,
  text: (old) => sql`typeof(${old}) <> 'blob'`,
  // A number would be read as a Julian day.
  date: (old) => sql`typeof(${old}) = 'text' AND ${old} GLOB '????-??-??*' AND date(${old}) IS NOT NULL`,
  time: (old) => sql`typeof(${old}) = 'text' AND ${old} GLOB '??:??*' AND time(${old}) IS NOT NULL`,
  datetime: (old) => sql`typeof(${old}) = 'text' AND ${old} GLOB '????-??-??*' AND datetime(${old}) IS NOT NULL`,
  json: (old) => sql`typeof(${old}) <> 'blob' AND json_valid(${old})`,
}

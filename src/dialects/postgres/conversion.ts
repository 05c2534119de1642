import type { Expression } from '../../schema/expression.ts'
import type { Column } from '../../schema/schema.ts'
import { name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import { overColumns } from './definition.ts'
import { parseTypeName, type TypeFamily, type TypeName, typeFamily } from './type-name.ts'

/**
 * What a column gets from its old values where ALTER COLUMN … TYPE must be told; undefined where the server converts by itself, which it does by any
 * cast that an assignment would use (https://www.postgresql.org/docs/current/sql-createcast.html). What has no cast goes through its text.
 */
export function conversion(before: Column, after: Column, cast: Expression | undefined): Sql | undefined {
  if (cast !== undefined) return overColumns(cast)
  const [from, to] = [parseTypeName(before.type), parseTypeName(after.type)]
  const old = name(before.name)
  return isAssignable(from, to) ? undefined : converted(old, typeFamily(from), to, verbatim(after.type))
}

function converted(old: Sql, from: TypeFamily, to: TypeName, type: Sql): Sql {
  const family = typeFamily(to)
  if (from === 'boolean' && isNumber(family)) return sql`${old}::integer`
  if (isNumber(from) && family === 'boolean') return sql`${old} <> 0`
  if (from === 'bytes' && family === 'text') return sql`convert_from(${old}, 'UTF8')`
  // The text of an address names its network even where that is the address alone.
  if (from === 'address' && family === 'text') return sql`abbrev(${old})`
  if (from === 'date' && family === 'time') return sql`${old}::timestamp::time`
  if (family === 'json' && from !== 'text') return sql`${verbatim(to.base === 'json' ? 'to_json' : 'to_jsonb')}(${old})`
  if (from !== 'text') return sql`${old}::text::${type}`
  if (family === 'bytes') return sql`convert_to(${old}, 'UTF8')`
  // An integer may be written as 5.0 or 5e2.
  return family === 'whole' ? sql`${old}::numeric::${type}` : sql`${old}::${type}`
}

/** Whether an assignment converts from one type to the other by itself. */
export function isAssignable(from: TypeName, to: TypeName): boolean {
  if (from.array || to.array) {
    return from.array && to.array ? isAssignable({ ...from, array: false }, { ...to, array: false }) : isText(to)
  }
  if (from.base === to.base) return true
  const [source, target] = [typeFamily(from), typeFamily(to)]
  if (target === 'text') return source !== 'bytes' && source !== 'address'
  return assignable[source]?.includes(target) === true
}

/** The casts between families that an assignment uses; those inside a family all are. */
const assignable: Partial<Readonly<Record<TypeFamily, readonly TypeFamily[]>>> = {
  whole: ['whole', 'decimal', 'double'],
  decimal: ['whole', 'decimal', 'double'],
  double: ['whole', 'decimal', 'double'],
  date: ['timestamp'],
  time: ['time', 'interval'],
  timestamp: ['date', 'time', 'timestamp'],
  interval: ['time'],
  json: ['json'],
  address: ['address'],
}

function isText(type: TypeName): boolean {
  return typeFamily(type) === 'text' && !type.array
}

/** Whether a family holds numbers. */
export function isNumber(family: TypeFamily): boolean {
  return family === 'whole' || family === 'decimal' || family === 'double'
}

/**
 * Whether another type of a column writes every row again, by the table in the manual of what is binary compatible and of length checks that are only
 * relaxed (https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES). The session's time zone is UTC.
 */
export function rewritesRows(before: Column, after: Column, using: Sql | undefined): boolean {
  if (using !== undefined) return true
  if (before.type === after.type) return false
  const [from, to] = [parseTypeName(before.type), parseTypeName(after.type)]
  if (from.array || to.array) return true
  if (isVaryingText(from) && isVaryingText(to)) return !isRelaxed(from.modifiers, to.modifiers)
  if (from.base !== to.base) return !freeChanges.has(`${from.base} → ${to.base}`) || to.modifiers.length > 0
  switch (from.base) {
    case 'numeric': {
      const [[, oldScale = 0], [, scale = 0]] = [from.modifiers, to.modifiers]
      return to.modifiers.length > 0 && (oldScale !== scale || !isRelaxed(from.modifiers, to.modifiers))
    }
    case 'character':
      return true
    default:
      return !isRelaxed(from.modifiers, to.modifiers)
  }
}

const freeChanges: ReadonlySet<string> = new Set([
  'timestamp without time zone → timestamp with time zone',
  'timestamp with time zone → timestamp without time zone',
  'cidr → inet',
])

function isVaryingText({ base }: TypeName): boolean {
  return base === 'text' || base === 'character varying'
}

function isRelaxed([old]: readonly number[], [now]: readonly number[]): boolean {
  return now === undefined || (old !== undefined && now >= old)
}

import type { Change } from '../../schema/change.ts'
import type { ForeignKey, IndexPart, Schema, Table, Unique } from '../../schema/schema.ts'
import { join, name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import type { Precheck } from '../../schema/step.ts'
import { oneValueEach } from '../shared/one-value-each.ts'
import type { PostgresCapabilities } from './capabilities.ts'
import { columnsRead } from './columns-read.ts'
import { conversion } from './conversion.ts'
import { isConvertible } from './conversion-check.ts'
import { overColumns } from './definition.ts'
import { isValueOf, lostValues } from './enum-precheck.ts'
import { textLiteral } from './literal.ts'
import { toText } from './statement-text.ts'
import { splitTableName, tableName } from './table-name.ts'
import { lengthOf, parseTypeName, typeFamily } from './type-name.ts'

/** The question to the data that a change must ask first; undefined where nothing in it can stand in the way. */
export function precheck(change: Change, schema: Schema, capabilities: PostgresCapabilities): Precheck | undefined {
  switch (change.kind) {
    case 'addColumn':
      return addedColumn(change, schema)
    case 'setNotNull':
      return change.fill === undefined ? noNulls(change, schema) : undefined
    case 'setType':
      return changedType(change, schema, capabilities)
    case 'addUnique':
      return noDuplicates(change.table, change.unique, schema)
    case 'setPrimaryKey': {
      const columns = change.after?.columns ?? []
      if (columns.length === 0) return undefined
      const parts = columns.map((column) => ({ expression: { kind: 'column' as const, name: column } }))
      return noDuplicates(change.table, { name: '', parts }, schema)
    }
    case 'addCheck':
      // One that is not valid yet says nothing of the rows that exist.
      return change.check.notValid ? undefined : checkHolds(change, schema)
    case 'validateCheck':
      return checkHolds(change, schema)
    case 'addForeignKey':
      return noOrphans(change.table, change.foreignKey, schema)
    case 'alterEnum':
      return lostValues(change, schema)
    default:
      return undefined
  }
}

function addedColumn({ table, column, fill }: Change<'addColumn'>, schema: Schema): Precheck | undefined {
  if (fill !== undefined && 'lookUp' in fill) return oneValueEach(table, column, fill.lookUp, tableName)
  const getsValue = column.nullable || column.default || column.generated || column.autoIncrement || fill !== undefined
  if (getsValue) return undefined
  return {
    query: violations(table, sql`true`, schema, sql`NULL`),
    table,
    columns: [column.name],
    problem: 'rowsWithoutValue',
    rule: `${column.name} is not null, and there is no default and no value for the rows that exist`,
  }
}

function noNulls({ table, column }: Change<'setNotNull'>, schema: Schema): Precheck {
  return {
    query: violations(table, sql`${name(column.name)} IS NULL`, schema),
    table,
    columns: [column.name],
    problem: 'nulls',
    rule: `${column.name} is not null`,
  }
}

function changedType(
  { table, before, after, cast }: Change<'setType'>,
  schema: Schema,
  capabilities: PostgresCapabilities,
): Precheck | undefined {
  const length = lengthOf(parseTypeName(after.type))
  const isFromBytes = cast === undefined && typeFamily(parseTypeName(before.type)) === 'bytes'
  if (length !== undefined && !isFromBytes) {
    const old = lengthOf(parseTypeName(before.type))
    if (cast === undefined && old !== undefined && old <= length) return undefined
    const text = sql`(${conversion(before, after, cast) ?? name(before.name)})::text`
    return {
      query: violations(table, sql`length(${text}) > ${verbatim(String(length))}`, schema),
      table,
      columns: [before.name],
      problem: 'tooLong',
      rule: `${before.name} has at most ${length} characters`,
    }
  }
  if (cast !== undefined) return undefined
  const fits = isValueOf(before, after, schema) ?? isConvertible(before, after, name(before.name), capabilities)
  if (fits === undefined) return undefined
  return {
    query: violations(table, sql`${name(before.name)} IS NOT NULL AND NOT coalesce((${fits}), false)`, schema),
    table,
    columns: [before.name],
    problem: 'notConvertible',
    rule: `${before.name} can be read as ${after.type}`,
  }
}

/** NULLs are duplicates of each other only where the unique says so. */
function noDuplicates(table: string, unique: Unique, schema: Schema): Precheck {
  const parts = unique.parts.map(compared)
  const present = unique.nullsNotDistinct ? [] : parts.map((part) => sql`(${part}) IS NOT NULL`)
  const conditions = unique.where === undefined ? present : [...present, sql`(${overColumns(unique.where)})`]
  const where = conditions.length === 0 ? sql`` : sql` WHERE ${join(conditions, ' AND ')}`
  const example = join(parts.map(shown), " || ', ' || ")
  const groups = sql`SELECT ${example} AS shown FROM ${tableName(table)}${where} GROUP BY ${join(parts)} HAVING count(*) > 1`
  return {
    query: sql`SELECT count(*) AS "violations", min(shown) AS "example" FROM (${groups}) AS duplicate`,
    table,
    columns: tableColumns(schema.tables.get(table), unique),
    problem: 'duplicates',
    rule: `${parts.map(toText).join(', ').replaceAll('"', '')} is unique`,
  }
}

function compared({ expression, collation }: IndexPart): Sql {
  const rendered = overColumns(expression)
  return collation === undefined ? rendered : sql`(${rendered}) COLLATE ${name(collation)}`
}

function checkHolds({ table, check }: Change<'addCheck' | 'validateCheck'>, schema: Schema): Precheck {
  const condition = overColumns(check.expression)
  const read = columnsRead(check.expression)
  return {
    // A check that comes out as NULL holds.
    query: violations(table, sql`NOT (${condition})`, schema),
    table,
    columns: columnNames(schema.tables.get(table)).filter((column) => read.has(column)),
    problem: 'checkViolated',
    rule: toText(condition),
  }
}

function noOrphans(table: string, { columns, references }: ForeignKey, schema: Schema): Precheck {
  const own = (column: string): Sql => sql`${name(splitTableName(table).table)}.${name(column)}`
  const present = columns.map((column) => sql`${own(column)} IS NOT NULL`)
  const pairs = references.columns.map((target, index) => {
    const column = columns[index] ?? ''
    const isAlike = comparable(typeOf(table, column, schema), typeOf(references.table, target, schema))
    // While the types are on their way to each other there may be no operator for them.
    return isAlike ? sql`p.${name(target)} = ${own(column)}` : sql`p.${name(target)}::text = ${own(column)}::text`
  })
  const orphan = sql`${join(present, ' AND ')} AND NOT EXISTS (SELECT 1 FROM ${tableName(references.table)} AS p WHERE ${join(pairs, ' AND ')})`
  return {
    query: violations(table, orphan, schema),
    table,
    columns,
    problem: 'orphans',
    rule: `${columns.join(', ')} refers to a row of ${references.table}`,
  }
}

function comparable(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || a === b) return true
  const [left, right] = [typeFamily(parseTypeName(a)), typeFamily(parseTypeName(b))]
  return left === right && left !== 'other' && left !== 'array'
}

function typeOf(table: string, column: string, schema: Schema): string | undefined {
  return schema.tables.get(table)?.columns.find((other) => other.name === column)?.type
}

/** Counts the rows that meet a condition, and shows the key of one of them. The table keeps its name, which raw SQL may put before a column. */
function violations(
  table: string,
  condition: Sql,
  schema: Schema,
  key: Sql = keyOf(table, schema.tables.get(table)),
): Sql {
  const from = sql`FROM ${tableName(table)} WHERE ${condition}`
  return sql`SELECT count(*) AS "violations", (SELECT ${key} ${from} LIMIT 1) AS "example" ${from}`
}

/** The primary key of a row in words, `id = 3`. */
function keyOf(table: string, definition: Table | undefined): Sql {
  const columns = definition?.primaryKey?.columns ?? []
  if (columns.length === 0) return sql`NULL::text`
  const own = name(splitTableName(table).table)
  return join(
    columns.map((column) => sql`${verbatim(textLiteral(`${column} = `))} || ${shown(sql`${own}.${name(column)}`)}`),
    " || ', ' || ",
  )
}

/** A value as one would write it: numbers and truth values bare, everything else in quotes. */
export function shown(content: Sql): Sql {
  return sql`CASE jsonb_typeof(to_jsonb(${content})) WHEN 'string' THEN quote_literal((${content})::text) ELSE coalesce((${content})::text, 'NULL') END`
}

function columnNames(table: Table | undefined): readonly string[] {
  return (table?.columns ?? []).map((column) => column.name)
}

function tableColumns(table: Table | undefined, { parts, where }: Unique): readonly string[] {
  const read = new Set([
    ...parts.flatMap(({ expression }) => [...columnsRead(expression)]),
    ...(where === undefined ? [] : columnsRead(where)),
  ])
  return columnNames(table).filter((column) => read.has(column))
}

import type { Change } from '../../schema/change.ts'
import type { ForeignKey, Schema, Table, Unique } from '../../schema/schema.ts'
import { join, name, type Sql, sql, value, verbatim } from '../../schema/sql.ts'
import type { Precheck } from '../../schema/step.ts'
import { oneValueEach } from '../shared/one-value-each.ts'
import { columnsRead } from './columns-read.ts'
import { converted, isConvertible } from './conversion.ts'
import { overColumns } from './definition.ts'
import { fold } from './raw-sql.ts'
import { toText } from './statement-text.ts'
import { lengthOf, typeFamily } from './type-family.ts'

/** The question to the data that a change must ask first; undefined where nothing in it can stand in the way. */
export function precheck(change: Change, after: Schema): Precheck | undefined {
  switch (change.kind) {
    case 'addColumn':
      return addedColumn(change, after)
    case 'setNotNull':
      return change.fill === undefined ? noNulls(change, after) : undefined
    case 'setType':
      return changedType(change, after)
    case 'addUnique':
      return noDuplicates(change.table, change.unique, after)
    case 'setPrimaryKey': {
      const columns = change.after?.columns ?? []
      if (columns.length === 0) return undefined
      const parts = columns.map((column) => ({ expression: { kind: 'column' as const, name: column } }))
      return noDuplicates(change.table, { name: '', parts }, after)
    }
    case 'addCheck':
      return checkHolds(change, after)
    case 'addForeignKey':
      return noOrphans(change.table, change.foreignKey, after)
    default:
      return undefined
  }
}

function addedColumn({ table, column, fill }: Change<'addColumn'>, after: Schema): Precheck | undefined {
  if (fill !== undefined && 'lookUp' in fill) return oneValueEach(table, column, fill.lookUp, name)
  const getsValue = column.nullable || column.default || column.generated || column.autoIncrement || fill !== undefined
  if (getsValue) return undefined
  return {
    query: violations(table, sql`1`, after, sql`NULL`),
    table,
    columns: [column.name],
    problem: 'rowsWithoutValue',
    rule: `${column.name} is not null, and there is no default and no value for the rows that exist`,
  }
}

function noNulls({ table, column }: Change<'setNotNull'>, after: Schema): Precheck {
  return {
    query: violations(table, sql`${name(column.name)} IS NULL`, after),
    table,
    columns: [column.name],
    problem: 'nulls',
    rule: `${column.name} is not null`,
  }
}

function changedType({ table, before, after: column, cast }: Change<'setType'>, after: Schema): Precheck | undefined {
  const old = cast === undefined ? name(before.name) : converted(before, column, cast)
  const length = lengthOf(column.type)
  if (length !== undefined && typeFamily(before.type) !== 'blob') {
    const shorter = lengthOf(before.type) === undefined || (lengthOf(before.type) ?? 0) > length || cast !== undefined
    if (!shorter) return undefined
    return {
      query: violations(table, sql`length(${old}) > ${verbatim(String(length))}`, after),
      table,
      columns: [before.name],
      problem: 'tooLong',
      rule: `${before.name} has at most ${length} characters`,
    }
  }
  const fits = isConvertible(before, column, old)
  if (fits === undefined) return undefined
  return {
    query: violations(table, sql`${old} IS NOT NULL AND NOT coalesce(${fits}, 0)`, after),
    table,
    columns: [before.name],
    problem: 'notConvertible',
    rule: `${before.name} can be read as ${column.type}`,
  }
}

/** NULLs are never duplicates of each other. */
function noDuplicates(table: string, unique: Omit<Unique, 'generatedName'>, after: Schema): Precheck {
  const parts = unique.parts.map(({ expression }) => overColumns(expression))
  const present = parts.map((part) => sql`(${part}) IS NOT NULL`)
  const where = join(unique.where === undefined ? present : [...present, sql`(${overColumns(unique.where)})`], ' AND ')
  const shown = join(
    parts.map((part) => sql`quote(${part})`),
    " || ', ' || ",
  )
  const groups = sql`SELECT ${shown} AS shown FROM ${name(table)} WHERE ${where} GROUP BY ${join(parts)} HAVING count(*) > 1`
  return {
    query: sql`SELECT count(*) AS "violations", min(shown) AS "example" FROM (${groups})`,
    table,
    columns: tableColumns(after.tables.get(table), unique),
    problem: 'duplicates',
    rule: `${parts.map(toText).join(', ').replaceAll('"', '')} is unique`,
  }
}

function checkHolds({ table, check }: Change<'addCheck'>, after: Schema): Precheck {
  const condition = overColumns(check.expression)
  const read = columnsRead(check.expression)
  return {
    // A check that comes out as NULL holds.
    query: violations(table, sql`NOT (${condition})`, after),
    table,
    columns: (after.tables.get(table)?.columns ?? [])
      .map((column) => column.name)
      .filter((column) => read.has(fold(column))),
    problem: 'checkViolated',
    rule: toText(condition),
  }
}

function noOrphans(table: string, { columns, references }: ForeignKey, after: Schema): Precheck {
  const present = columns.map((column) => sql`c.${name(column)} IS NOT NULL`)
  const pairs = references.columns.map((column, index) => sql`p.${name(column)} = c.${name(columns[index] ?? '')}`)
  const orphan = sql`${join(present, ' AND ')} AND NOT EXISTS (SELECT 1 FROM ${name(references.table)} AS p WHERE ${join(pairs, ' AND ')})`
  return {
    query: violations(table, orphan, after),
    table,
    columns,
    problem: 'orphans',
    rule: `${columns.join(', ')} refers to a row of ${references.table}`,
  }
}

/** Counts the rows that meet a condition, and shows the key of one of them. */
function violations(table: string, condition: Sql, after: Schema, shown: Sql = keyOf(after.tables.get(table))): Sql {
  const example = sql`(SELECT ${shown} FROM ${name(table)} AS c WHERE ${condition} LIMIT 1)`
  return sql`SELECT count(*) AS "violations", ${example} AS "example" FROM ${name(table)} AS c WHERE ${condition}`
}

/** The primary key of a row in words, `id = 3`. */
function keyOf(table: Table | undefined): Sql {
  const columns = table?.primaryKey?.columns ?? []
  if (columns.length === 0) return sql`NULL`
  return join(
    columns.map((column) => sql`${value(`${column} = `)} || quote(c.${name(column)})`),
    " || ', ' || ",
  )
}

function tableColumns(table: Table | undefined, { parts, where }: Pick<Unique, 'parts' | 'where'>): readonly string[] {
  const read = new Set([
    ...parts.flatMap(({ expression }) => [...columnsRead(expression)]),
    ...(where === undefined ? [] : columnsRead(where)),
  ])
  return (table?.columns ?? []).map((column) => column.name).filter((column) => read.has(fold(column)))
}

import type { Change } from '../../schema/change.ts'
import type { Expression } from '../../schema/expression.ts'
import type { ForeignKey, Schema, Unique } from '../../schema/schema.ts'
import { join, name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import type { Precheck } from '../../schema/step.ts'
import { oneValueEach } from '../shared/one-value-each.ts'
import { spellingOf } from './column-types.ts'
import { columnsRead } from './columns-read.ts'
import { textOf } from './precheck-conversion.ts'
import { countDuplicates, equalRows } from './precheck-duplicates.ts'
import { columnOf, keyOf, shown, violations } from './precheck-rows.ts'
import { changedType } from './precheck-type.ts'
import { toText } from './statement-text.ts'
import { fold } from './tokens.ts'
import { parseTypeName, typeFamily } from './type-name.ts'
import type { Flavour } from './variant.ts'

/**
 * The question to the data that a change must ask first; undefined where nothing in it can stand in the way. Where other databases would refuse,
 * these fill in a zero or an empty text by themselves, and a plan that fails on its way is not rolled back.
 */
export function precheck(change: Change, schema: Schema, flavour: Flavour): Precheck | undefined {
  switch (change.kind) {
    case 'addColumn':
      return addedColumn(change)
    case 'setNotNull':
      return change.fill === undefined ? noNulls(change, schema) : undefined
    case 'setType':
      return changedType(change, schema, flavour)
    case 'addUnique':
      return noDuplicates(change.table, change.unique, schema, flavour)
    case 'setPrimaryKey': {
      const columns = change.after?.columns ?? []
      if (columns.length === 0) return undefined
      const parts = columns.map((column) => ({ expression: { kind: 'column' as const, name: column } }))
      return noDuplicates(change.table, { parts }, schema, flavour)
    }
    case 'addCheck':
    case 'validateCheck':
      return checkHolds(change, schema, flavour)
    case 'addForeignKey':
      return noOrphans(change.table, change.foreignKey, schema)
    default:
      return undefined
  }
}

function addedColumn({ table, column, fill }: Change<'addColumn'>): Precheck | undefined {
  if (fill !== undefined && 'lookUp' in fill) return oneValueEach(table, column, fill.lookUp, name, sql`char`)
  const getsValue = column.nullable || column.default || column.generated || column.autoIncrement || fill !== undefined
  if (getsValue) return undefined
  return {
    query: violations(table, sql`true`, sql`NULL`),
    table,
    columns: [column.name],
    problem: 'rowsWithoutValue',
    rule: `${column.name} is not null, and there is no default and no value for the rows that exist`,
  }
}

function noNulls({ table, column }: Change<'setNotNull'>, { tables }: Schema): Precheck {
  return {
    query: violations(table, sql`${name(column.name)} IS NULL`, keyOf(tables.get(table))),
    table,
    columns: [column.name],
    problem: 'nulls',
    rule: `${column.name} is not null`,
  }
}

/** Grouping compares as the index does: by the collation of the column. */
function noDuplicates(table: string, { parts }: Pick<Unique, 'parts'>, schema: Schema, flavour: Flavour): Precheck {
  const definition = schema.tables.get(table)
  const rendered = parts.map(({ expression }) => overColumns(expression, flavour))
  const key = parts.map(({ expression }, index) => {
    const compared = rendered[index] ?? sql`NULL`
    const column = expression.kind === 'column' ? columnOf(definition, expression.name) : undefined
    return { compared, shown: shown(sql`min(${compared})`, column) }
  })
  return {
    query: countDuplicates([equalRows(table, key)]),
    table,
    columns: columnsIn(
      table,
      parts.map(({ expression }) => expression),
      schema,
      flavour,
    ),
    problem: 'duplicates',
    rule: `${rendered.map(toText).join(', ').replaceAll('`', '')} is unique`,
  }
}

function checkHolds(
  { table, check }: Change<'addCheck' | 'validateCheck'>,
  schema: Schema,
  flavour: Flavour,
): Precheck {
  const condition = overColumns(check.expression, flavour)
  return {
    // A check that comes out as NULL holds.
    query: violations(table, sql`NOT (${condition})`, keyOf(schema.tables.get(table))),
    table,
    columns: columnsIn(table, [check.expression], schema, flavour),
    problem: 'checkViolated',
    rule: toText(condition),
  }
}

/** A row with a NULL in any of the columns refers to nothing. */
function noOrphans(table: string, { columns, references }: ForeignKey, schema: Schema): Precheck {
  const own = (column: string): Sql => sql`${name(table)}.${name(column)}`
  const present = columns.map((column) => sql`${own(column)} IS NOT NULL`)
  const pairs = references.columns.map((target, index) => {
    const column = columns[index] ?? ''
    const other = sql`p.${name(target)}`
    return isComparable(table, column, references.table, target, schema)
      ? sql`${other} = ${own(column)}`
      : sql`${asBytes(other)} = ${asBytes(own(column))}`
  })
  const orphan = sql`${join(present, ' AND ')} AND NOT EXISTS (SELECT 1 FROM ${name(references.table)} AS p WHERE ${join(pairs, ' AND ')})`
  return {
    query: violations(table, orphan, keyOf(schema.tables.get(table))),
    table,
    columns,
    problem: 'orphans',
    rule: `${columns.join(', ')} refers to a row of ${references.table}`,
  }
}

/** Of columns that the same plan makes alike: two types are compared as numbers, where '5 apples' is 5, and two collations not at all. */
function isComparable(table: string, column: string, other: string, target: string, { tables }: Schema): boolean {
  const [left, right] = [columnOf(tables.get(table), column), columnOf(tables.get(other), target)]
  if (left === undefined || right === undefined) return true
  const [from, to] = [typeFamily(parseTypeName(left.type)), typeFamily(parseTypeName(right.type))]
  return from === to && left.collation === right.collation
}

function asBytes(content: Sql): Sql {
  return sql`${textOf(content)} COLLATE ${verbatim('utf8mb4_bin')}`
}

function overColumns(expression: Expression, flavour: Flavour): Sql {
  return spellingOf(flavour).expression(expression)
}

/** The columns of a table that expressions read. */
function columnsIn(
  table: string,
  expressions: readonly Expression[],
  { tables }: Schema,
  flavour: Flavour,
): readonly string[] {
  const read = new Set(expressions.flatMap((expression) => [...columnsRead(expression, flavour)]))
  return (tables.get(table)?.columns ?? []).map((column) => column.name).filter((column) => read.has(fold(column)))
}

import type { Change } from '../../schema/change.ts'
import type { Column, Schema, Table } from '../../schema/schema.ts'
import { join, name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import type { Precheck } from '../../schema/step.ts'
import { textLiteral } from './literal.ts'
import { isOf } from './swaps.ts'
import { splitTableName, tableName } from './table-name.ts'

/** Rows that hold a value which an enum is to lose; undefined where it loses none, or no table that is known holds any. */
export function lostValues({ before, after }: Change<'alterEnum'>, { tables }: Schema): Precheck | undefined {
  const lost = before.values.filter((value) => !after.values.includes(value))
  const holders = [...tables.values()].flatMap((table) =>
    table.columns.filter((column) => isOf(column, before)).map((column) => ({ table, column })),
  )
  const [first] = holders
  if (lost.length === 0 || first === undefined) return undefined
  const found = join(
    holders.map(({ table, column }) => rowsWith(lost, table, column)),
    ' UNION ALL ',
  )
  return {
    query: sql`SELECT count(*) AS "violations", min(lost.shown) AS "example" FROM (${found}) AS lost`,
    table: first.table.name,
    columns: holders.flatMap(({ table, column }) => (table === first.table ? [column.name] : [])),
    problem: 'notConvertible',
    rule: `${after.name} is one of ${after.values.map(textLiteral).join(', ')}`,
  }
}

/** Whether what a column holds is a value of the enum that it becomes; undefined where it becomes none. The type itself may be yet to come. */
export function isValueOf(before: Column, after: Column, { objects }: Schema): Sql | undefined {
  const [found] = [...(objects?.values() ?? [])].filter((object) => object.kind === 'enum' && isOf(after, object))
  if (found?.kind !== 'enum' || after.type.endsWith('[]') || before.type === after.type) return undefined
  return sql`(${name(before.name)})::text IN (${join(found.values.map((value) => verbatim(textLiteral(value))))})`
}

/** A column that is to come is no column yet: of the row as a document it is NULL. */
function rowsWith(lost: readonly string[], { name: table }: Table, { name: column, type }: Column): Sql {
  const row = sql`to_jsonb(${name(splitTableName(table).table)})`
  const values = join(lost.map((value) => verbatim(textLiteral(value))))
  const key = verbatim(textLiteral(column))
  const condition = type.endsWith('[]')
    ? sql`jsonb_exists_any(${row} -> ${key}, ARRAY[${values}])`
    : sql`${row} ->> ${key} IN (${values})`
  const shown = sql`${verbatim(textLiteral(`${table}.${column} = `))} || (${row} ->> ${key})`
  return sql`SELECT ${shown} AS shown FROM ${tableName(table)} WHERE ${condition}`
}

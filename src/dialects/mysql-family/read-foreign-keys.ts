import type { ForeignKey, ReferentialAction } from '../../schema/schema.ts'
import { sql } from '../../schema/sql.ts'
import { actionFromSql } from '../shared/referential-actions.ts'
import { byTable, inDatabase, ofTables, optionalText, type Place, type Query, text } from './catalogue.ts'

/**
 * Reads the foreign keys of a database or of some tables, by table, in two queries: the server joins the two views of its catalogue far more slowly
 * than they are read.
 */
export async function readForeignKeys(
  query: Query,
  place: Place,
  tables: readonly string[] | undefined,
): Promise<ReadonlyMap<string, readonly ForeignKey[]>> {
  const named = ofTables(sql`table_name`, tables)
  const rules = await query(sql`SELECT table_name AS owner, constraint_name AS name, delete_rule AS on_delete,
      update_rule AS on_update FROM information_schema.referential_constraints WHERE ${inDatabase(sql`constraint_schema`, place)}${named}`)
  if (rules.length === 0) return new Map()
  const ofKey = new Map(rules.map((row) => [`${text(row['owner'])}\0${text(row['name'])}`, row]))
  const rows = await query(sql`SELECT table_name AS owner, constraint_name AS name, column_name AS part,
      referenced_table_schema AS target_schema, referenced_table_name AS target, referenced_column_name AS target_part
    FROM information_schema.key_column_usage WHERE ${inDatabase(sql`table_schema`, place)}${named} AND referenced_table_name IS NOT NULL
    ORDER BY table_name, constraint_name, ordinal_position`)
  const parts = byTable(rows, (row) => row)
  return new Map(
    [...parts].map(([table, own]) => [
      table,
      [...Map.groupBy(own, (row) => text(row['name']))].map(([name, columns]): ForeignKey => {
        const [first] = columns
        const rule = ofKey.get(`${table}\0${name}`)
        const schema = text(first?.['target_schema'])
        const target = text(first?.['target'])
        return {
          name,
          columns: columns.map((row) => text(row['part'])),
          references: {
            table: schema === place.database ? target : `${schema}.${target}`,
            columns: columns.map((row) => text(row['target_part'])),
          },
          onDelete: actionFromSql(optionalText(rule?.['on_delete'])),
          onUpdate: onUpdateOf(actionFromSql(optionalText(rule?.['on_update']))),
        }
      }),
    ]),
  )
}

/**
 * To restrict and to take no action are the same here, as each row is checked at once; which of them stands where nobody said anything is another on
 * each server.
 */
export function onUpdateOf(action: ReferentialAction): ReferentialAction {
  return action === 'restrict' ? 'noAction' : action
}

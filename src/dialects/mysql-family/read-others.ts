import type { Row } from '../../schema/dialect.ts'
import type { OtherObject } from '../../schema/schema.ts'
import { join, type Sql, sql } from '../../schema/sql.ts'
import { inDatabase, optionalText, type Place, type Query, text } from './catalogue.ts'
import { namesTable } from './names-table.ts'
import { rawText } from './raw-text.ts'
import type { PrintedCheck } from './read-checks.ts'
import type { Relation } from './read-tables.ts'
import { quoted } from './statement-text.ts'

/**
 * Reads what no model can declare: the views, triggers, routines and events of a database in one query, with what was found besides; of some tables
 * only the triggers on them and the views over them.
 */
export async function readOthers(
  query: Query,
  place: Place,
  found: readonly Relation[],
  { tables, notEnforced }: { readonly tables?: readonly string[]; readonly notEnforced: readonly NotEnforced[] },
): Promise<readonly OtherObject[]> {
  const rows = await query(questionFor(place, tables === undefined))
  const read = rows.map(readOther)
  return [
    ...(tables === undefined ? read : read.filter((other) => concerns(other, tables, place))),
    ...found
      .filter(({ kind }) => kind === 'SEQUENCE')
      .map(({ name }): OtherObject => ({ kind: 'sequence', name, definition: `CREATE SEQUENCE ${quoted(name)}` })),
    ...notEnforced.map(({ name, table, expression }): OtherObject => {
      const definition = `ALTER TABLE ${quoted(table)} ADD CONSTRAINT ${quoted(name)} CHECK (${rawText(expression)}) NOT ENFORCED`
      return { kind: 'check', name, table, definition }
    }),
  ]
}

/** A check that is not enforced, and the table that it stands on. */
type NotEnforced = PrintedCheck & { readonly table: string }

function questionFor(place: Place, whole: boolean): Sql {
  const views = sql`SELECT 'view' AS kind, table_name AS name, NULL AS owner, view_definition AS body, NULL AS moment
    FROM information_schema.views WHERE ${inDatabase(sql`table_schema`, place)}`
  const triggers = sql`SELECT 'trigger', trigger_name, event_object_table, action_statement,
      CONCAT(action_timing, ' ', event_manipulation)
    FROM information_schema.triggers WHERE ${inDatabase(sql`event_object_schema`, place)}`
  const routines = sql`SELECT LOWER(routine_type), routine_name, NULL, routine_definition, NULL
    FROM information_schema.routines WHERE ${inDatabase(sql`routine_schema`, place)}`
  const events = sql`SELECT 'event', event_name, NULL, event_definition,
      COALESCE(CONCAT('EVERY ', QUOTE(interval_value), ' ', interval_field), CONCAT('AT ', QUOTE(execute_at)))
    FROM information_schema.events WHERE ${inDatabase(sql`event_schema`, place)}`
  const partitions = sql`SELECT DISTINCT 'partitionedTable', table_name, table_name, partition_expression, partition_method
    FROM information_schema.partitions WHERE ${inDatabase(sql`table_schema`, place)} AND partition_name IS NOT NULL`
  const ofTheTables = [views, triggers, partitions]
  const all = whole ? [...ofTheTables, routines, events] : ofTheTables
  return sql`${join(all, ' UNION ALL ')} ORDER BY kind, name`
}

function readOther(row: Row): OtherObject {
  const name = text(row['name'])
  const own = quoted(name)
  const body = optionalText(row['body']) ?? ''
  const moment = optionalText(row['moment']) ?? ''
  switch (text(row['kind'])) {
    case 'view':
      return { kind: 'view', name, definition: `CREATE VIEW ${own} AS ${body}` }
    case 'trigger': {
      const table = text(row['owner'])
      const definition = `CREATE TRIGGER ${own} ${moment} ON ${quoted(table)} FOR EACH ROW ${body}`
      return { kind: 'trigger', name, table, definition }
    }
    case 'partitionedTable': {
      const definition = `ALTER TABLE ${own} PARTITION BY ${moment} (${body})`
      return { kind: 'partitionedTable', name, table: name, definition }
    }
    case 'event':
      return { kind: 'event', name, definition: `CREATE EVENT ${own} ON SCHEDULE ${moment} DO ${body}` }
    case 'procedure':
      return { kind: 'procedure', name, definition: `CREATE PROCEDURE ${own} ${body}` }
    default:
      return { kind: 'function', name, definition: `CREATE FUNCTION ${own} ${body}` }
  }
}

function concerns(other: OtherObject, tables: readonly string[], place: Place): boolean {
  const { kind, table } = other
  if (table !== undefined) return tables.includes(table)
  return kind === 'view' && tables.some((wanted) => namesTable(other, wanted, place.database))
}

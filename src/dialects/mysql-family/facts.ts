import { type Change, tableOf } from '../../schema/change.ts'
import type { Facts } from '../../schema/dialect.ts'
import { emptySchema, type Schema } from '../../schema/schema.ts'
import { sql } from '../../schema/sql.ts'
import { inDatabase, ofTables, optionalText, type Place, type Query, readPlace, text } from './catalogue.ts'
import { indexKey } from './index-key.ts'
import { inspect } from './inspect.ts'
import { readRenames } from './renames.ts'
import type { Flavour } from './variant.ts'

/**
 * Reads what a plan for these changes must know, by the names that hold before its renames: the tables that it touches and those with a foreign key to
 * one whose keys may change, the names that are taken, and who refers to whom.
 */
export async function readFacts(changes: readonly Change[], query: Query, flavour: Flavour): Promise<Facts> {
  const place = await readPlace(query)
  const touched = touchedTables(changes, flavour)
  const referrers = await readReferrers(query, place)
  const referring = tablesWithKeys(changes, flavour).flatMap((table) => referrers.get(table) ?? [])
  const tables = [...new Set([...touched, ...referring])]
  const schema: Schema = tables.length === 0 ? emptySchema : await inspect(query, flavour, { tables })
  return { schema, takenNames: await readTakenNames(query, place, tables), referrers }
}

/** The tables that the changes speak of and that exist before them, by the names that they have then. */
function touchedTables(changes: readonly Change[], flavour: Flavour): readonly string[] {
  const created = new Set(changes.flatMap((change) => (change.kind === 'createTable' ? [change.table.name] : [])))
  const { tableBefore } = readRenames(changes, flavour)
  const altered = changes.flatMap((change) => {
    const table = tableOf(change)
    return table === undefined || created.has(table) ? [] : [table]
  })
  const read = changes.flatMap((change) => {
    // A table may go and another one of its name come.
    if (change.kind === 'dropTable') return [change.table.name]
    return change.kind === 'copyRows' ? [change.from] : []
  })
  return [...new Set([...altered, ...read].map(tableBefore))]
}

/** The tables to which foreign keys may lead that the changes have an effect on. */
function tablesWithKeys(changes: readonly Change[], flavour: Flavour): readonly string[] {
  const { tableBefore } = readRenames(changes, flavour)
  const tables = changes.flatMap((change) => {
    switch (change.kind) {
      case 'setPrimaryKey':
      case 'setAutoIncrement':
      case 'dropUnique':
      case 'dropIndex':
      case 'dropColumn':
      case 'setType':
      case 'setGenerated':
        return [change.table]
      case 'dropTable':
        return [change.table.name]
      default:
        return []
    }
  })
  return [...new Set(tables.map(tableBefore))]
}

/** Who refers to whom, over the whole database: by table, the tables with a foreign key to it. */
export async function readReferrers(query: Query, place: Place): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await query(sql`SELECT DISTINCT table_name AS owner, referenced_table_name AS target
    FROM information_schema.referential_constraints
    WHERE ${inDatabase(sql`constraint_schema`, place)} AND ${inDatabase(sql`unique_constraint_schema`, place)}
    ORDER BY table_name, referenced_table_name`)
  const referrers = new Map<string, string[]>()
  for (const row of rows) {
    const [from, to] = [text(row['owner']), text(row['target'])]
    const known = referrers.get(to)
    if (known === undefined) referrers.set(to, [from])
    else known.push(from)
  }
  return referrers
}

/**
 * The names of foreign keys and checks, which some servers want to be unique in the whole database, and of the indexes of some tables, each with its
 * table, for they are unique in their table only.
 */
async function readTakenNames(query: Query, place: Place, tables: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await query(sql`SELECT NULL AS owner, constraint_name AS name FROM information_schema.table_constraints
      WHERE ${inDatabase(sql`table_schema`, place)} AND constraint_type IN ('FOREIGN KEY', 'CHECK')
    UNION SELECT table_name, index_name FROM information_schema.statistics
      WHERE ${inDatabase(sql`table_schema`, place)}${ofTables(sql`table_name`, tables)}`)
  return new Set(
    rows.map((row) => {
      const table = optionalText(row['owner'])
      const name = text(row['name'])
      return table === undefined ? name : indexKey(table, name)
    }),
  )
}

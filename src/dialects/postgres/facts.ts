import { type Change, tableOf } from '../../schema/change.ts'
import type { Facts } from '../../schema/dialect.ts'
import { emptySchema, type Schema } from '../../schema/schema.ts'
import { sql } from '../../schema/sql.ts'
import { askedFor, type Naming, namingFor, placeOf, type Query, textList } from './catalog.ts'
import { readEnumColumns } from './enum-columns.ts'
import { inspect } from './inspect.ts'
import { readRenames } from './renames.ts'

/**
 * Reads what a plan for these changes must know, by the names that hold before its renames: the tables that it touches, those with a foreign key to a
 * table whose keys may change, those with a column of an enum type that changes, the names that are taken, and who refers to whom.
 */
export async function readFacts(changes: readonly Change[], query: Query): Promise<Facts> {
  const touched = touchedTables(changes)
  const naming = namingFor(touched)
  const referrers = await readReferrers(query, naming)
  const referring = tablesWithKeys(changes).flatMap((table) => referrers.get(table) ?? [])
  const ofTheEnums = await readEnumColumns(query, alteredEnums(changes), naming)
  const tables = [...new Set([...touched, ...referring, ...ofTheEnums.map(({ table }) => table)])]
  const schema: Schema = tables.length === 0 ? emptySchema : await inspect(query, { tables })
  return { schema, takenNames: await readTakenNames(query, tables), referrers }
}

/** The tables that the changes speak of and that exist before them, by the names that they have then. */
function touchedTables(changes: readonly Change[]): readonly string[] {
  const created = new Set(changes.flatMap((change) => (change.kind === 'createTable' ? [change.table.name] : [])))
  const { tableBefore } = readRenames(changes)
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
function tablesWithKeys(changes: readonly Change[]): readonly string[] {
  const { tableBefore } = readRenames(changes)
  const tables = changes.flatMap((change) => {
    switch (change.kind) {
      case 'setPrimaryKey':
      case 'dropUnique':
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

async function readReferrers(query: Query, naming: Naming): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await query(sql`SELECT DISTINCT n.nspname::text AS schema, c.relname::text AS relation,
      coalesce(n.nspname = current_schema(), false) AS is_default, tn.nspname::text AS to_schema,
      t.relname::text AS to_relation, coalesce(tn.nspname = current_schema(), false) AS to_is_default
    FROM pg_catalog.pg_constraint AS k
    JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid AND NOT c.relispartition
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_class AS t ON t.oid = k.confrelid
    JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.relnamespace
    WHERE k.contype = 'f' AND k.conparentid = 0 ORDER BY 1, 2, 4, 5`)
  const referrers = new Map<string, string[]>()
  for (const row of rows) {
    const [from, to] = [naming(placeOf(row)), naming(placeOf(row, 'to_'))]
    if (from === undefined || to === undefined) continue
    const known = referrers.get(to)
    if (known === undefined) referrers.set(to, [from])
    else known.push(from)
  }
  return referrers
}

function alteredEnums(changes: readonly Change[]): readonly string[] {
  return changes.flatMap((change) => {
    if (change.kind === 'alterEnum') return [change.before.name]
    return change.kind === 'dropObject' && change.object.kind === 'enum' ? [change.object.name] : []
  })
}

/** The names of relations in the default schema and in those of the tables, and of the tables' constraints. */
async function readTakenNames(query: Query, tables: readonly string[]): Promise<ReadonlySet<string>> {
  const [row] = await query(sql`WITH place AS (${askedFor(tables)})
    SELECT json_agg(DISTINCT taken.name)::text AS list FROM (
      SELECT c.relname AS name FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = current_schema() OR n.nspname IN (SELECT place.schema FROM place)
      UNION ALL SELECT k.conname FROM place
      JOIN pg_catalog.pg_namespace AS n ON n.nspname = place.schema
      JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = place.relation
      JOIN pg_catalog.pg_constraint AS k ON k.conrelid = c.oid
    ) AS taken`)
  return new Set(textList(row?.['list']))
}

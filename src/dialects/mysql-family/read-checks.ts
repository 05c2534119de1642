import type { Check } from '../../schema/schema.ts'
import { sql } from '../../schema/sql.ts'
import { byTable, inDatabase, optionalText, type Place, type Query, text } from './catalogue.ts'
import type { CatalogueVariant } from './catalogue-variant.ts'

/** A check as the catalogue has it. One that is not enforced keeps nobody from anything. */
export interface PrintedCheck extends Check {
  readonly enforced: boolean
}

/** Reads the checks of a database, by table, in one query or in two that nobody joins: the server takes seconds for it. */
export async function readChecks(
  query: Query,
  place: Place,
  variant: CatalogueVariant,
): Promise<ReadonlyMap<string, readonly PrintedCheck[]>> {
  const scope = inDatabase(sql`constraint_schema`, place)
  const rows = await query(variant.checks(scope))
  if (rows.length === 0) return new Map()
  const owners =
    variant.checkOwners === undefined ? [] : await query(variant.checkOwners(inDatabase(sql`table_schema`, place)))
  const byName = new Map(owners.map((row) => [text(row['name']), row]))
  const found = rows.map((row) => {
    const known = byName.get(text(row['name']))
    return { ...row, owner: row['owner'] ?? known?.['owner'], enforced: known?.['enforced'] }
  })
  return byTable(found, (row): PrintedCheck => {
    const column = optionalText(row['of_column'])
    return {
      name: text(row['name']),
      ...(column === undefined ? {} : { generatedName: true, ofColumn: column }),
      expression: { kind: 'sql', sql: variant.expressionText(text(row['clause'])) },
      enforced: row['enforced'] !== 'NO',
    }
  })
}

import type { Pairs } from '../intent.ts'
import type { Column, Identity, Schema, Table } from '../schema.ts'

/** The table and columns that hold pairs, by their names in a Schema that is known to have them. */
export function placeOfPairs(
  schema: Schema,
  pairs: Pairs,
): { readonly table: string; readonly source: string; readonly target: string } {
  const { table } = find(schema, pairs.source)
  return { table: table.name, source: columnOf(schema, pairs.source), target: columnOf(schema, pairs.target) }
}

/** The name of the column with an identity. */
export function columnOf(schema: Schema, identity: Identity): string {
  return find(schema, identity).column.name
}

function find(schema: Schema, identity: Identity): { readonly table: Table; readonly column: Column } {
  for (const table of schema.tables.values()) {
    const column = table.columns.find((candidate) => candidate.identity === identity)
    if (column !== undefined) return { table, column }
  }
  throw new Error(`Invariant violated: the Schema has the column ${identity}, of which pairs are copied`)
}

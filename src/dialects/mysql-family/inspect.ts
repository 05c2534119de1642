import type { InspectOptions } from '../../schema/dialect.ts'
import type { Schema } from '../../schema/schema.ts'
import { type Query, readPlace } from './catalogue.ts'
import { readOthers } from './read-others.ts'
import { isTable, readRelations, readTables } from './read-tables.ts'
import type { Flavour } from './variant.ts'

/**
 * Reads the Schema of the database that a session stands in, or of some of its tables, in eight queries or nine. Godwit's own tables are left out
 * unless they are named.
 */
export async function inspect(
  query: Query,
  { variant }: Flavour,
  { tables: named }: InspectOptions = {},
): Promise<Schema> {
  const place = await readPlace(query)
  const found = await readRelations(query, place, named)
  const isWanted = (name: string): boolean => (named === undefined ? !isOwn(name) : named.includes(name))
  const wanted = found.filter(({ name }) => isWanted(name))
  const { tables, notEnforced } = await readTables(query, place, wanted.filter(isTable), named, variant.catalogue)
  const others = await readOthers(query, place, wanted, {
    ...(named === undefined ? {} : { tables: named }),
    notEnforced,
  })
  return {
    tables: new Map(tables.map((table) => [table.name, table])),
    others: others.filter(({ table }) => table === undefined || isWanted(table)),
  }
}

function isOwn(table: string): boolean {
  return /^godwit_/i.test(table)
}

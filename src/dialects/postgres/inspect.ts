import type { InspectOptions } from '../../schema/dialect.ts'
import type { Schema } from '../../schema/schema.ts'
import { namingFor, type Query, readRelations } from './catalog.ts'
import { readObjects } from './read-objects.ts'
import { readOthers } from './read-others.ts'
import { readTables } from './read-tables.ts'

/**
 * Reads the Schema of a database, or of some of its tables, in six queries. Godwit's own tables are left out unless they are named; of some tables
 * only, no objects are read.
 */
export async function inspect(query: Query, { tables, schemas = [] }: InspectOptions = {}): Promise<Schema> {
  const found = await readRelations(query, schemas, tables)
  const relations = tables === undefined ? found.filter(({ name }) => !isOwn(name)) : found
  const read = await readTables(query, relations, namingFor(tables))
  const others = await readOthers(query, relations, tables === undefined ? { schemas } : 'ofTheTables')
  const objects = tables === undefined ? await readObjects(query) : new Map<never, never>()
  return {
    tables: new Map(read.map((table) => [table.name, table])),
    ...(objects.size === 0 ? {} : { objects }),
    others,
  }
}

function isOwn(table: string): boolean {
  return ['godwit_migrations', 'godwit_journal', 'godwit_batches', 'godwit_objects'].includes(table)
}

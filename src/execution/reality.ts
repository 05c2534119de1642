import type { Change } from '../schema/change.ts'
import type { Session } from '../schema/dialect.ts'
import { holds } from '../schema/postcondition.ts'
import type { Schema, Table } from '../schema/schema.ts'
import type { SchemaUnit } from './unit.ts'

/** Whether all that a unit was to do concurrently is so in the database, and what an unfinished build left there. */
export interface Reality {
  readonly isDone: boolean
  /** Indexes that the database has and does not use. */
  readonly invalidIndexes: readonly string[]
}

/** Looks in the database, not in a journal, how far a unit has come whose statements are part of no transaction. */
export async function lookAt(unit: SchemaUnit, session: Session): Promise<Reality> {
  const { dialect } = session
  const indexed = unit.changes.filter((change) => change.kind === 'addIndex' || change.kind === 'dropIndex')
  const tables = [...new Set(indexed.map(({ table }) => table))]
  const before = await dialect.canonicalise(only(tables, unit.before), session)
  const after = await dialect.canonicalise(only(tables, unit.after), session)
  const inspected = await session.inspect({ tables })
  const isDone = indexed.every((change) =>
    change.kind === 'addIndex'
      ? holds(asSpelled(change, after), inspected, dialect.comparison)
      : holds(asSpelled(change, before), withAllIndexesValid(inspected), dialect.comparison),
  )
  const invalidIndexes = [...inspected.tables.values()]
    .flatMap(({ indexes }) => indexes)
    .filter(({ invalid }) => invalid === true)
    .map(({ name }) => name)
  return { isDone, invalidIndexes }
}

/** The change with its index as the server spells it. */
function asSpelled<Kind extends 'addIndex' | 'dropIndex'>(change: Change<Kind>, { tables }: Schema): Change<Kind> {
  // The server's spelling leaves out the schema where it is the default one.
  const table = tables.get(change.table) ?? tables.get(change.table.slice(change.table.indexOf('.') + 1))
  const index = table?.indexes.find(({ name }) => name === change.index.name)
  return index === undefined ? change : { ...change, index }
}

/** An index whose removal was interrupted is invalid, and still there. */
function withAllIndexesValid(schema: Schema): Schema {
  const tables = [...schema.tables].map(([name, table]): [string, Table] => [
    name,
    { ...table, indexes: table.indexes.map(({ invalid: _, ...index }) => index) },
  ])
  return { ...schema, tables: new Map(tables) }
}

function only(names: readonly string[], schema: Schema): Schema {
  return { ...schema, tables: new Map([...schema.tables].filter(([name]) => names.includes(name))) }
}

import { canonicalJson } from '../lib/canonical-json.ts'
import type { Change } from './change.ts'
import type { Named, OtherKind, Schema, SchemaObject, Table } from './schema.ts'

/** What a database can hold under a name: what no model declares, tables and what they are made of, and what columns use. */
export type ObjectKind = OtherKind | SchemaObject['kind'] | 'table' | 'column' | 'unique' | 'foreignKey' | 'exclusion'

/** One thing of a database. */
export interface FoundObject {
  readonly kind: ObjectKind
  /** Empty where the database gave it none. */
  readonly name: string
  /** The table that it stands on; a table stands on none. */
  readonly table?: string
  /**
   * What tells it from another of the same name: of a table, of a part of one and of an enum type, extension or collation the thing itself as JSON; of all
   * others the statement that makes it, as far as the catalogue has it.
   */
  readonly definition: string
}

/** The one text that names a thing in its database: kinds share no names, and parts of tables are told by their tables. */
export function objectId({ kind, name, table = '', definition }: FoundObject): string {
  return JSON.stringify([kind, table, name === '' ? definition : name])
}

/** All that a database holds, one by one: a table, and then each of its parts. */
export function objectsIn(schema: Schema): readonly FoundObject[] {
  return [
    ...schema.others,
    ...[...(schema.objects?.values() ?? [])].map((object) => ({
      kind: object.kind,
      name: object.name,
      definition: canonicalJson(object),
    })),
    ...[...schema.tables.values()].flatMap((table) => [
      { kind: 'table' as const, name: table.name, definition: canonicalJson(table) },
      ...partsIn(table),
    ]),
  ]
}

function partsIn(table: Table): readonly FoundObject[] {
  return [
    ...table.columns.map((column) => part('column', table.name, column)),
    ...table.uniques.map((unique) => part('unique', table.name, unique)),
    ...table.indexes.map((index) => part('index', table.name, index)),
    ...table.checks.map((check) => part('check', table.name, check)),
    ...table.foreignKeys.map((foreignKey) => part('foreignKey', table.name, foreignKey)),
    ...(table.exclusions ?? []).map((exclusion) => part('exclusion', table.name, exclusion)),
  ]
}

function part(kind: ObjectKind, table: string, content: Named): FoundObject {
  return { kind, name: content.name, table, definition: canonicalJson(content) }
}

/** The thing that a change would take away, or undefined where it takes none away. */
export function objectTaken(change: Change): FoundObject | undefined {
  switch (change.kind) {
    case 'dropTable':
      return { kind: 'table', name: change.table.name, definition: canonicalJson(change.table) }
    case 'dropObject':
      return { kind: change.object.kind, name: change.object.name, definition: canonicalJson(change.object) }
    case 'dropColumn':
      return part('column', change.table, change.column)
    case 'dropUnique':
      return part('unique', change.table, change.unique)
    case 'dropIndex':
      return part('index', change.table, change.index)
    case 'dropCheck':
      return part('check', change.table, change.check)
    case 'dropForeignKey':
      return part('foreignKey', change.table, change.foreignKey)
    case 'dropExclusion':
      return part('exclusion', change.table, change.exclusion)
    default:
      return undefined
  }
}

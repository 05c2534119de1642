import { assertNever } from '../lib/assert-never.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import type { Change, ChangeKind, ObjectChange } from './change.ts'
import type { Comparison } from './dialect.ts'
import { diff } from './diff.ts'
import { type Column, objectKey, type Schema, type SchemaObject, type Table } from './schema.ts'

/**
 * Whether a change is so already, asked of an inspected Schema: how a run that was interrupted learns from reality, not from a counter, what took
 * effect. The answer is the differ's: nothing of the change's kind is left to do. Names that were generated are not asked for.
 */
export function holds(change: Change, schema: Schema, comparison: Comparison): boolean {
  switch (change.kind) {
    case 'renameTable':
      return schema.tables.has(change.to) && !schema.tables.has(change.from)
    case 'createTable':
      return schema.tables.has(change.table.name)
    case 'dropTable':
      return !schema.tables.has(change.table.name)
    case 'createObject':
      return structuralEqual(objectIn(schema, change.object), change.object)
    case 'dropObject':
      return objectIn(schema, change.object) === undefined
    case 'alterEnum':
      return structuralEqual(objectIn(schema, change.after), change.after)
    case 'copyRows':
      // Rows cannot be told from a Schema: the copy is made again, which its executor must allow for.
      return false
    default: {
      const table = schema.tables.get(change.table)
      return table !== undefined && holdsForTable(change, table, comparison)
    }
  }
}

type TableChange = Exclude<Change, ObjectChange | { kind: 'renameTable' | 'createTable' | 'dropTable' | 'copyRows' }>

function objectIn({ objects }: Schema, object: SchemaObject): SchemaObject | undefined {
  return objects?.get(objectKey(object))
}

function holdsForTable(change: TableChange, table: Table, comparison: Comparison): boolean {
  const left = (part: Partial<Table>): ReadonlySet<ChangeKind> => remaining(table, part, comparison)
  switch (change.kind) {
    case 'renameColumn':
      return hasColumn(table, change.to) && !hasColumn(table, change.from)
    case 'addColumn':
      return hasColumn(table, change.column.name)
    case 'dropColumn':
      return !hasColumn(table, change.column.name)
    case 'setNotNull':
    case 'dropNotNull':
      return hasColumn(table, change.column.name) && !left(withColumn(table, change.column)).has(change.kind)
    case 'setType':
    case 'setDefault':
    case 'setGenerated':
    case 'setAutoIncrement':
    case 'setColumnComment':
      return hasColumn(table, change.after.name) && !left(withColumn(table, change.after)).has(change.kind)
    case 'setTableComment':
      return table.comment === change.after
    case 'setPrimaryKey':
      return table.primaryKey?.columns.join() === change.after?.columns.join()
    case 'addUnique':
      return !left({ uniques: [{ ...change.unique, generatedName: true }] }).has('addUnique')
    case 'dropUnique':
      return left({ uniques: [{ ...change.unique, generatedName: true }] }).has('addUnique')
    case 'addCheck':
      return !left({ checks: [{ ...change.check, generatedName: true }] }).has('addCheck')
    case 'dropCheck':
      return left({ checks: [{ ...change.check, generatedName: true }] }).has('addCheck')
    case 'addIndex':
      return !left({ indexes: [{ ...change.index, generatedName: true }] }).has('addIndex')
    case 'dropIndex':
      return left({ indexes: [{ ...change.index, generatedName: true }] }).has('addIndex')
    case 'addForeignKey':
      return !left({ foreignKeys: [{ ...change.foreignKey, generatedName: true }] }).has('addForeignKey')
    case 'dropForeignKey':
      return left({ foreignKeys: [{ ...change.foreignKey, generatedName: true }] }).has('addForeignKey')
    case 'addExclusion':
      return !left({ exclusions: [{ ...change.exclusion, generatedName: true }] }).has('addExclusion')
    case 'dropExclusion':
      return left({ exclusions: [{ ...change.exclusion, generatedName: true }] }).has('addExclusion')
    case 'validateCheck': {
      const { notValid: _, ...check } = change.check
      return !left({ checks: [{ ...check, generatedName: true }] }).has('validateCheck')
    }
    case 'renameExclusion':
      return table.exclusions?.some(({ name }) => name === change.after.name) === true
    case 'renameUnique':
      return table.uniques.some(({ name }) => name === change.after.name)
    case 'renameCheck':
      return table.checks.some(({ name }) => name === change.after.name)
    case 'renameIndex':
      return table.indexes.some(({ name }) => name === change.after.name)
    default:
      return assertNever(change)
  }
}

/** The kinds of change that would still be needed to give the table this part. */
function remaining(table: Table, part: Partial<Table>, comparison: Comparison): ReadonlySet<ChangeKind> {
  const asSchema = (one: Table): Schema => ({ tables: new Map([[one.name, one]]), others: [] })
  const changes = diff(asSchema(table), asSchema({ ...table, ...part }), { match: 'name', comparison })
  return new Set(changes.map((change) => change.kind))
}

function hasColumn(table: Table, name: string): boolean {
  return table.columns.some((column) => column.name === name)
}

function withColumn(table: Table, column: Column): Partial<Table> {
  return { columns: table.columns.map((other) => (other.name === column.name ? column : other)) }
}

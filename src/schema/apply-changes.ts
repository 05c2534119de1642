import { type Change, isObjectChange, type ObjectChange } from './change.ts'
import { type Expression, mapColumns } from './expression.ts'
import {
  type Column,
  type ForeignKey,
  type Index,
  type Named,
  objectKey,
  type Schema,
  type SchemaObject,
  type Table,
  type Unique,
} from './schema.ts'

/** What a faultless database would be after the changes: the oracle by which lists of changes are judged without one. */
export function applyChanges(schema: Schema, changes: readonly Change[]): Schema {
  const tables = new Map(schema.tables)
  const objects = new Map(schema.objects)
  for (const change of changes) {
    if (isObjectChange(change)) applyObjectChange(objects, change)
    else applyChange(tables, change)
  }
  return { tables, objects, others: schema.others }
}

function applyObjectChange(objects: Map<string, SchemaObject>, change: ObjectChange): void {
  if (change.kind === 'dropObject') objects.delete(objectKey(change.object))
  else {
    const object = change.kind === 'alterEnum' ? change.after : change.object
    objects.set(objectKey(object), object)
  }
}

function applyChange(tables: Map<string, Table>, change: Exclude<Change, ObjectChange>): void {
  switch (change.kind) {
    case 'copyRows':
      return
    case 'createTable':
      if (tables.has(change.table.name)) throw new Error(`${change.table.name} exists`)
      tables.set(change.table.name, { ...change.table, indexes: [], foreignKeys: [], exclusions: [] })
      return
    case 'dropTable':
      if (!tables.delete(change.table.name)) throw new Error(`${change.table.name} does not exist`)
      return
    case 'renameTable': {
      const table = mustHave(tables.get(change.from), change.from)
      if (tables.has(change.to)) throw new Error(`${change.to} exists`)
      tables.delete(change.from)
      tables.set(change.to, { ...table, name: change.to })
      for (const [name, other] of tables) {
        const retarget = (key: ForeignKey): ForeignKey =>
          key.references.table === change.from ? { ...key, references: { ...key.references, table: change.to } } : key
        tables.set(name, { ...other, foreignKeys: other.foreignKeys.map(retarget) })
      }
      return
    }
    case 'renameColumn': {
      tables.set(change.table, renameColumn(mustHave(tables.get(change.table), change.table), change.from, change.to))
      for (const [name, other] of tables) {
        const retarget = (key: ForeignKey): ForeignKey =>
          key.references.table === change.table
            ? {
                ...key,
                references: {
                  ...key.references,
                  columns: key.references.columns.map(renaming(change.from, change.to)),
                },
              }
            : key
        tables.set(name, { ...other, foreignKeys: other.foreignKeys.map(retarget) })
      }
      return
    }
    default:
      tables.set(change.table, changedTable(mustHave(tables.get(change.table), change.table), change))
  }
}

type TableChange = Exclude<
  Change,
  ObjectChange | { kind: 'copyRows' | 'createTable' | 'dropTable' | 'renameTable' | 'renameColumn' }
>

function changedTable(table: Table, change: TableChange): Table {
  switch (change.kind) {
    case 'addColumn':
      return { ...table, columns: [...table.columns, change.column] }
    case 'dropColumn':
      return { ...table, columns: table.columns.filter(({ name }) => name !== change.column.name) }
    case 'setNotNull':
    case 'dropNotNull':
      return withColumn(table, change.column.name, { nullable: change.kind === 'dropNotNull' })
    case 'setType': {
      const { collation: _, ...rest } = columnOf(table, change.after.name)
      const { type, collation } = change.after
      return replaceColumn(table, { ...rest, type, ...(collation === undefined ? {} : { collation }) })
    }
    case 'setDefault': {
      const { default: _, ...rest } = columnOf(table, change.after.name)
      return replaceColumn(
        table,
        change.after.default === undefined ? rest : { ...rest, default: change.after.default },
      )
    }
    case 'setGenerated': {
      const { generated: _, ...rest } = columnOf(table, change.after.name)
      return replaceColumn(
        table,
        change.after.generated === undefined ? rest : { ...rest, generated: change.after.generated },
      )
    }
    case 'setAutoIncrement': {
      const { autoIncrement: _, ...rest } = columnOf(table, change.after.name)
      return replaceColumn(table, change.after.autoIncrement === undefined ? rest : { ...rest, autoIncrement: true })
    }
    case 'setColumnComment': {
      const { comment: _, ...rest } = columnOf(table, change.after.name)
      const { comment } = change.after
      return replaceColumn(table, comment === undefined ? rest : { ...rest, comment })
    }
    case 'setTableComment': {
      const { comment: _, ...rest } = table
      return change.after === undefined ? rest : { ...rest, comment: change.after }
    }
    case 'setPrimaryKey': {
      const { primaryKey: _, ...rest } = table
      return change.after === undefined ? rest : { ...rest, primaryKey: change.after }
    }
    case 'addUnique':
      return { ...table, uniques: [...table.uniques, change.unique] }
    case 'dropUnique':
      return { ...table, uniques: without(table.uniques, change.unique) }
    case 'renameUnique':
      return { ...table, uniques: [...without(table.uniques, change.before), change.after] }
    case 'addCheck':
      return { ...table, checks: [...table.checks, change.check] }
    case 'dropCheck':
      return { ...table, checks: without(table.checks, change.check) }
    case 'renameCheck':
      return { ...table, checks: [...without(table.checks, change.before), change.after] }
    case 'addIndex':
      return { ...table, indexes: [...table.indexes, change.index] }
    case 'dropIndex':
      return { ...table, indexes: without(table.indexes, change.index) }
    case 'renameIndex':
      return { ...table, indexes: [...without(table.indexes, change.before), change.after] }
    case 'validateCheck': {
      const { notValid: _, ...check } = change.check
      return { ...table, checks: [...without(table.checks, change.check), check] }
    }
    case 'addExclusion':
      return { ...table, exclusions: [...(table.exclusions ?? []), change.exclusion] }
    case 'dropExclusion':
      return { ...table, exclusions: without(table.exclusions ?? [], change.exclusion) }
    case 'renameExclusion':
      return { ...table, exclusions: [...without(table.exclusions ?? [], change.before), change.after] }
    case 'addForeignKey':
      return { ...table, foreignKeys: [...table.foreignKeys, change.foreignKey] }
    case 'dropForeignKey':
      return { ...table, foreignKeys: without(table.foreignKeys, change.foreignKey) }
  }
}

function renameColumn(table: Table, from: string, to: string): Table {
  const renamed = renaming(from, to)
  const overColumns = <T extends Unique | Index>(object: T): T => ({
    ...object,
    parts: object.parts.map((part) => ({ ...part, expression: renamedIn(part.expression, from, to) })),
    ...(object.where === undefined ? {} : { where: renamedIn(object.where, from, to) }),
    ...(object.include === undefined ? {} : { include: object.include.map(renamed) }),
  })
  return {
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      name: renamed(column.name),
      ...(column.generated === undefined
        ? {}
        : { generated: { ...column.generated, expression: renamedIn(column.generated.expression, from, to) } }),
      ...(column.default === undefined ? {} : { default: renamedIn(column.default, from, to) }),
    })),
    ...(table.primaryKey === undefined ? {} : { primaryKey: { columns: table.primaryKey.columns.map(renamed) } }),
    uniques: table.uniques.map(overColumns),
    indexes: table.indexes.map(overColumns),
    checks: table.checks.map((check) => ({ ...check, expression: renamedIn(check.expression, from, to) })),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, columns: key.columns.map(renamed) })),
    exclusions: (table.exclusions ?? []).map((exclusion) => ({
      ...exclusion,
      elements: exclusion.elements.map((element) => ({
        ...element,
        expression: mapColumns(element.expression, renamed),
      })),
      ...(exclusion.where === undefined ? {} : { where: mapColumns(exclusion.where, renamed) }),
    })),
  }
}

/** A server follows renames in texts of SQL too. */
function renamedIn(expression: Expression, from: string, to: string): Expression {
  return expression.kind === 'sql' && typeof expression.sql === 'string'
    ? { ...expression, sql: expression.sql.replaceAll(`"${from}"`, `"${to}"`).replaceAll(`\`${from}\``, `\`${to}\``) }
    : mapColumns(expression, renaming(from, to))
}

function renaming(from: string, to: string): (name: string) => string {
  return (name) => (name === from ? to : name)
}

function withColumn(table: Table, name: string, part: Partial<Column>): Table {
  return replaceColumn(table, { ...columnOf(table, name), ...part })
}

function replaceColumn(table: Table, column: Column): Table {
  return { ...table, columns: table.columns.map((other) => (other.name === column.name ? column : other)) }
}

function columnOf(table: Table, name: string): Column {
  return mustHave(
    table.columns.find((column) => column.name === name),
    `${table.name}.${name}`,
  )
}

/** Takes out one object that is the same thing: a change names it as the declared Schema does, which may be by another generated name. */
function without<T extends Named>(list: readonly T[], gone: T): readonly T[] {
  const definitionOf = ({ name: _, generatedName: __, ...definition }: T): string => JSON.stringify(definition)
  const wanted = definitionOf(gone)
  const alike = list.filter((other) => definitionOf(other) === wanted)
  const match =
    alike.find(({ name }) => name === gone.name) ??
    alike.find(({ generatedName }) => generatedName === gone.generatedName)
  const position = list.indexOf(match ?? alike[0] ?? gone)
  if (position < 0) throw new Error(`${gone.name} is not there: ${wanted} among ${JSON.stringify(list)}`)
  return list.toSpliced(position, 1)
}

function mustHave<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`${what} does not exist`)
  return found
}

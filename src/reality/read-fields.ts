import { buildField } from '../fields/build-field.ts'
import type { Field } from '../fields/field.ts'
import { fieldKinds, kindOf } from '../fields/kinds.ts'
import { defined } from '../lib/defined.ts'
import type { Check, Column, Table } from '../schema/schema.ts'
import { columnName } from '../state/names.ts'
import { fieldNameFrom, freshNames, wordsOf } from './identifiers.ts'
import { type Conditions, conditionsOf, withConditions } from './read-checks.ts'
import { readDefault } from './read-default.ts'
import { numberedKind, type Relation, type Relations } from './read-relations.ts'
import { isUnique, leads, type SingleParts } from './read-singles.ts'
import { customField, fieldOfType, readType } from './read-type.ts'
import { rowKeyOf, type Source, verbatimSql } from './source.ts'

/** The fields of a table, and what of it they say. */
export interface ReadFields {
  /** By column, in the order of the columns. */
  readonly fields: ReadonlyMap<string, { readonly name: string; readonly field: Field }>
  /** The checks that the fields bring along. */
  readonly checks: ReadonlySet<Check>
}

/** Reads the columns of a table as the fields of a model. */
export function readFields(table: Table, relations: Relations, singles: SingleParts, source: Source): ReadFields {
  const names = fieldNames(table, relations)
  const conditions = conditionsOf(table, source.dialect)
  const checks = new Set<Check>()
  const fields = table.columns.map((column) => {
    const name = names.get(column.name) ?? column.name
    const relation = relations.of(table, column.name)
    const read =
      relation === undefined
        ? plainField(column, { table, relations, conditions, source })
        : { field: relationField(column, relation, table, source), checks: [] }
    for (const check of read.checks) checks.add(check)
    return [column.name, { name, field: withOptions(name, read.field, column, { table, relation, singles }) }] as const
  })
  return { fields: new Map(fields), checks }
}

/** `customer` for `customer_id` where it points at a model; a plain column has its name before a relation has. */
function fieldNames(table: Table, relations: Relations): ReadonlyMap<string, string> {
  const names = freshNames()
  const isRelation = ({ name }: Column): boolean => relations.of(table, name) !== undefined
  const found = new Map<string, string>()
  for (const column of table.columns.filter((one) => !isRelation(one))) {
    found.set(column.name, names.claim(fieldNameFrom(wordsOf(column.name))))
  }
  for (const column of table.columns.filter(isRelation)) {
    const words = wordsOf(column.name)
    const pointed = words.at(-1) === 'id' && words.length > 1 ? words.slice(0, -1) : words
    found.set(column.name, names.claim(fieldNameFrom(pointed), fieldNameFrom(words)))
  }
  return found
}

interface Site {
  readonly table: Table
  readonly relations: Relations
  readonly conditions: Conditions
  readonly source: Source
}

function plainField(
  column: Column,
  { table, relations, conditions, source }: Site,
): { readonly field: Field; readonly checks: readonly Check[] } {
  const { dialect } = source
  const key = rowKeyOf(table)?.columns ?? []
  if (column.autoIncrement && key.length === 1 && key[0] === column.name) {
    const numbered = numberedKind(column, relations.typesTo(table), source)
    if (numbered !== undefined) {
      return { field: buildField(fieldKinds[numbered.kind], { positive: numbered.positive }), checks: [] }
    }
    return { field: { ...customField(column, dialect.name), autoIncrement: true }, checks: [] }
  }
  const type = readType(column, table.name, source)
  const plain = fieldOfType(type, column, dialect.name)
  if (column.generated !== undefined) return { field: generatedField(plain, column, source), checks: [] }
  const known = kindOf(plain).columnType(plain) ?? { type: 'custom', types: {} }
  const checked = withConditions(plain, known, column, conditions, dialect)
  const { field, checks } = checked ?? { field: customField(column, dialect.name), checks: [] }
  if (column.default === undefined) return { field, checks }
  return { field: { ...field, default: readDefault(column.default, field, known, dialect) }, checks }
}

function generatedField(output: Field, { generated }: Column, { dialect }: Source): Field {
  const expression = generated && verbatimSql(generated.expression, dialect)
  return buildField(fieldKinds.generated, defined({ expression, output, stored: generated?.stored }))
}

function relationField(column: Column, { foreignKey, target }: Relation, table: Table, source: Source): Field {
  const { onDelete, onUpdate, deferrable } = foreignKey
  const isKey = rowKeyOf(table)?.columns.join() === column.name
  const kind = isKey || isUnique(column.name, table) ? fieldKinds.oneToOne : fieldKinds.foreignKey
  const field = buildField(kind, {
    to: target.model,
    ...defined({
      onDelete: onDelete === 'noAction' ? undefined : onDelete,
      onUpdate: onUpdate === 'noAction' ? undefined : onUpdate,
      deferrable,
    }),
  })
  if (column.default === undefined) return field
  const type = source.dialect.reading.type(column.type) ?? { type: 'text' }
  return { ...field, default: readDefault(column.default, field, type, source.dialect) }
}

/** What every field can be told of its column. */
function withOptions(
  name: string,
  field: Field,
  column: Column,
  { table, relation, singles }: { table: Table; relation: Relation | undefined; singles: SingleParts },
): Field {
  const key = rowKeyOf(table)?.columns ?? []
  const isKey = key.includes(column.name)
  const isSoleKey = isKey && key.length === 1
  const isOneToOne = kindOf(field).relation === 'oneToOne'
  const { collation, comment } = column
  const own: Field = {
    ...field,
    ...(isSoleKey ? { primaryKey: true as const } : {}),
    ...(column.nullable && !isKey ? { null: true as const } : {}),
    ...(singles.uniques.has(column.name) && !isOneToOne ? { unique: true as const } : {}),
    ...(singles.indexes.has(column.name) ? { index: true } : {}),
    ...(kindOf(field).relation === 'foreignKey' && !isIndexed(column.name, table) ? { index: false } : {}),
    ...(collation !== undefined && 'collation' in kindOf(field).options ? { collation } : {}),
    ...(comment === undefined ? {} : { comment }),
  }
  const called = { ...own, ...(relation === undefined ? {} : { to: relation.target.model }) }
  return columnName(name, called) === column.name ? own : { ...own, column: column.name }
}

function isIndexed(column: string, table: Table): boolean {
  return (
    table.primaryKey?.columns[0] === column || [...table.uniques, ...table.indexes].some((part) => leads(part, column))
  )
}

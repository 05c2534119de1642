import { buildField } from '../fields/build-field.ts'
import type { Field } from '../fields/field.ts'
import { fieldProblems } from '../fields/field-problems.ts'
import { fieldKinds, kindOf } from '../fields/kinds.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import type { ColumnType } from '../schema/column-type.ts'
import type { Dialect } from '../schema/dialect.ts'
import { columnsOf, type Expression, mapColumns } from '../schema/expression.ts'
import type { Check, Column, Table } from '../schema/schema.ts'
import type { Value } from '../schema/value.ts'

/** The conditions of a table that a field could bring along, by column; each with the check that says it. */
export type Conditions = ReadonlyMap<string, readonly { readonly check: Check; readonly condition: Expression }[]>

/** Reads the checks of a table that are over one column and of a shape that fields have. */
export function conditionsOf(table: Table, { reading }: Dialect): Conditions {
  const found = table.checks.flatMap((check) => {
    const read = check.notValid ? undefined : reading.condition(check.expression)
    const [named] = read === undefined ? [] : columnsOf(read)
    const column = named === undefined ? undefined : columnCalled(named, table)
    return read === undefined || column === undefined
      ? []
      : [{ check, column, condition: mapColumns(read, () => column) }]
  })
  return Map.groupBy(found, ({ column }) => column)
}

/** Some databases do not mind the case of a name. */
function columnCalled(name: string, { columns }: Table): string | undefined {
  const isSame = (column: Column): boolean => column.name.toLowerCase() === name.toLowerCase()
  return (columns.find((column) => column.name === name) ?? columns.find(isSame))?.name
}

/** A field, and the checks that it brings along with it. */
export interface CheckedField {
  readonly field: Field
  readonly checks: readonly Check[]
}

/** The field that says what a column's conditions say; undefined where its type needs one that the table has not. */
export function withConditions(
  field: Field,
  type: ColumnType,
  column: Column,
  conditions: Conditions,
  dialect: Dialect,
): CheckedField | undefined {
  const known = conditions.get(column.name) ?? []
  const same = (wanted: Expression) => known.find(({ condition }) => structuralEqual(condition, wanted))?.check
  const needed = dialect.spelling.typeCheck(type, column.name)
  if (needed !== undefined) {
    const check = same(needed)
    return check && { field, checks: [check] }
  }
  const ofField = kindOf(field).checks?.(positive(field), column.name)[0]
  // Where the type itself keeps negative numbers out, a check is one that somebody wrote.
  const least = ofField && !('works' in dialect.support.unsigned) ? same(ofField) : undefined
  const fieldNow = least === undefined ? field : positive(field)
  const listed = known.flatMap(({ check, condition }) =>
    condition.kind === 'in' ? [{ check, ...chosen(fieldNow, condition.values, column, dialect) }] : [],
  )
  const choice = listed.find((one) => one.field !== undefined)
  const checks = [least, choice?.check].filter((check) => check !== undefined)
  return { field: choice?.field ?? fieldNow, checks }
}

function positive(field: Field): Field {
  return 'positive' in kindOf(field).options ? { ...field, positive: true } : field
}

/** A field that takes these values alone: an enum where it would be spelled like the column. */
function chosen(
  field: Field,
  values: readonly Value[],
  column: Column,
  { spelling }: Dialect,
): { readonly field?: Field } {
  const texts = values.filter((value) => typeof value === 'string')
  if (texts.length === values.length) {
    const choice = buildField(fieldKinds.enum, { values: texts })
    const spelled = spelling.type({ type: 'enum', values: texts })
    const isEnum = spelled === column.type && fieldProblems(choice).length === 0
    if (isEnum) return { field: choice }
  }
  if (!('choices' in kindOf(field).options)) return {}
  const narrowed = buildField(kindOf(field), { ...field, choices: values })
  return fieldProblems(narrowed).length === 0 ? { field: narrowed } : {}
}

import type { Fill } from '../../schema/change.ts'
import type { Column } from '../../schema/schema.ts'
import { name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import type { StatementStep } from '../../schema/step.ts'
import type { Value } from '../../schema/value.ts'
import { lookedUp } from '../shared/look-up.ts'
import { changesOf } from '../shared/table-changes.ts'
import type { Alteration } from './alteration.ts'
import { type ColumnChange, columnOf } from './column-changes.ts'
import { spellingOf } from './column-types.ts'
import { columnsRead } from './columns-read.ts'
import { fold } from './tokens.ts'
import { typedLiteral, typedValue } from './typed-literal.ts'
import { writing } from './work.ts'

/** The values of a column for rows that exist. */
export function fillColumn(column: Column, fill: Fill, alteration: Alteration, where: Sql): StatementStep {
  const { table } = alteration
  return {
    ...writing(sql`UPDATE ${name(table)} SET ${name(column.name)} = ${fillValue(column, fill, alteration)}${where}`),
    rewrites: true,
  }
}

function fillValue(column: Column, fill: Fill, { table, flavour }: Alteration): Sql {
  if ('value' in fill) return verbatim(typedLiteral(fill.value, column.type))
  if ('expression' in fill) return spellingOf(flavour).expression(fill.expression)
  return lookedUp(fill.lookUp, name(table), name)
}

/** A column that gives a value to the rows that exist by its default, for which no row has to be written. */
export function filledByDefault(column: Column, value: Value): Column {
  const { default: _, ...bare } = column
  if (value === null) return bare
  return { ...bare, default: { kind: 'value', value: typedValue(value, column.type) } }
}

/**
 * Whether values for NULLs have to wait for other changes of the table: for the new type of the column, for columns that come, and for checks, uniques and
 * foreign keys that go and may refuse them.
 */
export function waitsForChanges(fill: Fill, changes: readonly ColumnChange[], alteration: Alteration): boolean {
  const columns = new Set(changes.map((change) => fold(columnOf(change))))
  if (alteration.goingKeys.some(({ real }) => real.columns.some((column) => columns.has(fold(column))))) return true
  if (changes.some(({ kind }) => kind === 'setType' || kind === 'setGenerated')) return true
  if (changesOf(alteration, 'dropCheck').length > 0 || changesOf(alteration, 'dropUnique').length > 0) return true
  if (!('expression' in fill)) return false
  const read = columnsRead(fill.expression, alteration.flavour)
  const changed = [
    ...changesOf(alteration, 'addColumn').map(({ column }) => column),
    ...changesOf(alteration, 'setType').map(({ after }) => after),
    ...changesOf(alteration, 'setGenerated').map(({ after }) => after),
  ]
  return changed.some((column) => read.has(fold(column.name)))
}

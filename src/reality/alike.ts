import { structuralEqual } from '../lib/structural-equal.ts'
import type { Change } from '../schema/change.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { Column, Schema } from '../schema/schema.ts'

/** Whether a change would do no more than name what nobody has named: a constraint in the text of its table, which is what it is. */
export function isOnlyNaming(change: Change): boolean {
  switch (change.kind) {
    case 'renameUnique':
    case 'renameCheck':
    case 'renameExclusion':
    case 'renameIndex':
      return change.before.generatedName === true
    default:
      return false
  }
}

/**
 * The inspected Schema with each default that is the same value as the declared one in the words of that one: `'0'::numeric` and `0` are printed as they
 * were written, and are one default.
 */
export function withDeclaredDefaults(inspected: Schema, declared: Schema, dialect: Dialect): Schema {
  const tables = [...inspected.tables].map(([name, table]) => {
    const others = new Map(declared.tables.get(name)?.columns.map((column) => [column.name, column]))
    const columns = table.columns.map((column) => withDefaultOf(column, others.get(column.name), dialect))
    return [name, { ...table, columns }] as const
  })
  return { ...inspected, tables: new Map(tables) }
}

function withDefaultOf(column: Column, declared: Column | undefined, dialect: Dialect): Column {
  const other = declared?.default
  if (column.default === undefined || other === undefined || declared?.type !== column.type) return column
  return isSameValue(column.default, other, dialect) ? { ...column, default: other } : column
}

function isSameValue(a: Expression, b: Expression, { reading }: Dialect): boolean {
  const value = reading.literal(a)
  return value !== undefined && structuralEqual(value, reading.literal(b))
}

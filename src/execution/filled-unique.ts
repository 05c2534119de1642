import type { Change } from '../schema/change.ts'
import type { Expression } from '../schema/expression.ts'
import type { Precheck } from '../schema/step.ts'
import type { Value } from '../schema/value.ts'

/**
 * What a unique asks of the rows that exist where some of its columns are yet to come and are filled with one value: that value tells no row from
 * another, so the rest of its columns must, and where there is no rest there may be one row at most. Undefined where none of them is filled so.
 */
export function uniqueOverFilled(
  change: Change<'addUnique'>,
  changes: readonly Change[],
): { readonly change: typeof change; readonly words: Pick<Precheck, 'columns' | 'rule'> } | undefined {
  const { table, unique } = change
  const parts = unique.parts.map((part) => ({ part, filled: filledValue(table, part.expression, changes) }))
  const [value] = parts.flatMap(({ filled }) => (filled === undefined ? [] : [filled]))
  if (value === undefined || unique.where !== undefined) return undefined
  const rest = parts.flatMap(({ part, filled }) => (filled === undefined ? [part] : []))
  const alike = { kind: 'value', value } as const
  // A bare value in GROUP BY would be a position.
  const computed = { kind: 'call', function: 'coalesce', arguments: [alike, alike] } as const
  const columns = parts.flatMap(({ part: { expression } }) => (expression.kind === 'column' ? [expression.name] : []))
  return {
    change: { ...change, unique: { ...unique, parts: rest.length > 0 ? rest : [{ expression: computed }] } },
    words: { columns, rule: `${columns.join(', ')} is unique, and all rows get the same value` },
  }
}

/** The value that all rows get in a new column; NULL is equal to nothing. */
function filledValue(table: string, expression: Expression, changes: readonly Change[]): Value | undefined {
  if (expression.kind !== 'column') return undefined
  const added = changes.find(
    (change) => change.kind === 'addColumn' && change.table === table && change.column.name === expression.name,
  )
  if (added?.kind !== 'addColumn') return undefined
  const { fill, column } = added
  if (fill !== undefined) return 'value' in fill ? (fill.value ?? undefined) : undefined
  return column.default?.kind === 'value' ? (column.default.value ?? undefined) : undefined
}

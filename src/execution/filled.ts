import { type Change, isObjectChange } from '../schema/change.ts'
import type { Spelling } from '../schema/dialect.ts'
import { columnsOf, type Expression, hasRawSql, mapLeaves } from '../schema/expression.ts'
import { objectKey, type Schema } from '../schema/schema.ts'
import type { Value } from '../schema/value.ts'

/** What the rows that exist will have in a column for which a list of changes brings values. */
export interface Filled {
  /** Over a row as it is now. */
  readonly content: Expression
  /** Where it is one literal: all rows get it that have none. */
  readonly literal?: Expression
  /** The column is yet to come, so that all rows get it. */
  readonly isNew: boolean
}

/** By table and column. What is not known in advance is not in it: what another table holds, what raw SQL or a column that is yet to come makes. */
export type Fills = ReadonlyMap<string, ReadonlyMap<string, Filled>>

/** What rows get in columns that come with a value, and in columns whose NULLs get one. */
export function fillsOf(changes: readonly Change[], after: Schema, spelling: Spelling): Fills {
  const unknown = new Set(
    changes.flatMap((change) =>
      change.kind === 'addColumn'
        ? [placeOf(change.table, change.column.name)]
        : change.kind === 'setType' || change.kind === 'setGenerated'
          ? [placeOf(change.table, change.before.name)]
          : [],
    ),
  )
  const alters = changes.some(isObjectChange)
  const fills = new Map<string, Map<string, Filled>>()
  for (const change of changes) {
    if (change.kind !== 'addColumn' && change.kind !== 'setNotNull') continue
    const { table, column } = change
    // A value of a type that is yet to come, or has yet to get it, can't be written before.
    if (alters || after.objects?.has(objectKey({ kind: 'enum', name: column.type.replace(/\[\]$/, '') }))) continue
    const isNew = change.kind === 'addColumn'
    if (!isNew && unknown.has(placeOf(table, column.name))) continue
    const given = givenBy(change, spelling)
    if (given === undefined) continue
    const readsUnknown = [...columnsOf(given)].some((name) => unknown.has(placeOf(table, name)))
    // It may say something else each time.
    const isRaw = change.fill !== undefined && 'expression' in change.fill && hasRawSql(given)
    if (readsUnknown || isRaw) continue
    // A bare value in GROUP BY would be a position.
    const first: Expression = isNew ? given : { kind: 'column', name: column.name }
    const content: Expression = { kind: 'call', function: 'coalesce', arguments: [first, given] }
    const isLiteral = columnsOf(given).size === 0
    const own = fills.get(table) ?? new Map<string, Filled>()
    fills.set(table, own.set(column.name, { content, isNew, ...(isLiteral && { literal: given }) }))
  }
  return fills
}

/** An expression over the rows of a table as it will be over them once the columns are filled; the same object where it speaks of none of them. */
export function asFilled(expression: Expression, table: string, fills: Fills): Expression {
  const own = fills.get(table)
  if (own === undefined || ![...columnsOf(expression)].some((name) => own.has(name))) return expression
  return mapLeaves(expression, (leaf) => (leaf.kind === 'column' ? (own.get(leaf.name)?.content ?? leaf) : leaf))
}

function givenBy(change: Change<'addColumn' | 'setNotNull'>, spelling: Spelling): Expression | undefined {
  const { fill, column } = change
  const literal = (value: Value): Expression | undefined =>
    value === null ? undefined : (spelling.columnValue?.(value, column.type) ?? { kind: 'value', value })
  if (fill !== undefined) {
    if ('value' in fill) return literal(fill.value)
    return 'expression' in fill ? fill.expression : undefined
  }
  if (change.kind === 'setNotNull' || column.default?.kind !== 'value') return undefined
  return literal(column.default.value)
}

function placeOf(table: string, column: string): string {
  return JSON.stringify([table, column])
}

import { structuralEqual } from '../../lib/structural-equal.ts'
import type { Change, Fill } from '../change.ts'
import type { Comparison } from '../dialect.ts'
import type { Expression } from '../expression.ts'
import type { Column, Identity } from '../schema.ts'
import type { Pair, TablePair } from './renames.ts'

/** What intents hold for columns, by identity. */
export interface ColumnIntents {
  readonly fills: ReadonlyMap<Identity, Fill>
  readonly casts: ReadonlyMap<Identity, Expression>
}

/** The columns that come and go, and what changes in those that stay. */
export function diffColumns(pair: TablePair, comparison: Comparison, intents: ColumnIntents): readonly Change[] {
  const table = pair.after.name
  return [
    ...pair.columns.removed.map((column): Change => ({ kind: 'dropColumn', table, column })),
    ...pair.columns.added.map((column): Change => {
      const fill = lookUp(intents.fills, column)
      return { kind: 'addColumn', table, column, ...(fill === undefined ? {} : { fill }) }
    }),
    ...pair.columns.persisted.flatMap((columns) => diffColumn(table, columns, pair.renamed, comparison, intents)),
  ]
}

function diffColumn(
  table: string,
  { before: old, after }: Pair<Column>,
  renamed: ReadonlyMap<string, string>,
  comparison: Comparison,
  intents: ColumnIntents,
): readonly Change[] {
  const before = { ...old, name: after.name }
  const same = (a: Expression | undefined, b: Expression | undefined): boolean =>
    a === undefined || b === undefined ? a === b : comparison.sameExpression(a, b, renamed)
  const changes: Change[] = []
  const cast = lookUp(intents.casts, after)
  const fill = lookUp(intents.fills, after)

  const sameType = before.type === after.type || comparison.sameType?.(before.type, after.type) === true
  if (!sameType || before.collation !== after.collation) {
    changes.push({ kind: 'setType', table, before, after, ...(cast === undefined ? {} : { cast }) })
  }
  if (
    before.generated?.stored !== after.generated?.stored ||
    !same(before.generated?.expression, after.generated?.expression)
  ) {
    changes.push({ kind: 'setGenerated', table, before, after })
  }
  if (before.autoIncrement !== after.autoIncrement) changes.push({ kind: 'setAutoIncrement', table, before, after })
  if (!same(before.default, after.default)) changes.push({ kind: 'setDefault', table, before, after })
  if (before.nullable && !after.nullable) {
    changes.push({ kind: 'setNotNull', table, column: after, ...(fill === undefined ? {} : { fill }) })
  }
  if (!before.nullable && after.nullable) changes.push({ kind: 'dropNotNull', table, column: after })
  if (!structuralEqual(before.comment, after.comment)) changes.push({ kind: 'setColumnComment', table, before, after })
  return changes
}

function lookUp<T>(held: ReadonlyMap<Identity, T>, column: Column): T | undefined {
  return column.identity === undefined ? undefined : held.get(column.identity)
}

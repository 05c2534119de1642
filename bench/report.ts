/** One line of the report. */
export interface Line {
  readonly what: string
  readonly ours: string
  readonly bare: string
  readonly result: string
  /** Absent: the line is for information. */
  readonly aim?: { readonly text: string; readonly met: boolean }
}

/** The lines as a table, numbers to the right. */
export function formatReport(lines: readonly Line[]): string {
  const rows = [
    ['', 'Godwit', 'bare', 'result', 'aim', ''],
    ...lines.map(({ what, ours, bare, result, aim }) => [what, ours, bare, result, aim?.text ?? '', metInWords(aim)]),
  ]
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows
    .map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  '))
    .map((row) => row.trimEnd())
    .join('\n')
}

function metInWords(aim: Line['aim']): string {
  if (aim === undefined) return ''
  return aim.met ? 'met' : 'missed'
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width)
}

/** A duration in the unit that reads best. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000
    ? `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`
    : `${(milliseconds / 1000).toFixed(2)} s`
}

/** A ratio with its aim. */
export function ratio(ours: number, bare: number, most?: number): Pick<Line, 'result' | 'aim'> {
  const value = ours / bare
  const aim = most === undefined ? {} : { aim: { text: `≤ ${most}×`, met: value <= most } }
  return { result: `${value.toFixed(2)}×`, ...aim }
}

/** A difference with its aim. */
export function difference(ours: number, bare: number, most?: number): Pick<Line, 'result' | 'aim'> {
  const value = ours - bare
  const aim = most === undefined ? {} : { aim: { text: `≤ +${duration(most)}`, met: value <= most } }
  return { result: `+${duration(value)}`, ...aim }
}

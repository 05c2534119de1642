import { styleText } from 'node:util'

/** Statements stand on one line each; what is longer than this is cut. */
const widest = 150

type Style = Parameters<typeof styleText>[0]

function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

/** A heading, and below it what the stage is about. */
export function showHeading(title: string, about: string): void {
  console.log(`\n${styled('bold', `== ${title} `.padEnd(100, '='))}\n${about}`)
}

/** A command as it was typed, what it printed, and its exit code where it is not 0. */
export function showCommand(command: string, output: string, exitCode: number, mostLines: number): void {
  console.log(
    `\n${styled('cyan', `$ ${command}`)}${exitCode === 0 ? '' : styled('yellow', `    (exit code ${exitCode})`)}`,
  )
  showLines(output, mostLines)
}

/** A file, or a part of it, below its name. */
export function showFile(name: string, text: string, mostLines: number): void {
  console.log(`\n${styled('magenta', name)}`)
  showLines(text, mostLines)
}

/** What was found to be so. */
export function showFact(fact: string): void {
  console.log(`\n${styled('green', `ok: ${fact}`)}`)
}

/** Rows as a small table below their query, which the prompt of a database stands before. */
export function showRows(prompt: string, query: string, rows: readonly Readonly<Record<string, unknown>>[]): void {
  console.log(`\n${styled('cyan', `${prompt} ${query}`)}`)
  const names = Object.keys(rows[0] ?? {})
  const cells = [names, ...rows.map((row) => names.map((name) => (row[name] === null ? 'NULL' : String(row[name]))))]
  const widths = names.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)))
  for (const line of cells)
    console.log(
      `  ${line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
    )
}

function showLines(text: string, most: number): void {
  const lines = text.trimEnd().split('\n')
  // A cut that hides a single line would take as much room as the line.
  const cut = lines.length > most + 1 ? lines.slice(0, most) : lines
  for (const line of cut) console.log(`  ${line.length > widest ? `${line.slice(0, widest)}…` : line}`.trimEnd())
  if (cut.length < lines.length) console.log(styled('dim', `  … ${lines.length - cut.length} more lines`))
}

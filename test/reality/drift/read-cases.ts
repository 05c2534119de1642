import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One change that another hand makes, and how it is found. */
export interface DriftCase {
  readonly name: string
  /** Statements of the database, and on SQLite lines such as `REMAKE shop_item: varchar(40) => varchar(80)`. */
  readonly change: readonly string[]
  /** What undoes it, where no rollback does. */
  readonly back: readonly string[]
  readonly found: readonly string[]
}

/** Reads a corpus: cases with a blank line between them, each `-- its name`, its SQL, `--> a sentence` for each that is found, and `--< SQL` back. */
export function readCases(kind: string): readonly DriftCase[] {
  const blocks = readFileSync(fileOf(kind), 'utf8').trim().split(/\n\n+/)
  return blocks.map((block) => {
    const [first = '', ...lines] = block.split('\n')
    const after = (sign: string): readonly string[] =>
      lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(sign.length).trim())
    return {
      name: first.replace(/^-- /, ''),
      change: lines.filter((line) => !line.startsWith('--')),
      back: after('--<'),
      found: after('-->'),
    }
  })
}

/** Writes a corpus with what was found now. */
export function writeCases(kind: string, cases: readonly DriftCase[]): void {
  const blocks = cases.map(({ name, change, back, found }) =>
    [`-- ${name}`, ...change, ...found.map((text) => `--> ${text}`), ...back.map((text) => `--< ${text}`)].join('\n'),
  )
  writeFileSync(fileOf(kind), `${blocks.join('\n\n')}\n`)
}

function fileOf(kind: string): string {
  return join(import.meta.dirname, `${kind}.sql`)
}

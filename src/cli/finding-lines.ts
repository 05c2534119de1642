import { join } from 'node:path'
import type { CheckProjectResult, Finding } from '../api/check-project.ts'
import { counted } from '../lib/counted.ts'
import { displayPath } from '../lib/display-path.ts'
import { onDatabase } from './on-database.ts'
import type { Style, Terminal } from './terminal.ts'

const styles = {
  error: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  info: ['bold', 'cyan'],
} as const satisfies Record<Finding['severity'], Style>

/** Findings as a person reads them: what and where, the sentence, and what to do. What is only mentioned has no more than its sentence below -v 2. */
export function findingLines(
  { findings, ignored, errors, warnings, root, migrations }: CheckProjectResult,
  terminal: Pick<Terminal, 'answerStyle' | 'database' | 'verbosity'>,
): readonly string[] {
  const blocks = findings.flatMap((finding) => {
    const { id, severity, message, fix } = finding
    const place = placeOf(finding, root)
    const head = [
      terminal.answerStyle(styles[severity], severity.padEnd(7)),
      id,
      ...(place === undefined ? [] : [place]),
    ]
    const isShort = severity === 'info' && terminal.verbosity < 2
    return [
      head.join('  '),
      ...indented(message),
      ...(isShort ? [] : indented(`fix: ${onDatabase(fix, terminal.database)}`)),
      '',
    ]
  })
  const set = ignored.map(({ reason, ...finding }) => {
    const words = [finding.id, placeOf(finding, root), `(${reason})`].filter((word) => word !== undefined)
    return `ignored  ${words.join('  ')}`
  })
  const notes = findings.length - errors - warnings
  return [...blocks, ...set, ...(set.length > 0 ? [''] : []), verdict({ errors, warnings, notes, migrations })]
}

function placeOf({ file, line, column }: Finding, root: string): string | undefined {
  if (file === undefined) return undefined
  return [displayPath(join(root, file)), line, column].filter((part) => part !== undefined).join(':')
}

function indented(text: string): readonly string[] {
  return text.split('\n').map((line) => `  ${line}`)
}

function verdict(counts: {
  readonly errors: number
  readonly warnings: number
  readonly notes: number
  readonly migrations: number
}): string {
  const { errors, warnings, notes, migrations } = counts
  const found = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(notes > 0 ? [counted(notes, 'note')] : []),
  ]
  return `${found.length === 0 ? 'Nothing found' : found.join(', ')} in ${counted(migrations, 'migration')}.`
}

import type { MadeMigration } from '../api/made-migration.ts'
import { displayPath } from '../lib/display-path.ts'
import type { Terminal } from './terminal.ts'

/** Migrations that were written, or would be, by app; in a dry run at -v 3 with the text of their files. */
export function madeLines(
  migrations: readonly MadeMigration[],
  terminal: Pick<Terminal, 'answerStyle' | 'verbosity'>,
  dryRun: boolean,
): readonly string[] {
  const withSource = dryRun && terminal.verbosity === 3
  const byApp = Map.groupBy(migrations, (migration) => migration.app)
  return [...byApp].flatMap(([app, made]) => [
    terminal.answerStyle('bold', `Migrations for '${app}':`),
    ...made.flatMap((migration) => [...summaryOf(migration), ...(withSource ? sourceOf(migration) : [])]),
  ])
}

/** ` in app 'billing'`, where apps were named. */
export function inApps(apps: readonly string[]): string {
  if (apps.length === 0) return ''
  return ` in ${apps.length === 1 ? 'app' : 'apps'} ${apps.map((app) => `'${app}'`).join(', ')}`
}

function summaryOf({ file, operations }: MadeMigration): readonly string[] {
  return [`  ${displayPath(file)}`, ...operations.map(({ symbol, description }) => `    ${symbol} ${description}`)]
}

function sourceOf({ file, source }: MadeMigration): readonly string[] {
  return ['', `// ${displayPath(file)}`, source]
}

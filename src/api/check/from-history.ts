import type { HistoryFinding } from '../../history/finding.ts'
import type { Graph } from '../../history/graph.ts'
import { splitMigrationKey } from '../../history/migration.ts'
import type { Found } from './finding.ts'
import type { FindingId } from './finding-kinds.ts'

/** Under which id each kind is told: what the files alone show needs no database. */
const ids = {
  edited: 'database.edited',
  missing: 'database.missing',
  foreignApp: 'database.foreignApp',
  renamed: 'database.renamed',
  renamedApp: 'database.renamed',
  sameNumber: 'migrations.sameNumber',
  copied: 'migrations.copied',
  outOfOrder: 'database.outOfOrder',
} as const satisfies Record<HistoryFinding['kind'], FindingId>

const severities = { stop: 'error', warning: 'warning', note: 'info' } as const

/** What is odd about a history, with its place. */
export function fromHistory(finding: HistoryFinding, { loaded }: Pick<Graph, 'loaded'>): Found {
  const { kind, severity, app, migrations, file, text, details = [], fix } = finding
  // One edit is in the sentence itself.
  const edits = kind === 'edited' && details.length > 1 ? details.map((detail) => `  ${detail}`) : []
  const [of, migration] = migrations[0] === undefined ? [app] : splitMigrationKey(migrations[0])
  const source = loaded.find((one) => one.app === of && one.name === migration)
  return {
    id: ids[kind],
    severity: severities[severity],
    app,
    ...(migration !== undefined && { migration }),
    ...(source !== undefined && { source }),
    ...(file !== undefined && { file }),
    message: [text, ...edits].join('\n'),
    fix,
  }
}

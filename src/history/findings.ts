import { inSeries } from '../lib/in-series.ts'
import { describe } from '../operations/definitions.ts'
import { copiedMigrations } from './copied.ts'
import { editedMigrations } from './edited.ts'
import type { HistoryFinding } from './finding.ts'
import { type ForeignApp, foreignApps } from './foreign-apps.ts'
import type { Graph } from './graph.ts'
import { type MigrationKey, splitMigrationKey } from './migration.ts'
import { missingMigrations } from './missing.ts'
import { appliedOutOfOrder } from './out-of-order.ts'
import type { Recorded, Recorder } from './recorder.ts'
import { type RenamedMigration, renamedMigrations } from './renamed.ts'
import { renamedApps } from './renamed-apps.ts'
import { sameNumbers } from './same-numbers.ts'

export interface FindingsOptions {
  /** As it is for the database: `graphFor`. */
  readonly graph: Graph
  readonly recorded: ReadonlyMap<MigrationKey, Recorded>
  readonly recorder: Pick<Recorder, 'contents'>
}

/** All that is odd about the history of a database beside the files: pure but for what it reads of the record. What stops `migrate` comes first. */
export async function historyFindings({
  graph,
  recorded,
  recorder,
}: FindingsOptions): Promise<readonly HistoryFinding[]> {
  const edited = await editedMigrations(graph, recorded, recorder)
  const apps = await renamedApps(graph, recorded, recorder)
  const renamed = await renamedMigrations(graph, recorded, recorder)
  const known = new Set([...apps.flatMap(({ migrations }) => migrations), ...renamed.map(({ from }) => from)])
  const missing = (await missingMigrations(graph, recorded, recorder)).filter(({ key }) => !known.has(key))
  const elsewhere = new Set(foreignApps(graph, recorded).map(({ app }) => app))
  const renamedLabels = new Set(apps.map(({ from }) => from))
  return [
    ...edited.map(
      ({ key, migration, differences }): HistoryFinding => ({
        ...about('edited', 'stop', key),
        ...(migration.file !== undefined && { file: migration.file }),
        details: differences,
        text:
          differences.length === 1
            ? `${key} was edited after it was applied: ${differences.join('')}.`
            : `${key} was edited after it was applied, in ${differences.length} places.`,
        fix: `Put the file back as it was and write the change as a new migration with \`godwit makemigrations\`; or, where the database is as the file says now, run \`godwit migrate --accept-edited ${key}\`, which looks.`,
      }),
    ),
    ...apps.map(
      ({ from, to, migrations }): HistoryFinding => ({
        kind: 'renamedApp',
        severity: 'stop',
        app: to,
        migrations,
        text: `The app "${from}" is recorded and not in the config, and "${to}" has the same migrations and is not recorded.`,
        fix: `Keep the old label (\`apps: { ${from}: '…' }\`: it need not be the folder's name), or rename it in the record with \`godwit migrate --answer ${from}:renamedTo=${to}\`.`,
      }),
    ),
    ...renamed.map((found) => renameFinding(found)),
    ...missing
      .filter(({ key }) => !elsewhere.has(splitMigrationKey(key)[0]))
      .map(
        ({ key, migration }): HistoryFinding => ({
          ...about('missing', 'warning', key),
          details: migration?.definition.operations.map(describe) ?? ['recorded by a newer Godwit'],
          text: `${key} is applied and has no file here.`,
          fix: 'Switch to the branch that has it or put the file back; or take back what it did with `godwit migrate --unapply-missing`.',
        }),
      ),
    ...plainFindings(graph, recorded).filter(({ kind, app }) => kind !== 'foreignApp' || !renamedLabels.has(app)),
  ]
}

/** What the files and the overview of the record show. Of all this nothing stops `migrate`, and reading it costs nothing. */
export function plainFindings(graph: Graph, recorded: ReadonlyMap<MigrationKey, Recorded>): readonly HistoryFinding[] {
  return [
    ...copied(graph, recorded),
    ...foreignApps(graph, recorded).map(foreignFinding),
    ...sameNumber(graph),
    ...appliedOutOfOrder(graph, recorded).map(
      ({ migration, dependency }): HistoryFinding => ({
        ...about('outOfOrder', 'note', migration),
        text: `${migration} was applied before ${dependency}, on which it depends.`,
        fix: 'Nothing has to be done if the dependency was added later; otherwise look with `godwit drift` whether the tables are as they should be.',
      }),
    ),
  ]
}

/** What the files alone show, without a database. */
export function fileFindings(graph: Graph): readonly HistoryFinding[] {
  return [...copied(graph), ...sameNumber(graph)]
}

function renameFinding({ from, candidates, behind }: RenamedMigration): HistoryFinding {
  const [to] = candidates
  const fix =
    behind.length === 0
      ? `If it is the same migration: \`godwit migrate --answer ${from}:renamedTo=${nameOf(to)}\` renames it in the record; if it is another one: \`--answer ${from}:renamedTo=none\`.`
      : `It comes after ${inSeries(behind)} now, which ${behind.length === 1 ? 'is' : 'are'} not applied: \`godwit migrate --unapply-missing\` takes ${from} back and applies all in the new order.`
  return {
    ...about('renamed', 'stop', from),
    text: `${from} is applied and has no file here, and ${candidates.join(' or ')}, which is not applied, does the same.`,
    fix,
  }
}

function foreignFinding({ app, migrations, nearest }: ForeignApp): HistoryFinding {
  const meant = nearest.length === 0 ? '' : ` Did you mean ${nearest.map((name) => `"${name}"`).join(' or ')}?`
  const count = `${migrations.length} ${migrations.length === 1 ? 'migration' : 'migrations'}`
  return {
    kind: 'foreignApp',
    severity: 'warning',
    app,
    migrations,
    text: `${count} of an app "${app}" ${migrations.length === 1 ? 'is' : 'are'} recorded, and the config has no app "${app}".${meant}`,
    fix: `Put the app back into the config, or leave it if another project uses this database. To forget it and leave its tables alone: \`godwit migrate ${app} --prune\`; to take back what it did: \`godwit migrate --unapply-missing\`.`,
  }
}

function copied(graph: Graph, recorded?: ReadonlyMap<MigrationKey, Recorded>): readonly HistoryFinding[] {
  return copiedMigrations(graph, recorded).map(({ original, copy }): HistoryFinding => {
    const file = graph.migrations.get(copy)?.file
    return {
      ...about('copied', 'warning', copy),
      migrations: [copy, original],
      ...(file !== undefined && { file }),
      text: `${copy} is a copy of ${original}: the same operations after the same migrations.`,
      fix: `Delete the file of ${copy}, unless its operations were to be changed.`,
    }
  })
}

function sameNumber(graph: Graph): readonly HistoryFinding[] {
  return sameNumbers(graph).map(
    ({ app, number, migrations }): HistoryFinding => ({
      kind: 'sameNumber',
      severity: 'note',
      app,
      migrations,
      text: `${app} has ${migrations.length} migrations with the number ${number}; their dependencies say: ${migrations.map(nameOf).join(', then ')}.`,
      fix: 'All is well; a file that no database has applied yet may be renamed.',
    }),
  )
}

function about(
  kind: HistoryFinding['kind'],
  severity: HistoryFinding['severity'],
  key: MigrationKey,
): Pick<HistoryFinding, 'kind' | 'severity' | 'app' | 'migrations'> {
  return { kind, severity, app: splitMigrationKey(key)[0], migrations: [key] }
}

function nameOf(key: MigrationKey | undefined): string {
  return key === undefined ? '' : splitMigrationKey(key)[1]
}

import type { RowsFromFiles } from '../api/reset/from-files.ts'
import type { FilesFromRecordResult } from '../api/reset/from-record.ts'
import type { RestoreResetResult } from '../api/reset/restore.ts'
import type { GitFacts, LostObject, LostStep, ResetMigrationsResult, ResetProposal } from '../api/reset-migrations.ts'
import { displayPath } from '../lib/display-path.ts'

/** What a reset would take away and put there. */
export function proposalLines(proposal: ResetProposal): readonly string[] {
  const { apps, database, rows, files, baselines, lostSteps, lostObjects, git } = proposal
  const written = new Set(baselines.map(({ file }) => file))
  return [
    `Begin the history of ${apps.join(', ')} anew. The database ${database} is what the models say, and the history led there.`,
    'Rows that go:',
    ...rows.map((key) => `  ${key}`),
    'Files that go:',
    ...files.map((file) => `  ${displayPath(file)}${written.has(file) ? ' (its place is taken)' : ''}`),
    'In their place:',
    ...baselines.flatMap(({ file, operations }) => [
      `  ${displayPath(file)}`,
      ...operations.map(({ symbol, description }) => `    ${symbol} ${description}`),
    ]),
    ...lostLines(lostSteps, lostObjects),
    ...gitLines(git),
    ...warningsOf(proposal).map((warning) => `Warning: ${warning}`),
  ]
}

/** What a person has to know before agreeing. */
export function warningsOf({ git, lostSteps }: ResetProposal): readonly string[] {
  const { dirty, ignored, absent } = git
  const code = lostSteps.filter(({ elidable }) => elidable !== true)
  return [
    ...(dirty.length > 0
      ? [`git has not committed ${dirty.join(', ')}: no commit holds the old files as they are.`]
      : []),
    ...(ignored.length > 0
      ? [`git ignores ${ignored.join(', ')}: nobody else has these files, nor will have the new ones.`]
      : []),
    ...(absent === undefined ? [] : [`${absences[absent]}: the backup is all that will be left of the old files.`]),
    ...(code.length > 0
      ? [`a new database will lack what ${code.length === 1 ? 'a step' : `${code.length} steps`} of SQL or code did.`]
      : []),
  ]
}

const absences = {
  noGit: 'There is no git here',
  noRepository: 'The project is in no git repository',
  noCommit: 'The git repository has no commit yet',
} as const satisfies Record<NonNullable<GitFacts['absent']>, string>

function gitLines({ absent, branch, commit, dirtyElsewhere }: GitFacts): readonly string[] {
  if (absent !== undefined) return []
  const where = branch === undefined ? 'git: no branch is checked out' : `git: on branch ${branch}`
  const holds = commit === undefined ? '' : `; commit ${commit} holds the old files`
  const others =
    dirtyElsewhere === 0 ? '' : `; ${dirtyElsewhere} other ${dirtyElsewhere === 1 ? 'file' : 'files'} changed`
  return [`${where}${holds}${others}`]
}

function lostLines(steps: readonly LostStep[], objects: readonly LostObject[]): readonly string[] {
  if (steps.length === 0) return []
  return [
    'Steps of the old history that no model can say, and that a new database will not go through (--keep-sql carries SQL over):',
    ...steps.map(({ migration, step, elidable }) => `  ${migration}: ${step}${elidable === true ? ' (elidable)' : ''}`),
    ...objects.map(({ kind, name, table, migration }) => {
      const words = kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
      return `  ${migration} made ${words} ${name}${table === undefined ? '' : ` on ${table}`}, which is in this database`
    }),
  ]
}

/** What was done. */
export function resetLines(result: ResetMigrationsResult, plan: boolean): readonly string[] {
  if (!result.written) return plan ? ['Nothing was changed.'] : []
  const removed = result.files.length - overwritten(result)
  return [
    ...result.baselines.map(({ file }) => `Wrote ${displayPath(file)}`),
    ...(removed === 0 ? [] : [`Removed ${count(removed, 'file')}`]),
    `Swapped ${count(result.rows.length, 'row')} for ${result.baselines.length}`,
    `Backup: ${displayPath(result.backup ?? '')}`,
  ]
}

/** A reset that another process had begun. */
export function resumedLines({ apps, baselines, backup, written }: ResetMigrationsResult): readonly string[] {
  const names = baselines.map(({ app, name }) => `${app}.${name}`).join(', ')
  return written
    ? [
        `Finished the reset of ${apps.join(', ')} that was stopped on its way: ${names}`,
        `Backup: ${displayPath(backup ?? '')}`,
      ]
    : [`A reset of ${apps.join(', ')} was stopped on its way; without --plan it is finished now: ${names}`]
}

function overwritten({ files, baselines }: ResetProposal): number {
  return baselines.filter(({ file }) => files.includes(file)).length
}

export function restoreLines(result: RestoreResetResult): readonly string[] {
  const { stamp, files, removed, rows, written } = result
  return [
    `${written ? 'Put' : 'Would put'} ${count(files.length, 'file')} and ${count(rows.length, 'row')} back, from ${stamp}`,
    ...files.map((file) => `  ${displayPath(file)}`),
    ...removed.map((file) => `  ${displayPath(file)} (${written ? 'removed' : 'goes'})`),
  ]
}

export function fromRecordLines({ files, written }: FilesFromRecordResult): readonly string[] {
  return files.flatMap(({ file, withoutCode }) => [
    `${written ? 'Wrote' : 'Would write'} ${displayPath(file)}`,
    ...withoutCode.map(
      (step) => `  "${step}" had code that no record holds: what stands there throws, so put the code back from git`,
    ),
  ])
}

export function fromFilesLines(
  { recorded, forgotten, unseen }: RowsFromFiles,
  tense: 'asked' | 'planned' | 'done',
): readonly string[] {
  const verbs = tense === 'done' ? ['Recorded', 'Forgot'] : ['Would record', 'Would forget']
  return [
    ...(tense === 'done' ? [] : ['The database is what these files make.']),
    ...recorded.map((key) => `${verbs[0]} ${key}`),
    ...forgotten.map((key) => `${verbs[1]} ${key}, which has no file`),
    ...unseen.map(
      ({ migration, step }) =>
        `  ${migration}: "${step}" leaves no table by which one could see that it was carried out`,
    ),
  ]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

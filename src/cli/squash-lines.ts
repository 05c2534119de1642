import type { FinishProposal, FinishSquashResult } from '../api/finish-squash.ts'
import type { SquashedMigration, SquashMigrationsResult, SquashProposal } from '../api/squash-migrations.ts'
import { displayPath } from '../lib/display-path.ts'
import { inSeries } from '../lib/in-series.ts'
import type { CarriedOperation } from '../rewriting/carried-code.ts'
import { lostCommentLines } from './lost-comments.ts'
import type { Terminal } from './terminal.ts'

type Styles = Pick<Terminal, 'answerStyle'>

/** What is about to be squashed, for whoever decides about it. */
export function proposalLines(
  { app, range, squashes, kept, cuts, lostComments }: SquashProposal,
  optimized: boolean,
): readonly string[] {
  return [
    `Will squash the following migrations of ${app}:`,
    ...range.filter((name) => !kept.includes(name)).map((name) => `  ${name}`),
    ...cuts.map(({ why }) => `  Split: ${why}.`),
    ...kept.map((name) => `  ${name} stays as it is: it can be joined with neither neighbour.`),
    ...squashes.flatMap((squash) => [
      ...(squashes.length > 1 ? [`${squash.name} for ${inSeries(squash.replaces)}:`] : []),
      optimizedLine(squash, optimized),
      ...squash.code.map(codeLine),
    ]),
    ...lostCommentLines(lostComments),
  ]
}

/** What was written, or would be. */
export function squashLines(
  { squashes, removed, written }: SquashMigrationsResult,
  { dryRun, withSource }: { readonly dryRun: boolean; readonly withSource: boolean },
  { answerStyle }: Styles,
): readonly string[] {
  if (!written && !dryRun) return ['Nothing was written.']
  const outcome = written ? 'Created new squashed migration' : 'Would create'
  const made = squashes.flatMap(({ file, operations, source }) => [
    answerStyle('bold', `${outcome} ${displayPath(file)}`),
    ...operations.map(({ symbol, description }) => `    ${symbol} ${description}`),
    ...(withSource ? ['', `// ${displayPath(file)}`, source] : []),
  ])
  const gone = removed
    .filter((file) => !squashes.some((squash) => squash.file === file))
    .map((file) => displayPath(file))
  return gone.length === 0 ? made : [...made, `${written ? 'Removed' : 'Would remove'} ${gone.join(', ')}`]
}

/** What finishing squashes comes to, for whoever decides about it. */
export function finishLines({ app, squashes, repointed }: FinishProposal): readonly string[] {
  return [
    ...squashes.flatMap(({ name, removed, code }) => [
      `${app}.${name} becomes a migration like any other; what it replaces goes:`,
      ...removed.map((file) => `  ${displayPath(file)}`),
      ...code.map(codeLine),
    ]),
    ...repointed.map(({ migration }) => `${migration} will refer to the squash.`),
  ]
}

/** What became of it. */
export function finishedLines({ written, squashes }: FinishSquashResult, dryRun: boolean): readonly string[] {
  if (!written) return dryRun ? [] : ['Nothing was changed.']
  const count = squashes.reduce((sum, { removed }) => sum + removed.length, 0)
  return [`Removed ${count} ${count === 1 ? 'file' : 'files'}.`]
}

function optimizedLine({ operationsBefore, operations }: SquashedMigration, optimized: boolean): string {
  if (!optimized) return '(Skipping optimization.)'
  if (operations.length === operationsBefore) return 'No optimizations possible.'
  return `Optimized from ${counted(operationsBefore)} to ${counted(operations.length)}.`
}

/** How code came along, and what is left to look at. */
function codeLine({ from, operation, how, uses }: CarriedOperation): string {
  if (how === 'imported') return `The code of "${operation}" in ${from} is imported from there.`
  const along = uses.length === 0 ? '' : `, with what it uses there: ${uses.join(', ')}`
  return `The code of "${operation}" in ${from} is written out${along}. Read it once.`
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'operation' : 'operations'}`
}

import { inSeries } from '../../lib/in-series.ts'
import type { Sentence } from '../sentence.ts'

export interface Placed {
  /** `billing.0007_note`. */
  readonly migration: string
  readonly operation: string
}

/** How many clashes are written out; the first ones nearly always explain the others. */
const shown = 5

/** Every sentence about merging branches. */
export const mergeSentences = {
  'merge.branchesClash': (d: {
    app: string
    leaves: readonly string[]
    clashes: readonly { first: Placed; second: Placed; reason: string }[]
    /** Per branch its last migration and its files, the ones to be made again. */
    branches: readonly { leaf: string; files: readonly string[] }[]
  }) => ({
    summary: `The branches ${inSeries(d.leaves)} of ${d.app} do not commute: ${d.clashes.length === 1 ? 'two operations clash' : `${d.clashes.length} pairs of operations clash`}.\n${d.clashes
      .slice(0, shown)
      .map(clashInWords)
      .join('')}${d.clashes.length > shown ? `\n  and ${d.clashes.length - shown} more\n` : ''}`,
    why: 'One database has got one branch first, the next one the other; they would not end with the same tables, or not get there at all.',
    fix: recipe(d.app, d.branches),
  }),
  'merge.ordersDiffer': (d: {
    app: string
    leaves: readonly string[]
    differences: readonly string[]
    branches: readonly { leaf: string; files: readonly string[] }[]
  }) => ({
    summary: `The branches ${inSeries(d.leaves)} of ${d.app} do not commute: another order has another outcome.\n${d.differences
      .slice(0, shown)
      .map((difference) => `\n  ${difference}`)
      .join('')}\n`,
    why: 'One database has got one branch first, the next one the other; they would not end with the same tables, or not get there at all.',
    fix: recipe(d.app, d.branches),
  }),
} satisfies Record<string, (details: never) => Sentence>

function clashInWords({ first, second, reason }: { first: Placed; second: Placed; reason: string }): string {
  const same = first.operation === second.operation ? '; where they are the same, one of them is enough' : ''
  return `\n  ${first.migration}: ${first.operation}\n  ${second.migration}: ${second.operation}\n    ${reason}${same}\n`
}

/** What to do with branches that can only follow one another. */
function recipe(app: string, branches: readonly { leaf: string; files: readonly string[] }[]): string {
  const last = branches.at(-1)
  const files = last === undefined ? '' : last.files.join(', ')
  const others = branches.slice(0, -1).map(({ leaf }) => leaf)
  return (
    `Let one branch follow the other. Take one that no database has applied (or only yours, which can unapply it), say ${last?.leaf ?? ''}: ` +
    `delete ${files} and run \`godwit makemigrations ${app}\`, which writes what the models still want on top of ${inSeries(others)}. ` +
    `A file with code or SQL of your own is better edited: put ${others.map((leaf) => `['${app}', '${leaf}']`).join(', ')} into its \`dependencies\` and correct the operation.`
  )
}

import {
  type ExaminedBranches,
  type MergeMigrationsOptions,
  type MergeMigrationsResult,
  mergeMigrations,
} from '../api/merge-migrations.ts'
import { branchLines } from './branches.ts'
import type { Outcome } from './command.ts'
import { inApps, madeLines } from './made-migrations.ts'
import { say, type Terminal } from './terminal.ts'

export interface MergeBranchesOptions extends MergeMigrationsOptions {
  readonly apps: readonly string[]
  readonly check: boolean
  readonly dryRun: boolean
}

/** `makemigrations --merge`: shows the branches, asks where somebody is there, and writes what joins them. */
export async function mergeBranches(options: MergeBranchesOptions, terminal: Terminal): Promise<Outcome> {
  const result = await mergeMigrations(options)
  const found = result.examined.length > 0
  if (options.check && found) say(terminal, 'There are branches to merge; run `godwit makemigrations --merge`.\n')
  return {
    data: result,
    lines: terminal.verbosity === 0 ? [] : linesOf(result, options, terminal),
    ...(options.check && found ? { exitCode: 2 as const } : {}),
  }
}

function linesOf(
  { examined, migrations }: MergeMigrationsResult,
  { apps, dryRun, questioner }: MergeBranchesOptions,
  terminal: Terminal,
): readonly string[] {
  if (examined.length === 0) return [`No conflicts detected to merge${inApps(apps)}.`]
  // Whoever was asked has seen the branches.
  const shown = questioner === undefined ? examined : []
  return [
    ...shown.flatMap((one) => [
      terminal.answerStyle('bold', `Merging ${one.app}`),
      ...branchLines(one.branches),
      verdict(one),
    ]),
    ...examined.filter(({ merged }) => !merged).map(({ app }) => `The branches of ${app} are left as they are.`),
    ...madeLines(migrations, terminal, dryRun),
  ]
}

function verdict({ unproven, merged }: ExaminedBranches): string {
  if (unproven.length > 0) return `  Not proven to commute${merged ? '; taken at your word' : ''}.`
  return '  They commute: every order has the same outcome.'
}

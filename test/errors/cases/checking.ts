import type { BadInput } from '../bad-input.ts'
import { configOf } from '../base-project.ts'

const run = ['check']
const ignoring = (ignore: string) =>
  configOf(`{ apps: ['./accounts', './billing'], databases: { default: 'sqlite:./app.db' }, check: ${ignore} }`)

/** Mistakes in asking what is wrong. */
export const checkingCases: readonly BadInput[] = [
  {
    name: 'what is new is asked since a branch that git does not know',
    run: ['check', '--since', 'nowhere'],
    code: 'checking.unknownRef',
    names: '"nowhere"',
  },
  {
    name: 'what a check ignores is no list',
    files: ignoring("{ ignore: 'git.*' }"),
    run,
    code: 'config.checkNotUsable',
    names: '`check.ignore`',
  },
  {
    name: 'what a check ignores has no reason',
    files: ignoring("{ ignore: [{ id: 'git.*' }] }"),
    run,
    code: 'config.checkNotUsable',
    names: '`check.ignore[0].reason`',
  },
  {
    name: 'what a check ignores has a mistyped key',
    files: ignoring("{ ignore: [{ id: 'git.*', migrations: 'billing.*', reason: 'x' }] }"),
    run,
    code: 'config.unknownCheckKey',
    names: '"migrations"',
  },
  {
    name: 'a check ignores what none finds',
    files: ignoring("{ ignore: [{ id: 'migrations.destrutive', reason: 'x' }] }"),
    run,
    code: 'config.unknownFinding',
    names: '"migrations.destrutive"',
  },
]

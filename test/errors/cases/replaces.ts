import type { BadInput } from '../bad-input.ts'
import { migration } from '../base-project.ts'

const run = ['migrate']
const onInitial = "dependencies: [['billing', '0001_initial']]"

/** A file of billing that replaces others of the app, or of another one. */
function squash(name: string, replaces: readonly string[], app = 'billing'): Readonly<Record<string, string>> {
  const references = replaces.map((replaced) => `['${app}', '${replaced}']`).join(', ')
  return { [`billing/migrations/${name}.ts`]: migration('', `${onInitial}, replaces: [${references}]`) }
}

function plain(name: string, after: string): Readonly<Record<string, string>> {
  return { [`billing/migrations/${name}.ts`]: migration('', `dependencies: [['billing', '${after}']]`) }
}

const originals = { ...plain('0002_one', '0001_initial'), ...plain('0003_two', '0002_one') }

/** Squashes that are no squashes, and databases for which they come too early or too late. */
export const replacesCases: readonly BadInput[] = [
  {
    name: 'a squash replaces itself',
    files: squash('0002_squashed', ['0002_squashed']),
    run,
    code: 'replaces.itself',
    names: 'billing.0002_squashed',
  },
  {
    name: 'a squash replaces a migration of another app',
    files: squash('0002_squashed', ['0001_initial'], 'accounts'),
    run,
    code: 'replaces.otherApp',
    names: 'accounts.0001_initial',
  },
  {
    name: 'two squashes replace the same migration',
    files: { ...originals, ...squash('0002_a', ['0002_one', '0003_two']), ...squash('0002_b', ['0003_two']) },
    run,
    code: 'replaces.twice',
    names: 'billing.0003_two',
  },
  {
    name: 'a squash names a migration twice',
    files: { ...originals, ...squash('0002_a', ['0002_one', '0002_one']) },
    run,
    code: 'replaces.twice',
    names: 'billing.0002_one',
  },
  {
    name: 'two squashes replace each other',
    files: { ...squash('0002_a', ['0002_b']), ...squash('0002_b', ['0002_a']) },
    run,
    code: 'replaces.cycle',
    names: 'billing.0002_a',
  },
  {
    name: 'a database is inside the range of a squash whose originals are gone',
    files: squash('0001_squashed', ['0001_initial', '0002_one']),
    run,
    code: 'replaces.gone',
    names: 'billing.0002_one',
  },
  {
    name: 'a replaced migration whose file is gone is the target',
    files: squash('0002_squashed', ['0002_one', '0003_two']),
    run: ['migrate', 'billing', '0003_two'],
    code: 'replaces.gone',
    names: 'billing.0003_two',
  },
  {
    name: 'a squash is half-way, and what it replaces is the target',
    files: { ...originals, ...squash('0002_squashed', ['0002_one', '0003_two']) },
    sql: `INSERT INTO godwit_journal (app, name, direction, position, step, under_way, written_at)
   VALUES ('billing', '0002_squashed', 'forwards', 1, 'Run SQL', 0, '2026-01-01T00:00:00.000Z')`,
    run: ['migrate', 'billing', '0002_one'],
    code: 'replaces.begun',
    names: 'billing.0002_squashed',
  },
  {
    name: 'rows that a squash stands for are pruned',
    files: { ...squash('0001_squashed', ['0001_initial']), 'billing/migrations/0001_initial.ts': undefined },
    run: ['migrate', 'billing', '--prune'],
    code: 'replaces.stillNamed',
    names: 'billing.0001_initial',
  },
  {
    name: 'rows are pruned of no app',
    run: ['migrate', '--prune'],
    code: 'cli.pruneNeedsApp',
  },
  {
    name: 'a migration depends on the last one of an app that has none',
    files: {
      ...Object.fromEntries([['accounts/migrations/0001_initial.ts', undefined]]),
      'billing/migrations/0001_initial.ts': migration('', "dependencies: [['accounts', '__latest__']]"),
    },
    run,
    code: 'migrations.emptyDependency',
    names: 'accounts',
  },
]

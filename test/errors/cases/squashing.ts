import type { BadInput } from '../bad-input.ts'
import { config, migration, second } from '../base-project.ts'

const later = (before: string, operations = '') => migration(operations, `dependencies: [['billing', '${before}']]`)
const added = (name: string): string => `addField({ model: 'Invoice', name: '${name}', field: f.text({ null: true }) })`

/** Two migrations of billing behind the first one. */
const three = { ...second(added('one')), 'billing/migrations/0003_more.ts': later('0002_change', added('two')) }

/** Three of billing, of which a squash replaces the first two. */
const squashed = {
  ...three,
  'billing/migrations/0001_squashed_0002_change.ts': migration(
    '',
    "replaces: [['billing', '0001_initial'], ['billing', '0002_change']], dependencies: [['accounts', '0001_initial']]",
  ).replace('operations: []', "operations: [runSql({ forwards: 'SELECT 1' })]"),
}

/** A migration whose code uses a name of its file. */
const using = (word: string, before: string): string =>
  `${later(before, 'runCode({ forwards: ({ log }) => log(word) })')}\nconst word = '${word}'\n`

/** Mistakes in squashing migrations. */
export const squashingCases: readonly BadInput[] = [
  {
    name: 'a squash of one migration',
    files: three,
    run: ['squashmigrations', 'billing', '0001'],
    code: 'squash.nothingToSquash',
    names: 'billing.0001_initial',
  },
  {
    name: 'a squash that begins behind its end',
    files: three,
    run: ['squashmigrations', 'billing', '0003', '0002'],
    code: 'squash.startNotBefore',
    names: 'billing.0003_more',
  },
  {
    name: 'a squash of what is squashed already',
    files: squashed,
    run: ['squashmigrations', 'billing', '0001_initial', '0003'],
    code: 'squash.alreadyReplaced',
    names: 'billing.0001_initial',
  },
  {
    name: 'a squash of migrations that cannot be joined',
    files: {
      ...second(added('one')),
      'accounts/migrations/0002_code.ts': migration(
        "runSql({ forwards: 'SELECT 1' })",
        "dependencies: [['accounts', '0001_initial'], ['billing', '0001_initial']], runBefore: [['billing', '0002_change']]",
      ),
    },
    run: ['squashmigrations', 'billing', '0002'],
    code: 'squash.cannotJoin',
    names: 'accounts.0002_code',
  },
  {
    name: 'a squash of code whose names mean two things',
    files: {
      'billing/migrations/0002_change.ts': using('one', '0001_initial'),
      'billing/migrations/0003_more.ts': using('two', '0002_change'),
    },
    run: ['squashmigrations', 'billing', '0003'],
    code: 'squash.codeNotCarried',
    names: 'word',
  },
  {
    name: 'a squash without a migration',
    files: three,
    run: ['squashmigrations', 'billing'],
    code: 'cli.missingArgument',
  },
  {
    name: 'a squash whose file is there',
    files: { ...three, 'billing/migrations/0001_all.ts': later('0003_more') },
    run: ['squashmigrations', 'billing', '0003', '--squashed-name', 'all'],
    code: 'migrations.fileExists',
    names: '0001_all.ts',
  },
  {
    name: 'a squash in place of what a database has applied',
    files: three,
    run: ['squashmigrations', 'billing', '0003', '--unapplied'],
    code: 'squash.applied',
    names: 'billing.0001_initial',
  },
  {
    name: 'a squash in place while a database cannot be asked',
    files: {
      ...three,
      'godwit.config.ts': config('sqlite:./app.db').replace("'sqlite:./app.db'", "'sqlite:./missing/app.db'"),
    },
    run: ['squashmigrations', 'billing', '0002', '0003', '--unapplied'],
    code: 'squash.databaseNotAsked',
    names: '"default"',
  },
  {
    name: 'a squash in place of what another app refers to',
    files: {
      ...three,
      'accounts/migrations/0002_late.ts': migration(
        '',
        "dependencies: [['accounts', '0001_initial'], ['billing', '0002_change']]",
      ),
    },
    run: ['squashmigrations', 'billing', '0002', '0003', '--unapplied'],
    code: 'squash.dependedOn',
    names: 'accounts.0002_late',
  },
  {
    name: 'a squash in place of a squash',
    files: squashed,
    run: ['squashmigrations', 'billing', '0003', '--unapplied'],
    code: 'squash.holdsSquash',
    names: 'billing.0001_squashed_0002_change',
  },
  {
    name: 'a squash is finished that nobody made',
    files: three,
    run: ['squashmigrations', 'billing', '--finish'],
    code: 'squash.nothingToFinish',
    names: 'billing',
  },
  {
    name: 'what is no squash is finished',
    files: three,
    run: ['squashmigrations', 'billing', '0003', '--finish'],
    code: 'squash.notASquash',
    names: 'billing.0003_more',
  },
  {
    name: 'a squash is finished that a database is not past',
    files: squashed,
    run: ['squashmigrations', 'billing', '--finish'],
    code: 'squash.notPast',
    names: 'billing.0001_squashed_0002_change',
  },
  {
    name: 'a squash is finished whose originals another file imports from',
    files: {
      ...squashed,
      'billing/migrations/0003_more.ts': `import '../migrations/0002_change.ts'\n${later('0002_change', added('two'))}`,
    },
    first: ['migrate', '--fake'],
    run: ['squashmigrations', 'billing', '--finish'],
    code: 'squash.importedElsewhere',
    names: '0002_change',
  },
  {
    name: 'a squash is finished and made at once',
    files: three,
    run: ['squashmigrations', 'billing', '--finish', '--unapplied'],
    code: 'cli.conflictingFlags',
    names: '--unapplied',
  },
]

import type { BadInput } from '../bad-input.ts'
import { createInvoice, migration, second } from '../base-project.ts'

const optimize = ['optimizemigration', 'billing', '0002']
const twice = `addField({ model: 'Invoice', name: 'paid', field: f.boolean({ null: true }) }),
  renameField({ model: 'Invoice', from: 'paid', to: 'isPaid' })`
const change = 'billing/migrations/0002_change.ts'

/** What cannot be written with fewer operations. */
export const optimizingCases: readonly BadInput[] = [
  {
    name: 'a migration that is applied is to be shortened',
    files: second(twice),
    first: ['migrate'],
    run: optimize,
    code: 'optimize.applied',
    names: 'billing.0002_change',
  },
  {
    name: 'a migration is to be shortened that a squash replaces',
    files: {
      ...second(twice),
      'billing/migrations/0001_squashed.ts': migration(
        createInvoice,
        "dependencies: [['accounts', '0001_initial']], replaces: [['billing', '0001_initial'], ['billing', '0002_change']]",
      ),
    },
    run: optimize,
    code: 'optimize.replaced',
    names: 'billing.0001_squashed',
  },
  {
    name: 'a migration is to be shortened whose definition stands elsewhere in its file',
    files: {
      [change]: `${migration(twice).replace('export default', 'const migration =')}\nexport default migration\n`,
    },
    run: optimize,
    code: 'optimize.notRewritable',
    names: change,
  },
  {
    name: 'a migration is to be shortened whose file gives a name of its own to what is written anew',
    files: {
      [change]:
        `const addField = 'a word'\n${migration(`fields.${twice.replace('renameField', 'fields.renameField')}`)}`.replace(
          /import \{[^}]*\}/,
          "import { defineMigration, f } from 'godwit/migrations'\nimport * as fields",
        ),
    },
    run: optimize,
    code: 'optimize.notReadable',
    names: "'addField' has already been declared",
  },
]

import type { BadInput } from '../bad-input.ts'
import { configOf } from '../base-project.ts'

const threeApps = configOf("{ apps: ['./accounts', './billing', './shop'], databases: { default: 'sqlite:./app.db' } }")

/** What no models can be read out of, and where they cannot be written. */
export const inspectingCases: readonly BadInput[] = [
  {
    name: 'models are to be read without a word of the app that they are for',
    run: ['inspectdb'],
    code: 'inspecting.appNeeded',
  },
  {
    name: 'the model of a table is to be read that is not there',
    run: ['inspectdb', '--app', 'billing', 'billing_invoce'],
    code: 'inspecting.unknownTable',
    names: 'billing_invoce',
  },
  {
    name: 'the models of an empty database are to be read',
    arrange({ configure }) {
      configure('sqlite:./none.db')
      return undefined
    },
    run: ['inspectdb', '--app', 'billing'],
    code: 'inspecting.noTables',
    names: 'none.db',
  },
  {
    name: 'the models of a database are to be read that other apps have all models of',
    files: { ...threeApps, 'shop/models.ts': 'export {}\n' },
    run: ['inspectdb', '--app', 'shop'],
    code: 'inspecting.nothingNew',
    names: 'accounts, billing',
  },
  {
    name: 'a schema is to be read where a database has none',
    run: ['inspectdb', '--app', 'billing', '--schema', 'sales'],
    code: 'inspecting.noSchemas',
  },
  {
    name: 'models are to be written over a file that exists',
    run: ['inspectdb', '--app', 'billing', '--output', 'billing/models.ts'],
    code: 'inspecting.fileExists',
    names: 'billing/models.ts',
  },
]

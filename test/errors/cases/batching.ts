import type { BadInput } from '../bad-input.ts'
import { second } from '../base-project.ts'

const run = ['migrate']
const invalid = 'migrations.invalidDefinition'
const stepwise = "atomic: false, dependencies: [['billing', '0001_initial']]"
const data = ['makemigrations', 'billing', '--empty', '--models']

/** Mistakes in what works in batches, and in data migrations that are to be written. */
export const batchingCases: readonly BadInput[] = [
  {
    name: 'batches stand in a migration that is one transaction',
    files: second("batched({ model: 'Invoice', run: { set: { total: 0 } } })"),
    run,
    code: invalid,
    names: 'batched',
  },
  {
    name: 'batches do nothing that is known',
    files: second("batched({ model: 'Invoice', run: { total: 0 } })", stepwise),
    run,
    code: invalid,
    names: '`run`',
  },
  {
    name: 'the size of batches is no number of rows',
    files: second("batched({ model: 'Invoice', size: '1000', run: { set: { total: 0 } } })", stepwise),
    run,
    code: invalid,
    names: '`size`',
  },
  {
    name: 'batches are of a model that is mistyped',
    files: second("batched({ model: 'Invoce', run: { set: { total: 0 } } })", stepwise),
    run,
    code: 'migrations.operationUnknownModel',
    names: '"billing.Invoice"',
  },
  {
    name: 'batches set a field that is mistyped',
    files: second("batched({ model: 'Invoice', run: { set: { totl: 0 } } })", stepwise),
    run,
    code: 'migrations.operationUnknownField',
    names: '"total"',
  },
  {
    name: 'batches are of a model without a primary key',
    files: second(
      "createModel({ name: 'Log', fields: { line: f.text() } }), batched({ model: 'Log', run: { set: { line: '' } } })",
      stepwise,
    ),
    run,
    code: 'migrations.batchedWithoutKey',
    names: 'billing.Log',
  },
  {
    name: 'a data migration is to be about a model that is mistyped',
    run: [...data, 'Invoce'],
    code: 'cli.unknownModels',
    names: '"Invoice"',
  },
  {
    name: 'a data migration is to be about a model of another app, named without it',
    run: [...data, 'Invoice,User'],
    code: 'cli.unknownModels',
    names: '"accounts.User"',
  },
  {
    name: 'models are named for no app, or for several',
    run: ['makemigrations', '--empty', 'billing', 'accounts', '--models', 'Invoice'],
    code: 'cli.modelsNeedOneApp',
  },
]

import type { BadInput } from '../bad-input.ts'
import { configOf, second } from '../base-project.ts'

const databases = "{ default: 'sqlite:./app.db', archive: 'sqlite:./archive.db' }"
const routed = (router: string, among = databases) =>
  configOf(`{ apps: ['./accounts', './billing'], databases: ${among}, router: ${router} }`)
const run = ['migrate', '--plan']

/** Mistakes about what lives in which database. */
export const severalDatabasesCases: readonly BadInput[] = [
  {
    name: 'the router is a text',
    files: routed("'archive'"),
    run,
    code: 'config.routerNotUsable',
    names: '`router`',
  },
  {
    name: 'the router names an unknown app',
    files: routed("{ bilings: 'archive' }"),
    run,
    code: 'config.routerUnknownKey',
    names: 'bilings',
  },
  {
    name: 'the router names an unknown database',
    files: routed("{ billing: 'archiv' }"),
    run,
    code: 'config.routeUnknown',
    names: 'archiv',
  },
  {
    name: 'the router gives a number for a database',
    files: routed('{ billing: [1] }'),
    run,
    code: 'config.routeNotUsable',
    names: 'billing',
  },
  {
    name: 'the router leaves out where the rest lives, and no database is called default',
    files: routed("{ billing: 'main' }", "{ main: 'sqlite:./app.db' }"),
    run: [...run, '--database', 'main'],
    code: 'config.routerNeedsDefault',
    names: '`router`',
  },
  {
    name: 'the new name of a model is routed to another database than the old one',
    files: {
      ...routed("{ 'billing.Bill': 'archive' }"),
      ...second("renameModel({ from: 'Invoice', to: 'Bill' })"),
    },
    run,
    code: 'execution.renamedApart',
    names: 'billing.Bill',
  },
  {
    name: 'a runSql is for an unknown database',
    files: second("runSql({ forwards: 'SELECT 1', databases: ['archiv'] })"),
    run,
    code: 'execution.unknownDatabases',
    names: 'archiv',
  },
  {
    name: 'a runCode works on models that live in two databases',
    files: {
      ...routed("{ billing: 'archive' }"),
      ...second("runCode({ models: { Invoice: 'billing.Invoice', User: 'accounts.User' }, async forwards() {} })"),
    },
    run,
    code: 'execution.modelsApart',
    names: 'accounts.User',
  },
  {
    name: 'the join model of a many-to-many lives in another database than the join table that it replaces',
    files: {
      ...routed("{ 'billing.Payment': 'archive' }"),
      ...second(`
        addField({ model: 'Invoice', name: 'payers', field: f.manyToMany('accounts.User') }),
        createModel({
          name: 'Payment',
          fields: {
            id: f.bigAuto({ primaryKey: true }),
            invoice: f.foreignKey('billing.Invoice'),
            user: f.foreignKey('accounts.User'),
          },
        }),
        addField({
          model: 'Invoice',
          name: 'people',
          field: f.manyToMany('accounts.User', { through: 'billing.Payment' }),
          copyFrom: 'payers',
        })`),
    },
    run,
    code: 'execution.copiedApart',
    names: 'billing.0002_change',
  },
]

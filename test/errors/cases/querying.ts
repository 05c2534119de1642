import type { BadInput } from '../bad-input.ts'
import { second } from '../base-project.ts'

const run = ['migrate']

/** The base project with a step of code over its models, which were given what the surface is asked about besides. */
const code = (body: string, models = "{ Invoice: 'Invoice', User: 'accounts.User', Tag: 'Tag', Tagging: 'Tagging' }") =>
  second(`
  createModel({ name: 'Tag', fields: { id: f.bigAuto({ primaryKey: true }), name: f.text() } }),
  createModel({ name: 'Tagging', fields: {
    id: f.bigAuto({ primaryKey: true }),
    tag: f.foreignKey('Tag'),
    invoice: f.foreignKey('Invoice'),
    weight: f.integer(),
    double: f.generated({ expression: q.mul('weight', 2), output: f.integer() }),
    maker: f.foreignKey('accounts.User', { null: true }),
    checker: f.foreignKey('accounts.User', { null: true }),
  } }),
  addField({ model: 'Invoice', name: 'tags', field: f.manyToMany('Tag') }),
  addField({ model: 'Invoice', name: 'weighed', field: f.manyToMany('Tag', { through: 'Tagging', relatedName: 'weighing' }) }),
  runCode({ models: ${models}, async forwards({ models: { Invoice, User, Tag, Tagging } }) { ${body} } })`)

const asked = (name: string, body: string, error: `query.${string}` & BadInput['code'], names: string): BadInput => ({
  name: `code ${name}`,
  files: code(body),
  run,
  code: error,
  names,
})

/** What code of a migration asks of historical models and they do not have, take or give. */
export const queryingCases: readonly BadInput[] = [
  {
    name: 'code declares a model that there is not',
    files: code('', "{ Invoice: 'billing.Invoise' }"),
    run,
    code: 'migrations.operationUnknownModel',
    names: 'Invoice',
  },
  {
    name: 'code declares a model of an app that its migration does not wait for',
    files: {
      'accounts/migrations/0002_code.ts': `
import { defineMigration, runCode } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['accounts', '0001_initial']],
  operations: [runCode({ models: { Invoice: 'billing.Invoice' }, forwards() {} })],
})
`,
    },
    run,
    code: 'query.notDependedOn',
    names: 'billing.Invoice',
  },
  asked(
    'filters by a field that there is not',
    'await Invoice.filter({ totl: 1 }).rows()',
    'query.unknownField',
    'total',
  ),
  asked(
    'follows a name that two relations have',
    'await User.filter({ tagging: {} }).rows()',
    'query.ambiguousRelation',
    'checker',
  ),
  asked(
    'orders by the field of a field',
    "await Invoice.orderBy('number.length').rows()",
    'query.notRelation',
    'number',
  ),
  asked('wants one value of many rows', "await Invoice.values('tags.name').rows()", 'query.manyRows', 'tags'),
  asked(
    'asks in a way that there is not',
    "await Invoice.filter({ number: { like: 'A%' } }).rows()",
    'query.unknownLookup',
    'like',
  ),
  asked(
    'asks a number for a part of it',
    "await Invoice.filter({ total: { contains: '1' } }).rows()",
    'query.lookupNotFor',
    'integer',
  ),
  asked(
    'filters by what is no value',
    'await Invoice.filter({ total: undefined }).delete()',
    'query.badFilter',
    'undefined',
  ),
  asked('writes a value of another type', "await Invoice.update({ total: '12,50' })", 'query.wrongValue', '12,50'),
  asked('writes NULL where there is never any', 'await Invoice.update({ total: null })', 'query.wrongValue', 'null'),
  asked('writes what the database computes', 'await Tagging.update({ double: 4 })', 'query.notWritable', 'double'),
  asked('writes a many-to-many as a field', 'await Invoice.update({ tags: [1] })', 'query.notWritable', 'tags'),
  asked(
    'creates a row without a value',
    'await Tagging.create({ tag: 1, invoice: 1 })',
    'query.missingFields',
    'weight',
  ),
  asked('updates nothing', 'await Invoice.update({})', 'query.nothingToWrite', 'Invoice'),
  asked(
    'computes a text for a number',
    "await Invoice.update({ total: ({ column }) => column('number') })",
    'query.wrongComputation',
    'text',
  ),
  asked('wants the one row of none', "await Invoice.get({ number: 'Z-9' })", 'query.noRow', 'Z-9'),
  asked('wants the one row of several', 'await Invoice.get()', 'query.severalRows', 'Invoice'),
  asked('takes a part of a row', 'await Invoice.limit(1.5).rows()', 'query.badCount', '1.5'),
  asked(
    'iterates in an order',
    "for await (const row of Invoice.orderBy('total')) void row",
    'query.orderedIteration',
    'Invoice',
  ),
  asked('passes over rows in no order', 'await Invoice.offset(10).rows()', 'query.needsOrder', 'Invoice'),
  asked(
    'asks with more values than a statement takes',
    'await Invoice.filter({ id: { in: Array.from({ length: 70000 }, (_, id) => id) } }).rows()',
    'query.tooManyValues',
    '70000',
  ),
  asked('takes one row for many', "await Invoice.related('owner').add(1)", 'query.notRelation', 'owner'),
  asked(
    'links to rows of another model',
    "await Invoice.related('tags').add(User)",
    'query.wrongLinks',
    'accounts.User',
  ),
  asked('links to a row that does not exist', "await Invoice.related('tags').add(7)", 'query.unknownLinks', 'Tag'),
]

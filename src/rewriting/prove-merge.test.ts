import assert from 'node:assert/strict'
import { describe as suite, test } from 'node:test'
import { dialectFor } from '../dialects/index.ts'
import { f } from '../fields/f.ts'
import { buildGraph } from '../history/graph.ts'
import type { Migration, MigrationReference } from '../history/migration.ts'
import { check, index, unique } from '../models/parts.ts'
import { q } from '../models/q.ts'
import { addConstraint } from '../operations/add-constraint.ts'
import { addField } from '../operations/add-field.ts'
import { addIndex } from '../operations/add-index.ts'
import { alterEnum } from '../operations/alter-enum.ts'
import { alterField } from '../operations/alter-field.ts'
import { alterModelTable } from '../operations/alter-model-table.ts'
import { batched } from '../operations/batched.ts'
import { createEnum } from '../operations/create-enum.ts'
import { createExtension } from '../operations/create-extension.ts'
import { createModel } from '../operations/create-model.ts'
import { custom } from '../operations/custom.ts'
import { deleteExtension } from '../operations/delete-extension.ts'
import { deleteModel } from '../operations/delete-model.ts'
import type { Operation } from '../operations/operation.ts'
import { removeField } from '../operations/remove-field.ts'
import { renameField } from '../operations/rename-field.ts'
import { renameModel } from '../operations/rename-model.ts'
import { runCode } from '../operations/run-code.ts'
import { runSql } from '../operations/run-sql.ts'
import { separateDatabaseAndState } from '../operations/separate-database-and-state.ts'
import { proveMerge } from './prove-merge.ts'

const dialects = await Promise.all(['sqlite', 'postgres'].map(dialectFor))
const id = f.bigAuto({ primaryKey: true })

function migration(
  app: string,
  name: string,
  dependencies: readonly string[],
  operations: readonly Operation[],
): Migration {
  const references = dependencies.map((key) => key.split('.') as unknown as MigrationReference)
  return { app, name, definition: { dependencies: references, operations } }
}

const initial = migration(
  'billing',
  '0001_initial',
  [],
  [
    createEnum({ name: 'mood', values: ['good', 'bad'] }),
    createModel({ name: 'Tag', fields: { id } }),
    createModel({ name: 'Memo', fields: { id } }),
    createModel({
      name: 'Invoice',
      fields: {
        id,
        total: f.integer(),
        note: f.text({ null: true }),
        tag: f.foreignKey('Tag', { null: true, onDelete: 'cascade' }),
      },
    }),
  ],
)

/** What is said of branches that each begin after the same migration. */
function proofOf(...branches: readonly (readonly Operation[])[]) {
  const leaves = branches.map((operations, position) =>
    migration('billing', `0002_${'abc'[position]}`, ['billing.0001_initial'], operations),
  )
  return proveMerge(buildGraph([initial, ...leaves]), 'billing', dialects)
}

/** `commute`, or the reasons against it. */
function verdict(...branches: readonly (readonly Operation[])[]): string | readonly string[] {
  const { clashes, unproven, differences } = proofOf(...branches)
  const reasons = [
    ...clashes.map(({ reason }) => `clash: ${reason}`),
    ...unproven.map(({ reason }) => `unproven: ${reason}`),
    ...differences,
  ]
  return reasons.length === 0 ? 'commute' : reasons
}

const add = (name: string) => addField({ model: 'Invoice', name, field: f.text({ null: true }) })
const touching = (...models: readonly string[]) =>
  custom({
    type: 'test.touching',
    definition: {
      symbol: '?',
      describe: () => 'Touch',
      nameFragment: () => undefined,
      apply: (_operation, state) => state,
      touches: () => ({ models }),
    },
  })

suite('branches commute', () => {
  test('where they add different things to one model', () => {
    assert.equal(
      verdict([add('paid')], [add('due'), addIndex({ model: 'Invoice', index: index({ fields: ['total'] }) })]),
      'commute',
    )
  })

  test('where one gives up a column, or a relation, and the other takes another column', () => {
    assert.equal(verdict([removeField({ model: 'Invoice', name: 'note' })], [add('due')]), 'commute')
    assert.equal(verdict([deleteModel({ name: 'Tag' })].slice(1), [add('due')]), 'commute')
    assert.equal(
      verdict(
        [removeField({ model: 'Invoice', name: 'tag' }), deleteModel({ name: 'Tag' })],
        [
          removeField({ model: 'Invoice', name: 'note' }),
          alterField({ model: 'Invoice', name: 'total', field: f.bigInteger() }),
        ],
      ),
      'commute',
    )
  })

  test('where one alters a field that the other puts an index over', () => {
    assert.equal(
      verdict(
        [alterField({ model: 'Invoice', name: 'total', field: f.bigInteger() })],
        [addIndex({ model: 'Invoice', index: index({ fields: ['total'] }) })],
      ),
      'commute',
    )
  })

  test('three at a time', () => {
    assert.equal(verdict([add('a')], [add('b')], [createModel({ name: 'Line', fields: { id } })]), 'commute')
  })

  test('where two of them made an empty migration', () => {
    assert.equal(verdict([], []), 'commute')
    assert.equal(verdict([runSql({ forwards: [] })], [add('due')]), 'commute')
  })

  test('from the first migration on', () => {
    const a = migration('billing', '0001_a', [], [createModel({ name: 'A', fields: { id } })])
    const b = migration('billing', '0001_b', [], [createModel({ name: 'B', fields: { id } })])
    const { clashes, differences } = proveMerge(buildGraph([a, b]), 'billing', dialects)
    assert.deepEqual([clashes, differences], [[], []])
  })

  test('where generated names of indexes collide: either gets another name, and names identify nothing', () => {
    const long = 'a'.repeat(60)
    assert.equal(
      verdict(
        [add(`${long}1`), addIndex({ model: 'Invoice', index: index({ fields: [`${long}1`] }) })],
        [add(`${long}2`), addIndex({ model: 'Invoice', index: index({ fields: [`${long}2`] }) })],
      ),
      'commute',
    )
  })

  test('where an extension is created beside anything else', () => {
    assert.equal(verdict([createExtension({ name: 'citext' })], [add('due')]), 'commute')
  })
})

suite('branches clash', () => {
  const clashes: readonly (readonly [string, readonly Operation[], readonly Operation[], string])[] = [
    ['the same field is added', [add('due')], [add('due')], 'the field due of billing.Invoice'],
    [
      'a field is renamed on both sides',
      [renameField({ model: 'Invoice', from: 'total', to: 'sum' })],
      [renameField({ model: 'Invoice', from: 'total', to: 'amount' })],
      'the field total of billing.Invoice',
    ],
    [
      'one alters what the other removes',
      [alterField({ model: 'Invoice', name: 'total', field: f.bigInteger() })],
      [removeField({ model: 'Invoice', name: 'total' })],
      'the field total of billing.Invoice',
    ],
    [
      'one indexes what the other renames',
      [addIndex({ model: 'Invoice', index: index({ fields: ['total'] }) })],
      [renameField({ model: 'Invoice', from: 'total', to: 'sum' })],
      'the field total of billing.Invoice',
    ],
    [
      'a model is removed that the other points at',
      [removeField({ model: 'Invoice', name: 'tag' }), deleteModel({ name: 'Tag' })],
      [addField({ model: 'Invoice', name: 'label', field: f.foreignKey('Tag', { null: true, onDelete: 'cascade' }) })],
      'the model billing.Tag',
    ],
    [
      'a model is renamed that the other changes',
      [renameModel({ from: 'Invoice', to: 'Bill' })],
      [add('due')],
      'the field due of billing.Invoice',
    ],
    [
      'the same model is created',
      [createModel({ name: 'Line', fields: { id } })],
      [createModel({ name: 'Line', fields: { id, sum: f.integer() } })],
      'the table billing_line',
    ],
    [
      'two models take one table',
      [createModel({ name: 'Line', fields: { id }, options: { table: 'lines' } })],
      [alterModelTable({ name: 'Tag', table: 'lines' })],
      'the table lines',
    ],
    [
      'two indexes take one name',
      [addIndex({ model: 'Invoice', index: index({ fields: ['total'], name: 'by_total' }) })],
      [addIndex({ model: 'Tag', index: index({ fields: ['id'], name: 'by_total' }) })],
      'the name by_total',
    ],
    [
      'an enum gets values on both sides',
      [alterEnum({ name: 'mood', values: ['good', 'bad', 'ugly'] })],
      [alterEnum({ name: 'mood', values: ['good', 'bad', 'fair'] })],
      'the enum mood',
    ],
    [
      'an extension is created on both sides',
      [createExtension({ name: 'citext' })],
      [createExtension({ name: 'citext' })],
      'the extension citext',
    ],
    [
      'it is only the State of what SQL did',
      [runSql({ forwards: [], stateOperations: [add('due')] })],
      [separateDatabaseAndState({ databaseOperations: [], stateOperations: [add('due')] })],
      'the field due of billing.Invoice',
    ],
  ]
  for (const [name, first, second, part] of clashes) {
    test(`where ${name}`, () => {
      for (const branches of [
        [first, second],
        [second, first],
      ]) {
        const [clash] = proofOf(...branches).clashes
        assert.equal(clash?.reason, `both concern ${part}`)
      }
    })
  }

  test('each is told with its migrations and its operations', () => {
    assert.deepEqual(proofOf([add('x'), add('due')], [add('due')]).clashes, [
      {
        first: { migration: 'billing.0002_a', operation: 'Add field due to Invoice' },
        second: { migration: 'billing.0002_b', operation: 'Add field due to Invoice' },
        reason: 'both concern the field due of billing.Invoice',
      },
    ])
  })

  test('across apps, where a branch brings along a migration of another app', () => {
    const accounts = migration('accounts', '0001_initial', [], [createModel({ name: 'User', fields: { id } })])
    const renamed = migration(
      'accounts',
      '0002_person',
      ['accounts.0001_initial'],
      [renameModel({ from: 'User', to: 'Person' })],
    )
    const a = migration('billing', '0002_a', ['billing.0001_initial', 'accounts.0002_person'], [add('due')])
    const owner = addField({
      model: 'Invoice',
      name: 'owner',
      field: f.foreignKey('accounts.User', { null: true, onDelete: 'cascade' }),
    })
    const b = migration('billing', '0002_b', ['billing.0001_initial', 'accounts.0001_initial'], [owner])
    const { clashes, branches } = proveMerge(buildGraph([initial, accounts, renamed, a, b]), 'billing', dialects)
    assert.deepEqual(
      clashes.map(({ first, second, reason }) => [first.migration, second.migration, reason]),
      [['accounts.0002_person', 'billing.0002_b', 'both concern the model accounts.User']],
    )
    assert.deepEqual(
      branches.map(({ own }) => own.map(({ name }) => name)),
      [['0002_a'], ['0002_b']],
    )
  })

  test('where two columns differ in case alone', () => {
    const first = addField({ model: 'Invoice', name: 'due', field: f.text({ null: true, column: 'extra' }) })
    const second = addField({ model: 'Invoice', name: 'paid', field: f.text({ null: true, column: 'Extra' }) })
    assert.deepEqual(verdict([first], [second]), [
      'in the order of a new database: billing.0002_b cannot "Add field paid to Invoice": the fields due and paid of billing.Invoice would share the column Extra',
    ])
  })

  test('where only both together make a mistake', () => {
    const first = addIndex({ model: 'Invoice', index: index({ fields: ['total'], name: 'by_number' }) })
    const second = addIndex({ model: 'Tag', index: index({ fields: ['id'], name: 'By_Number' }) })
    const reasons = verdict([first], [second])
    assert.match(String(reasons), /^both together: .*by_number/i)
  })

  test('where a join table meets a table', () => {
    const tags = addField({ model: 'Invoice', name: 'tags', field: f.manyToMany('Tag') })
    const table = createModel({ name: 'Other', fields: { id }, options: { table: 'billing_invoice_tags' } })
    assert.notEqual(verdict([tags], [table]), 'commute')
  })
})

suite('code and SQL', () => {
  test('that nothing is known of is not proven to commute with anything', () => {
    const code = runCode({ forwards: () => {}, description: 'Copy totals' })
    assert.deepEqual(verdict([code], [add('due')]), [
      'unproven: nothing says what Copy totals reads and changes, as its `models` would',
    ])
    assert.deepEqual(verdict([add('due')], [runSql({ forwards: 'UPDATE x SET y = 1' })]), [
      'unproven: nothing says what SQL reads and changes',
    ])
    assert.deepEqual(verdict([code], [code]), [
      'unproven: nothing says what Copy totals reads and changes, as its `models` would',
    ])
    assert.notEqual(verdict([deleteExtension({ name: 'citext' })], [add('due')]), 'commute')
  })

  test('commutes with what concerns none of the models that it declares, and with what is added beside their rows', () => {
    const code = (model: string) => runCode({ models: { Declared: model }, forwards: () => {}, description: 'Copy' })
    assert.equal(verdict([code('Memo')], [removeField({ model: 'Invoice', name: 'note' })]), 'commute')
    assert.equal(verdict([code('billing.Invoice')], [add('due')]), 'commute')
    assert.equal(verdict([code('Tag')], [code('Invoice')]), 'commute')
    const needed = addField({ model: 'Invoice', name: 'due', field: f.text(), fillExisting: '' })
    for (const other of [needed, removeField({ model: 'Invoice', name: 'note' })]) {
      assert.deepEqual(verdict([code('Invoice')], [other]), ['unproven: Copy works with billing.Invoice'])
    }
    assert.deepEqual(verdict([code('Invoice')], [renameModel({ from: 'Invoice', to: 'Bill' })]), [
      'clash: Copy works with billing.Invoice',
    ])
    assert.deepEqual(verdict([code('Invoice')], [code('Invoice')]), ['unproven: both work with billing.Invoice'])
  })

  test('may ask about what relations lead to from a model that it declares', () => {
    const code = runCode({ models: { Tag: 'Tag' }, forwards: () => {}, description: 'Copy' })
    const removal = removeField({ model: 'Invoice', name: 'note' })
    assert.deepEqual(verdict([code], [removal]), ['unproven: relations lead Copy to billing.Invoice'])
    const needed = addField({ model: 'Invoice', name: 'due', field: f.text(), fillExisting: '' })
    assert.equal(verdict([code], [needed]), 'commute')
  })

  test("of an operation of one's own commutes with what concerns none of its models", () => {
    assert.equal(verdict([touching('billing.Tag')], [add('due')]), 'commute')
    assert.equal(verdict([touching('billing.Tag')], [touching('billing.Invoice')]), 'commute')
    assert.deepEqual(verdict([touching('billing.Invoice')], [add('due')]), [
      'unproven: Touch works with billing.Invoice',
    ])
    assert.deepEqual(verdict([touching('billing.Tag')], [touching('billing.Tag')]), [
      'unproven: both work with billing.Tag',
    ])
  })
})

suite('batches that set values', () => {
  const batches = batched({
    model: 'Invoice',
    where: { note: null },
    run: { set: { note: 'none' } },
    backwards: 'nothing',
  })

  test('commute with what concerns other fields', () => {
    for (const other of [
      addField({ model: 'Invoice', name: 'due', field: f.text(), fillExisting: '' }),
      removeField({ model: 'Invoice', name: 'total' }),
      renameField({ model: 'Invoice', from: 'total', to: 'sum' }),
      addConstraint({ model: 'Invoice', constraint: unique({ fields: ['total'], name: 'once' }) }),
      batched({ model: 'Invoice', run: { set: { total: 0 } }, backwards: 'nothing' }),
      batched({ model: 'Tag', async run() {} }),
    ]) {
      assert.equal(verdict([batches], [other]), 'commute', JSON.stringify(other))
    }
  })

  test('do not with what concerns theirs, or takes the model away', () => {
    const clash = 'clash: Set note of Invoice in batches works with'
    assert.deepEqual(verdict([batches], [removeField({ model: 'Invoice', name: 'note' })]), [
      `${clash} the field note of billing.Invoice`,
    ])
    assert.deepEqual(verdict([renameModel({ from: 'Invoice', to: 'Bill' })], [batches]), [`${clash} billing.Invoice`])
    const noted = addConstraint({ model: 'Invoice', constraint: unique({ fields: ['note'], name: 'noted' }) })
    assert.deepEqual(verdict([noted], [batches]), [
      'unproven: Set note of Invoice in batches works with the field note of billing.Invoice',
    ])
    const code = batched({ model: 'Invoice', async run() {}, description: 'Work' })
    assert.deepEqual(verdict([code], [batches]), ['unproven: both work with billing.Invoice'])
  })
})

test('a check over a field that the other branch adds to is found by its fields alone', () => {
  const positive = check({ name: 'positive', condition: q.gt('total', 0) })
  assert.equal(verdict([addConstraint({ model: 'Invoice', constraint: positive })], [add('due')]), 'commute')
  const noted = unique({ fields: ['note'], name: 'noted' })
  assert.notEqual(
    verdict(
      [addConstraint({ model: 'Invoice', constraint: noted })],
      [removeField({ model: 'Invoice', name: 'note' })],
    ),
    'commute',
  )
})

test('a branch off a migration that a squash has taken the place of is a branch off the squash', () => {
  const noted = migration('billing', '0002_note', ['billing.0001_initial'], [add('remark')])
  const squash: Migration = {
    app: 'billing',
    name: '0001_squashed_0002_note',
    definition: {
      replaces: [
        ['billing', '0001_initial'],
        ['billing', '0002_note'],
      ],
      operations: [...initial.definition.operations, add('remark')],
    },
  }
  const old = migration('billing', '0003_due', ['billing.0002_note'], [add('due')])
  const young = migration('billing', '0003_paid', ['billing.0001_squashed_0002_note'], [add('paid')])
  for (const history of [[squash], [squash, initial, noted]]) {
    const { branches, ...reasons } = proveMerge(buildGraph([...history, old, young]), 'billing', dialects)
    assert.deepEqual(
      branches.map(({ own }) => own.map(({ name }) => name)),
      [['0003_due'], ['0003_paid']],
    )
    assert.deepEqual(reasons, { clashes: [], unproven: [], differences: [] })
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GodwitError } from '../errors/error.ts'
import { f } from '../fields/f.ts'
import type { Expression } from '../schema/expression.ts'
import { emptyState, findModel, type ProjectState } from '../state/project-state.ts'
import { statesEqual } from '../state/states-equal.ts'
import { modelUnder, stateOf } from '../state/with-model.ts'
import {
  applyOperation,
  applyOperations,
  describe,
  intentsOf,
  isReversible,
  nameFragment,
  symbolOf,
  touches,
} from './definitions.ts'
import {
  addConstraint,
  addField,
  addIndex,
  alterConstraint,
  alterField,
  alterModelOptions,
  alterModelTable,
  alterModelTableComment,
  createModel,
  custom,
  deleteModel,
  moveModel,
  removeConstraint,
  removeField,
  removeIndex,
  renameField,
  renameIndex,
  renameModel,
  runCode,
  runSql,
  separateDatabaseAndState,
} from './index.ts'
import type { Operation } from './operation.ts'

const id = f.bigAuto({ primaryKey: true })
const context = { app: 'billing', migration: '0002_change' }
const number = f.char({ maxLength: 32 })
const byNumber = { parts: [{ field: 'number' }] } as const
const numberUnique = { kind: 'unique', name: 'number_once', parts: [{ field: 'number' }] } as const
const columnOf = (name: string): Expression => ({ kind: 'column', name })
const state = stateOf([
  { app: 'accounts', name: 'User', fields: { id } },
  { app: 'accounts', name: 'Pair', fields: { a: f.text(), b: f.text() }, options: { primaryKey: ['a', 'b'] } },
  {
    app: 'billing',
    name: 'Invoice',
    fields: {
      id,
      number,
      note: f.text({ null: true }),
      owner: f.foreignKey('accounts.User'),
      tags: f.manyToMany('Tag'),
    },
    options: { indexes: [byNumber], constraints: [numberUnique] },
  },
  { app: 'billing', name: 'Tag', fields: { id } },
])

const noop = () => undefined
const positive: Expression = {
  kind: 'compare',
  operator: '>',
  left: columnOf('number'),
  right: { kind: 'value', value: '' },
}
const audit = custom({
  type: 'acme.audit',
  definition: {
    symbol: '+',
    describe: ({ type }) => `Audit by ${type}`,
    nameFragment: () => 'audit',
    apply: (_operation, before) => before,
    touches: () => ({ models: ['billing.Invoice'] }),
    forwards: noop,
  },
})

test('an operation is told in one line, with a sign and a fragment for the name of its migration', () => {
  const told = (operation: Operation) => `${symbolOf(operation)} ${describe(operation)} | ${nameFragment(operation)}`
  const byName = { name: 'by_number', ...byNumber }
  assert.deepEqual(
    [
      createModel({ name: 'BlogPost', fields: {} }),
      deleteModel({ name: 'BlogPost' }),
      renameModel({ from: 'Invoice', to: 'Bill' }),
      moveModel({ model: 'accounts.User' }),
      alterModelTable({ name: 'Invoice', table: 'invoices' }),
      alterModelTable({ name: 'Invoice' }),
      alterModelTableComment({ name: 'Invoice', comment: 'x' }),
      alterModelOptions({ name: 'Invoice', options: {} }),
      addField({ model: 'Invoice', name: 'issuedAt', field: f.date() }),
      removeField({ model: 'Invoice', name: 'note' }),
      alterField({ model: 'Invoice', name: 'note', field: f.text() }),
      renameField({ model: 'Invoice', from: 'note', to: 'remark' }),
      addIndex({ model: 'Invoice', index: { parts: [{ field: 'issuedAt', descending: true }] } }),
      addIndex({ model: 'Invoice', index: byName }),
      removeIndex({ model: 'Invoice', index: byNumber }),
      renameIndex({ model: 'Invoice', index: byNumber, name: 'by_number' }),
      addConstraint({ model: 'Invoice', constraint: numberUnique }),
      removeConstraint({ model: 'Invoice', constraint: { kind: 'unique', ...byNumber } }),
      alterConstraint({ model: 'Invoice', name: 'number_once', constraint: numberUnique }),
      runSql({ forwards: 'SELECT 1' }),
      runCode({ forwards: noop }),
      runCode({ forwards: noop, description: 'Fill in the blanks' }),
      separateDatabaseAndState({ databaseOperations: [], stateOperations: [] }),
      audit,
    ].map(told),
    [
      '+ Create model BlogPost | blog_post',
      '- Delete model BlogPost | delete_blog_post',
      '~ Rename model Invoice to Bill | rename_invoice_bill',
      '~ Move model accounts.User here | move_user',
      '~ Rename table of Invoice to invoices | alter_invoice_table',
      '~ Rename table of Invoice to (default) | alter_invoice_table',
      '~ Alter table comment of Invoice | alter_invoice_table_comment',
      '~ Alter options of Invoice | alter_invoice_options',
      '+ Add field issuedAt to Invoice | invoice_issued_at',
      '- Remove field note from Invoice | remove_invoice_note',
      '~ Alter field note on Invoice | alter_invoice_note',
      '~ Rename field note on Invoice to remark | rename_note_invoice_remark',
      '+ Create index on -issuedAt of Invoice | invoice_issued_at_idx',
      '+ Create index by_number on number of Invoice | invoice_by_number',
      '- Remove the index on number from Invoice | remove_invoice_number_idx',
      '~ Rename the index on number of Invoice to by_number | rename_invoice_number_idx_by_number',
      '+ Create constraint number_once on Invoice | invoice_number_once',
      '- Remove the unique constraint on number from Invoice | remove_invoice_number_uniq',
      '~ Alter constraint number_once on Invoice | alter_invoice_number_once',
      's Run SQL | undefined',
      'c Run code | undefined',
      'c Fill in the blanks | undefined',
      '? Change database and State apart | undefined',
      '+ Audit by acme.audit | audit',
    ],
  )
})

test('operations that undo each other lead back to the same State', () => {
  const there = (...operations: Operation[]): ProjectState => applyOperations(operations, state, context)
  for (const [forth, back] of [
    [createModel({ name: 'New', fields: { id, user: f.foreignKey('accounts.User') } }), deleteModel({ name: 'New' })],
    [renameModel({ from: 'Tag', to: 'Label' }), renameModel({ from: 'Label', to: 'Tag' })],
    [alterModelTable({ name: 'Tag', table: 'tags' }), alterModelTable({ name: 'Tag' })],
    [alterModelTableComment({ name: 'Tag', comment: 'x' }), alterModelTableComment({ name: 'Tag' })],
    [alterModelOptions({ name: 'Tag', options: { managed: false } }), alterModelOptions({ name: 'Tag', options: {} })],
    [addField({ model: 'Tag', name: 'x', field: f.text() }), removeField({ model: 'Tag', name: 'x' })],
    [
      alterField({ model: 'Invoice', name: 'note', field: f.text() }),
      alterField({ model: 'Invoice', name: 'note', field: f.text({ null: true }) }),
    ],
    [
      renameField({ model: 'Invoice', from: 'number', to: 'code' }),
      renameField({ model: 'Invoice', from: 'code', to: 'number' }),
    ],
    [removeIndex({ model: 'Invoice', index: byNumber }), addIndex({ model: 'Invoice', index: byNumber })],
    [
      renameIndex({ model: 'Invoice', index: byNumber, name: 'named' }),
      renameIndex({ model: 'Invoice', index: { name: 'named', ...byNumber } }),
    ],
    [
      removeConstraint({ model: 'Invoice', constraint: numberUnique }),
      addConstraint({ model: 'Invoice', constraint: numberUnique }),
    ],
    [
      alterConstraint({
        model: 'Invoice',
        name: 'number_once',
        constraint: { kind: 'check', name: 'numbered', condition: positive },
      }),
      alterConstraint({ model: 'Invoice', name: 'numbered', constraint: numberUnique }),
    ],
  ] as const) {
    assert.ok(!statesEqual(there(forth), state), describe(forth))
    assert.ok(statesEqual(there(forth, back), state), describe(forth))
  }
})

test('a model moves to the app of the migration', () => {
  const moved = applyOperation(moveModel({ model: 'accounts.User' }), state, context)
  assert.equal(modelUnder(moved, 'billing.User').identity, modelUnder(state, 'accounts.User').identity)
})

test('the State follows the state operations of SQL, and of what is done to it apart', () => {
  const stateOperations = [addField({ model: 'Tag', name: 'x', field: f.text() })]
  const added = applyOperations(stateOperations, state, context)
  assert.ok(statesEqual(applyOperation(runSql({ forwards: 'ALTER …', stateOperations }), state, context), added))
  const apart = separateDatabaseAndState({ databaseOperations: [deleteModel({ name: 'Tag' })], stateOperations })
  assert.ok(statesEqual(applyOperation(apart, state, context), added))
})

test('values for rows and casts become intents on columns, by direction', () => {
  const intents = (operation: Operation) =>
    intentsOf(operation, { before: state, after: applyOperation(operation, state, context) }, context)
  const fields = modelUnder(state, 'billing.Invoice').fields
  const column = (name: string): string => fields.find((field) => field.name === name)?.identity ?? ''
  const none = { forwards: [], backwards: [] }
  const fill = (identity: string, value: string) => ({ kind: 'fill', column: identity, fill: { value } })

  assert.deepEqual(intents(addField({ model: 'Invoice', name: 'status', field: f.text(), fillExisting: 'draft' })), {
    ...none,
    forwards: [fill(String(state.nextIdentity), 'draft')],
  })
  assert.deepEqual(intents(addField({ model: 'Invoice', name: 'status', field: f.text() })), none)
  assert.deepEqual(intents(addField({ model: 'Invoice', name: 'more', field: f.manyToMany('Tag') })), none)
  assert.deepEqual(intents(removeField({ model: 'Invoice', name: 'note', fillRestored: 'x' })), {
    ...none,
    backwards: [fill(column('note'), 'x')],
  })
  assert.deepEqual(intents(alterField({ model: 'Invoice', name: 'note', field: f.text(), fillExisting: 'x' })), {
    ...none,
    forwards: [fill(column('note'), 'x')],
  })
  assert.deepEqual(
    intents(
      alterField({
        model: 'Invoice',
        name: 'number',
        field: f.text({ null: true }),
        fillExisting: 'a',
        fillRestored: 'b',
      }),
    ),
    { ...none, backwards: [fill(column('number'), 'b')] },
  )
  const cast: Expression = { kind: 'call', function: 'length', arguments: [columnOf('owner')] }
  assert.deepEqual(
    intents(
      alterField({
        model: 'Invoice',
        name: 'number',
        field: f.integer({ column: 'nr' }),
        cast,
        castRestored: columnOf('number'),
      }),
    ),
    {
      forwards: [
        {
          kind: 'cast',
          column: column('number'),
          expression: { kind: 'call', function: 'length', arguments: [columnOf('owner_id')] },
        },
      ],
      backwards: [{ kind: 'cast', column: column('number'), expression: columnOf('number') }],
    },
  )
})

test('an operation says which models it touches, and whether it can be unapplied', () => {
  const touched = (operation: Operation) => touches(operation, context).models
  assert.deepEqual(touched(createModel({ name: 'A', fields: { b: f.foreignKey('self'), c: f.foreignKey('x.C') } })), [
    'billing.A',
    'x.C',
  ])
  assert.deepEqual(touched(moveModel({ model: 'x.C' })), ['x.C', 'billing.C'])
  assert.deepEqual(touched(runSql({ forwards: '' })), ['*'])
  assert.deepEqual(touched(audit), ['billing.Invoice'])

  assert.equal(isReversible(deleteModel({ name: 'Tag' })), true)
  assert.equal(isReversible(runSql({ forwards: 'x' })), false)
  assert.equal(isReversible(runSql({ forwards: 'x', backwards: [] })), true)
  assert.equal(isReversible(runCode({ forwards: noop })), false)
  assert.equal(isReversible(audit), false)
  const inner = [runSql({ forwards: 'x' })]
  assert.equal(isReversible(separateDatabaseAndState({ databaseOperations: inner, stateOperations: [] })), false)
  assert.equal(isReversible(separateDatabaseAndState({ databaseOperations: [], stateOperations: inner })), true)
})

test('an operation that does not fit is refused, with the migration and the operation named', () => {
  const text = f.text()
  const field = (name: string, of: ReturnType<typeof f.foreignKey> | ReturnType<typeof f.text>) =>
    addField({ model: 'Tag', name, field: of })
  const refusals: readonly (readonly [Operation, string])[] = [
    [createModel({ name: 'Tag', fields: { id } }), 'migrations.operationModelExists'],
    [createModel({ name: 'New', fields: { a: f.foreignKey('Tga') } }), 'migrations.operationUnknownTarget'],
    [createModel({ name: 'New', fields: { a: f.foreignKey('self') } }), 'migrations.operationTargetKey'],
    [createModel({ name: 'New', fields: { aB: text, a_b: text } }), 'migrations.operationColumnTaken'],
    [createModel({ name: 'New', fields: { id }, options: { indexes: [byNumber] } }), 'migrations.operationUnknownPart'],
    [deleteModel({ name: 'Tga' }), 'migrations.operationUnknownModel'],
    [deleteModel({ name: 'Tag' }), 'migrations.operationModelInUse'],
    [renameModel({ from: 'Tag', to: 'Invoice' }), 'migrations.operationModelExists'],
    [moveModel({ model: 'billing.Tag' }), 'migrations.operationModelMovesNowhere'],
    [moveModel({ model: 'accounts.Nobody' }), 'migrations.operationUnknownModel'],
    [alterModelTable({ name: 'Nope' }), 'migrations.operationUnknownModel'],
    [alterModelTableComment({ name: 'Nope' }), 'migrations.operationUnknownModel'],
    [alterModelOptions({ name: 'Tag', options: { primaryKey: ['nope'] } }), 'migrations.operationUnknownPart'],
    [field('id', text), 'migrations.operationFieldExists'],
    [field('a', f.foreignKey('accounts.Pair')), 'migrations.operationTargetKey'],
    [
      field(
        'a',
        f.foreignKey(() => state),
      ),
      'migrations.operationTargetNotText',
    ],
    [removeField({ model: 'Invoice', name: 'numbr' }), 'migrations.operationUnknownField'],
    [removeField({ model: 'Invoice', name: 'number' }), 'migrations.operationFieldInUse'],
    [alterField({ model: 'Invoice', name: 'tags', field: text }), 'migrations.operationManyToManyAltered'],
    [
      alterField({ model: 'Invoice', name: 'tags', field: f.manyToMany('Tag', { through: 'Tag' }) }),
      'migrations.operationManyToManyAltered',
    ],
    [
      alterField({ model: 'Invoice', name: 'note', field: f.text({ column: 'number' }) }),
      'migrations.operationColumnTaken',
    ],
    [
      alterField({ model: 'Invoice', name: 'note', field: text, cast: columnOf('nothing') }),
      'migrations.operationUnknownPart',
    ],
    [renameField({ model: 'Invoice', from: 'note', to: 'number' }), 'migrations.operationFieldExists'],
    [addIndex({ model: 'Invoice', index: byNumber }), 'migrations.operationIndexExists'],
    [addIndex({ model: 'Invoice', index: { parts: [{ field: 'tags' }] } }), 'migrations.operationUnknownPart'],
    [removeIndex({ model: 'Tag', index: byNumber }), 'migrations.operationUnknownIndex'],
    [renameIndex({ model: 'Tag', index: byNumber, name: 'x' }), 'migrations.operationUnknownIndex'],
    [addConstraint({ model: 'Invoice', constraint: numberUnique }), 'migrations.operationConstraintExists'],
    [removeConstraint({ model: 'Tag', constraint: numberUnique }), 'migrations.operationUnknownConstraint'],
    [
      alterConstraint({ model: 'Invoice', name: 'x', constraint: numberUnique }),
      'migrations.operationUnknownConstraint',
    ],
  ]
  for (const [operation, code] of refusals) {
    assert.throws(
      () => applyOperation(operation, state, context),
      (error) =>
        error instanceof GodwitError &&
        error.code === code &&
        error.message.startsWith(`billing.0002_change cannot "${describe(operation)}": `) &&
        error.fix.length > 0,
      `${describe(operation)}: ${code}`,
    )
  }
})

test('a mistyped model gets a suggestion', () => {
  assert.throws(() => applyOperation(deleteModel({ name: 'Tga' }), state, context), {
    message:
      'billing.0002_change cannot "Delete model Tga": there is no model billing.Tga at this point of history. Did you mean "billing.Tag"?',
  })
})

test('a model may refer to itself from the start', () => {
  const operation = createModel({ name: 'Node', fields: { id, parent: f.foreignKey('self', { null: true }) } })
  assert.ok(findModel(applyOperation(operation, emptyState, context), 'billing.Node'))
})

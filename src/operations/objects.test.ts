import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GodwitError } from '../errors/error.ts'
import { f } from '../fields/f.ts'
import { emptyState, type ProjectState } from '../state/project-state.ts'
import { statesEqual } from '../state/states-equal.ts'
import { modelUnder } from '../state/with-model.ts'
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
  addConstraintNotValid,
  addField,
  addIndexConcurrently,
  alterEnum,
  alterField,
  createCollation,
  createEnum,
  createExtension,
  createModel,
  deleteCollation,
  deleteEnum,
  deleteExtension,
  deleteModel,
  removeConstraint,
  removeField,
  removeIndexConcurrently,
  validateConstraint,
} from './index.ts'
import type { Operation } from './operation.ts'

const id = f.bigAuto({ primaryKey: true })
const context = { app: 'blog', migration: '0002_change' }
const values = ['sad', 'ok']
const mood = f.enum(values, { native: 'mood' })
const positive = {
  kind: 'check',
  name: 'positive',
  condition: { kind: 'sql', sql: 'views > 0' },
} as const
const byTitle = { parts: [{ field: 'title' }] } as const
const german = { name: 'german', locale: 'de' }
const state = applyOperations(
  [
    createEnum({ name: 'mood', values }),
    createExtension({ name: 'citext' }),
    createCollation(german),
    createModel({ name: 'Post', fields: { id, title: f.text({ collation: 'german' }), mood, views: f.integer() } }),
  ],
  emptyState,
  context,
)
const after = (...operations: Operation[]): ProjectState => applyOperations(operations, state, context)

test('each is told in one line, with a sign and a fragment for the name of its migration', () => {
  const told = (operation: Operation) => `${symbolOf(operation)} ${describe(operation)} | ${nameFragment(operation)}`
  assert.deepEqual(
    [
      createEnum({ name: 'mood', values }),
      alterEnum({ name: 'mood', values }),
      deleteEnum({ name: 'mood', values }),
      createExtension({ name: 'uuid-ossp' }),
      deleteExtension({ name: 'citext' }),
      createCollation(german),
      deleteCollation({ name: 'german' }),
      addIndexConcurrently({ model: 'Post', index: byTitle }),
      removeIndexConcurrently({ model: 'Post', index: { name: 'by_title', ...byTitle } }),
      addConstraintNotValid({ model: 'Post', constraint: positive }),
      validateConstraint({ model: 'Post', name: 'positive' }),
    ].map(told),
    [
      '+ Create enum mood | mood_enum',
      '~ Alter enum mood | alter_mood_enum',
      '- Delete enum mood | delete_mood_enum',
      '+ Create extension uuid-ossp | uuid-ossp_extension',
      '- Delete extension citext | delete_citext_extension',
      '+ Create collation german | german_collation',
      '- Delete collation german | delete_german_collation',
      '+ Concurrently create index on title of Post | post_title_idx',
      '- Concurrently remove the index by_title from Post | remove_post_by_title',
      '+ Create constraint positive on Post, not validated | post_positive_not_valid',
      '~ Validate constraint positive on Post | validate_post_positive',
    ],
  )
})

test('operations that undo each other lead back to the same State', () => {
  for (const [forth, back] of [
    [createEnum({ name: 'size', values: ['s', 'm'] }), deleteEnum({ name: 'size', values: ['s', 'm'] })],
    [alterEnum({ name: 'mood', values: ['ok', 'sad'] }), alterEnum({ name: 'mood', values })],
    [createExtension({ name: 'hstore' }), deleteExtension({ name: 'hstore' })],
    [deleteExtension({ name: 'citext' }), createExtension({ name: 'citext' })],
    [createCollation({ ...german, name: 'other' }), deleteCollation({ name: 'other' })],
    [
      addIndexConcurrently({ model: 'Post', index: byTitle }),
      removeIndexConcurrently({ model: 'Post', index: byTitle }),
    ],
    [
      addConstraintNotValid({ model: 'Post', constraint: positive }),
      removeConstraint({ model: 'Post', constraint: positive }),
    ],
  ] as const) {
    assert.ok(!statesEqual(after(forth), state), describe(forth))
    assert.ok(statesEqual(after(forth, back), state), describe(forth))
    assert.ok(isReversible(forth), describe(forth))
  }
})

test('objects are kept with the app that made them', () => {
  const { objects } = applyOperation(alterEnum({ name: 'mood', values: ['ok'] }), state, { ...context, app: 'shop' })
  assert.deepEqual(
    [...objects.values()],
    [
      { app: 'blog', object: { kind: 'enum', name: 'mood', values: ['ok'] } },
      { app: 'blog', object: { kind: 'extension', name: 'citext' } },
      { app: 'blog', object: { kind: 'collation', provider: 'icu', ...german } },
    ],
  )
  const loose = createCollation({ name: 'loose', provider: 'libc', locale: 'C', deterministic: false })
  assert.deepEqual(after(loose).objects.get('collation loose')?.object, { ...loose, kind: 'collation' })
})

test('a check that is not valid yet is validated once', () => {
  const constraintsOf = (current: ProjectState) => modelUnder(current, 'blog.Post').options.constraints
  const added = addConstraintNotValid({ model: 'Post', constraint: positive })
  const validate = validateConstraint({ model: 'Post', name: 'positive' })
  assert.deepEqual(constraintsOf(after(added)), [{ ...positive, notValid: true }])
  assert.deepEqual(constraintsOf(after(added, validate)), [positive])
  const [first, second] = [after(added, validate), after(addConstraint({ model: 'Post', constraint: positive }))]
  assert.ok(statesEqual(first, second))
})

test('what comes and goes concurrently says so in both directions', () => {
  const table = modelUnder(state, 'blog.Post').identity
  const operation = addIndexConcurrently({ model: 'Post', index: byTitle })
  const intents = [{ kind: 'concurrently', table }]
  assert.deepEqual(intentsOf(operation, { before: state, after: after(operation) }, context), {
    forwards: intents,
    backwards: intents,
  })
  assert.deepEqual(touches(operation, context).models, ['blog.Post'])
  assert.deepEqual(touches(createEnum({ name: 'mood', values }), context).models, [])
})

test('an operation that does not fit is refused, with the migration and the operation named', () => {
  const size = f.enum(['s'], { native: 'size' })
  const refusals: readonly (readonly [Operation, string])[] = [
    [createEnum({ name: 'mood', values }), 'migrations.operationObjectExists'],
    [createExtension({ name: 'citext' }), 'migrations.operationObjectExists'],
    [createCollation(german), 'migrations.operationObjectExists'],
    [alterEnum({ name: 'mod', values }), 'migrations.operationUnknownObject'],
    [deleteEnum({ name: 'size', values }), 'migrations.operationUnknownObject'],
    [deleteExtension({ name: 'hstore' }), 'migrations.operationUnknownObject'],
    [deleteCollation({ name: 'french' }), 'migrations.operationUnknownObject'],
    [deleteEnum({ name: 'mood', values }), 'migrations.operationObjectInUse'],
    [deleteCollation({ name: 'german' }), 'migrations.operationObjectInUse'],
    [addField({ model: 'Post', name: 'size', field: size }), 'migrations.operationUnknownEnum'],
    [addField({ model: 'Post', name: 'sizes', field: f.array(size) }), 'migrations.operationUnknownEnum'],
    [alterField({ model: 'Post', name: 'mood', field: size }), 'migrations.operationUnknownEnum'],
    [createModel({ name: 'Note', fields: { id, size } }), 'migrations.operationUnknownEnum'],
    [addIndexConcurrently({ model: 'Psot', index: byTitle }), 'migrations.operationUnknownModel'],
    [removeIndexConcurrently({ model: 'Post', index: byTitle }), 'migrations.operationUnknownIndex'],
    [
      addIndexConcurrently({ model: 'Post', index: { parts: [{ field: 'nothing' }] } }),
      'migrations.operationUnknownPart',
    ],
    [validateConstraint({ model: 'Post', name: 'positive' }), 'migrations.operationUnknownConstraint'],
  ]
  for (const [operation, code] of refusals) {
    assert.throws(
      () => after(operation),
      (error) =>
        error instanceof GodwitError &&
        error.code === code &&
        error.message.startsWith(`blog.0002_change cannot "${describe(operation)}": `),
      `${describe(operation)}: ${code}`,
    )
  }
  const valid = after(addConstraint({ model: 'Post', constraint: positive }))
  assert.throws(() => applyOperation(validateConstraint({ model: 'Post', name: 'positive' }), valid, context), {
    code: 'migrations.operationConstraintValid',
  })
})

test('an enum that nothing is of any more can go, and a mistyped one gets a suggestion', () => {
  const gone = deleteEnum({ name: 'mood', values })
  assert.equal(after(removeField({ model: 'Post', name: 'mood' }), gone).objects.has('enum mood'), false)
  assert.equal(after(deleteModel({ name: 'Post' }), gone).objects.has('enum mood'), false)
  assert.throws(() => after(alterEnum({ name: 'mod', values })), {
    message:
      'blog.0002_change cannot "Alter enum mod": there is no enum mod at this point of history. Did you mean "mood"?',
  })
})

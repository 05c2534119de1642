import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDialect } from '../../test/support/plain-dialect.ts'
import { f } from '../fields/f.ts'
import type { MigrationDefinition } from '../history/migration.ts'
import { check, index } from '../models/parts.ts'
import { applyOperations } from '../operations/definitions.ts'
import {
  addConstraintNotValid,
  addField,
  addIndexConcurrently,
  alterEnum,
  alterField,
  createEnum,
  createModel,
  removeIndexConcurrently,
  runCode,
  validateConstraint,
} from '../operations/index.ts'
import type { Operation } from '../operations/operation.ts'
import type { Dialect } from '../schema/dialect.ts'
import { emptyState } from '../state/project-state.ts'
import { type Direction, planMigration } from './plan-migration.ts'

const id = f.bigAuto({ primaryKey: true })
const mood = (values: readonly string[], options: object = {}) => f.enum(values, { native: 'mood', ...options })
const before = applyOperations(
  [
    createEnum({ name: 'mood', values: ['sad', 'ok'] }),
    createModel({ name: 'Post', fields: { id, views: f.integer(), mood: mood(['sad', 'ok']) } }),
  ],
  emptyState,
  { app: 'blog', migration: '0001_initial' },
)
const withoutConcurrency: Dialect = {
  ...plainDialect,
  support: { ...plainDialect.support, concurrently: { ignored: 'there is one writer' } },
}

interface Options {
  readonly direction?: Direction
  readonly dialect?: Dialect
  readonly atomic?: false
}

function plan(operations: readonly Operation[], options: Options = {}) {
  const { direction = 'forwards', dialect = plainDialect, atomic } = options
  const definition: MigrationDefinition = { operations, ...(atomic === false ? { atomic } : {}) }
  return planMigration({ migration: { app: 'blog', name: '0002_change', definition }, before, direction, dialect })
    .units
}

/** What the schema units change, each as the kinds of its changes. */
function kinds(operations: readonly Operation[], options?: Options) {
  return plan(operations, options).map((unit) =>
    unit.kind === 'schema'
      ? unit.changes.map((change) => (change.kind === 'alterEnum' && change.anew ? 'alterEnum anew' : change.kind))
      : unit.kind,
  )
}

const byViews = index({ fields: ['views'] })
const addIndex = addIndexConcurrently({ model: 'Post', index: byViews })
const removeIndex = removeIndexConcurrently({ model: 'Post', index: byViews })

test('what is concurrent is a unit outside any transaction, in both directions', () => {
  for (const direction of ['forwards', 'backwards'] as const) {
    const units = plan([addIndex, removeIndex], { direction, atomic: false })
    assert.deepEqual(
      units.map((unit) => unit.kind === 'schema' && [unit.outsideTransaction, ...unit.changes]),
      [
        [true, { kind: 'addIndex', table: 'blog_post', index: generated, concurrently: true }],
        [true, { kind: 'dropIndex', table: 'blog_post', index: generated, concurrently: true }],
      ],
    )
  }
})

const generated = {
  name: 'blog_post_views_idx',
  generatedName: true,
  parts: [{ expression: { kind: 'column', name: 'views' } }],
}

test('it can be part of no atomic migration, where the database knows the difference', () => {
  const note = addField({ model: 'Post', name: 'note', field: f.text({ null: true }) })
  for (const direction of ['forwards', 'backwards'] as const) {
    assert.throws(() => plan([note, addIndex], { direction }), {
      code: 'execution.needsNonAtomic',
      message:
        'Migration blog.0002_change cannot be one transaction: "Concurrently create index on views of Post" can be part of none.',
    })
  }
  const units = plan([note, addIndex], { dialect: withoutConcurrency })
  assert.deepEqual(
    units.map((unit) => unit.kind === 'schema' && unit.outsideTransaction),
    [false, false],
  )
})

test('a check is added without a look at the rows, and validated by itself', () => {
  const constraint = check({ name: 'seen', condition: { kind: 'sql', sql: 'views >= 0' } })
  const operations = [
    addConstraintNotValid({ model: 'Post', constraint }),
    validateConstraint({ model: 'Post', name: 'seen' }),
  ]
  assert.deepEqual(kinds(operations), [['addCheck'], ['validateCheck']])
  assert.deepEqual(kinds(operations, { direction: 'backwards' }), [['dropCheck']])
})

test('an enum is made anew where what follows in the transaction may use the values that come', () => {
  const add = alterEnum({ name: 'mood', values: ['sad', 'ok', 'glad'] })
  const alter = (values: readonly string[], options: object = {}) =>
    alterField({ model: 'Post', name: 'mood', field: mood(values, options) })
  const said = alter(['sad', 'ok', 'glad'])
  const used = alter(['sad', 'ok', 'glad'], { default: 'glad' })
  assert.deepEqual(kinds([add, said]), [['alterEnum']])
  assert.deepEqual(kinds([add, used]), [['alterEnum anew'], ['setDefault']])
  assert.deepEqual(kinds([add, used], { atomic: false }), [['alterEnum'], ['setDefault']])
  assert.deepEqual(kinds([add, runCode({ forwards() {} })]), [['alterEnum anew'], 'code'])
  assert.deepEqual(kinds([addField({ model: 'Post', name: 'note', field: f.text({ null: true }) }), add]), [
    ['addColumn'],
    ['alterEnum'],
  ])
})

test('values that go come back on the way back, with what may use them', () => {
  const operations = [
    alterField({ model: 'Post', name: 'mood', field: mood(['sad', 'ok'], { default: 'sad' }) }),
    alterEnum({ name: 'mood', values: ['ok'] }),
    alterField({ model: 'Post', name: 'mood', field: mood(['ok'], { default: 'ok' }) }),
  ]
  assert.deepEqual(kinds(operations), [['setDefault'], ['alterEnum', 'setDefault']])
  assert.deepEqual(kinds(operations, { direction: 'backwards' }), [['alterEnum anew', 'setDefault'], ['setDefault']])
})

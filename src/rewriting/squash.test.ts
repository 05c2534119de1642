import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { failsWith, key } from '../../test/history/migrations.ts'
import { dialectFor } from '../dialects/index.ts'
import { f } from '../fields/f.ts'
import { buildGraph, type Graph } from '../history/graph.ts'
import type { Migration, MigrationDefinition } from '../history/migration.ts'
import { splitMigrationKey } from '../history/migration.ts'
import { findMigration } from '../history/resolve-target.ts'
import {
  addField,
  addIndexConcurrently,
  createModel,
  removeField,
  renameModel,
  runCode,
  runSql,
} from '../operations/index.ts'
import type { Operation } from '../operations/operation.ts'
import { optimize } from '../optimizer/optimize.ts'
import { proveSquashes } from './prove-squash.ts'
import { cutInWords, planSquash, type SquashOptions, squashName } from './squash.ts'
import { squashRange } from './squash-range.ts'

const dialects = await Promise.all(['sqlite', 'postgres'].map(dialectFor))
const id = f.bigAuto({ primaryKey: true })
const total = f.integer({ null: true })

function migration(
  name: string,
  dependencies: readonly string[],
  operations: readonly Operation[],
  more: Partial<MigrationDefinition> = {},
): Migration {
  const [app, own] = splitMigrationKey(key(name))
  return {
    app,
    name: own,
    definition: { dependencies: dependencies.map((one) => splitMigrationKey(key(one))), operations, ...more },
  }
}

function planOf(graph: Graph, app: string, end: string, start?: string, more: Partial<SquashOptions> = {}) {
  const find = (name: string): Migration => findMigration(graph, app, name)
  const range = squashRange(graph, find(end), start === undefined ? undefined : find(start))
  return planSquash(graph, range, {
    fromTheBeginning: start === undefined,
    nameOf: squashName(undefined),
    optimize,
    ...more,
  })
}

function definitionsOf({ squashes }: ReturnType<typeof planOf>): Readonly<Record<string, MigrationDefinition>> {
  return Object.fromEntries(squashes.map((squash) => [squash.migration.name, squash.migration.definition]))
}

const invoice = migration('billing.0001_initial', [], [createModel({ name: 'Invoice', fields: { id } })])
const added = migration(
  'billing.0002_total',
  ['billing.0001_initial'],
  [addField({ model: 'Invoice', name: 'total', field: total })],
)
const renamed = migration('billing.0003_bill', ['billing.0002_total'], [renameModel({ from: 'Invoice', to: 'Bill' })])
const linear = buildGraph([invoice, added, renamed])

describe('a range', () => {
  test('is squashed into one migration that replaces it', () => {
    const plan = planOf(linear, 'billing', '0003')
    assert.deepEqual(definitionsOf(plan), {
      '0001_squashed_0003_bill': {
        replaces: [
          ['billing', '0001_initial'],
          ['billing', '0002_total'],
          ['billing', '0003_bill'],
        ],
        initial: true,
        operations: [createModel({ name: 'Bill', fields: { id, total } })],
      },
    })
    assert.equal(proveSquashes(linear, plan.squashes, dialects).kind, 'proved')
  })

  test('that begins later is named after both ends, waits for what comes before, and is no beginning', () => {
    assert.deepEqual(definitionsOf(planOf(linear, 'billing', '0003', '0002')), {
      '0002_total_squashed_0003_bill': {
        replaces: [
          ['billing', '0002_total'],
          ['billing', '0003_bill'],
        ],
        dependencies: [['billing', '0001_initial']],
        operations: [
          addField({ model: 'Invoice', name: 'total', field: total }),
          renameModel({ from: 'Invoice', to: 'Bill' }),
        ],
      },
    })
  })

  test('can be named otherwise, behind the number of its first migration', () => {
    const [whole] = planOf(linear, 'billing', '0003', undefined, { nameOf: squashName('all') }).squashes
    const [part] = planOf(linear, 'billing', '0003', '0002', { nameOf: squashName('all') }).squashes
    assert.deepEqual([whole?.migration.name, part?.migration.name], ['0001_all', '0002_all'])
  })

  test('takes along what its migrations wait for in other apps, and what is to wait for them', () => {
    const user = migration('accounts.0001_initial', [], [createModel({ name: 'User', fields: { id } })])
    const owner = migration(
      'billing.0002_owner',
      ['billing.0001_initial', 'accounts.0001_initial'],
      [addField({ model: 'Invoice', name: 'owner', field: f.foreignKey('accounts.User') })],
    )
    const blog = migration('blog.0001_initial', [], [createModel({ name: 'Post', fields: { id } })])
    const before = migration('billing.0003_before', ['billing.0002_owner', 'blog.__latest__'], [], {
      runBefore: [['zoo', '0001_initial']],
    })
    const zoo = migration('zoo.0001_initial', [], [createModel({ name: 'Ape', fields: { id } })])
    const graph = buildGraph([user, invoice, owner, before, blog, zoo])
    const [squash] = planOf(graph, 'billing', '0003').squashes
    assert.deepEqual(squash?.migration.definition.dependencies, [
      ['accounts', '0001_initial'],
      ['blog', '__latest__'],
    ])
    assert.deepEqual(squash?.migration.definition.runBefore, [['zoo', '0001_initial']])
    assert.equal(squash === undefined ? '' : proveSquashes(graph, [squash], dialects).kind, 'proved')
  })

  test('of one migration, or one that begins behind its end, is refused', () => {
    assert.throws(() => planOf(linear, 'billing', '0001'), failsWith('squash.nothingToSquash'))
    assert.throws(() => planOf(linear, 'billing', '0002', '0003'), failsWith('squash.startNotBefore'))
  })
})

describe('a squash is split', () => {
  test('where apps would come to wait for each other', () => {
    const post = migration(
      'blog.0001_initial',
      ['billing.0002_total'],
      [createModel({ name: 'Post', fields: { id, invoice: f.foreignKey('billing.Invoice') } })],
    )
    const about = migration(
      'billing.0003_post',
      ['billing.0002_total', 'blog.0001_initial'],
      [addField({ model: 'Invoice', name: 'post', field: f.foreignKey('blog.Post', { null: true }) })],
    )
    const last = migration('billing.0004_bill', ['billing.0003_post'], [renameModel({ from: 'Invoice', to: 'Bill' })])
    const graph = buildGraph([invoice, added, post, about, last])
    const plan = planOf(graph, 'billing', '0004', undefined, { nameOf: squashName('all') })
    const definitions = definitionsOf(plan)
    assert.deepEqual(Object.keys(definitions), ['0001_all_1', '0003_all_2'])
    assert.deepEqual(definitions['0003_all_2']?.dependencies, [
      ['billing', '0001_all_1'],
      ['blog', '0001_initial'],
    ])
    assert.deepEqual([definitions['0001_all_1']?.initial, definitions['0003_all_2']?.initial], [true, undefined])
    assert.deepEqual(plan.cuts.map(cutInWords), [
      'billing.0003_post waits for blog.0001_initial, which waits for an earlier migration of billing',
    ])
    assert.equal(proveSquashes(graph, plan.squashes, dialects).kind, 'proved')
  })

  test('around code of another app that runs in between, unless the two have nothing to do with each other', () => {
    const copy = migration('blog.0001_copy', ['billing.0001_initial'], [runSql({ forwards: 'SELECT 1' })])
    const graph = buildGraph([invoice, added, renamed, { ...copy, app: 'able' }])
    const plan = planOf(graph, 'billing', '0003')
    assert.deepEqual(plan.cuts.map(cutInWords), [
      'with billing.0002_total in it able.0001_copy would come at another time, which code in the one or the other could notice',
    ])
    assert.deepEqual(Object.keys(definitionsOf(plan)), ['0002_total_squashed_0003_bill'])
    assert.deepEqual(plan.kept, [invoice])
    assert.equal(planOf(buildGraph([invoice, added, renamed, copy]), 'billing', '0003').cuts.length, 0)
  })

  test('before what waits for another app that its own code comes before', () => {
    const user = migration('accounts.0001_initial', [], [createModel({ name: 'User', fields: { id, name: f.text() } })])
    const code = migration('billing.0002_code', ['billing.0001_initial'], [runCode({ forwards() {} })])
    const gone = migration('zoo.0002_gone', ['zoo.0001_initial'], [removeField({ model: 'Ape', name: 'name' })])
    const ape = migration('zoo.0001_initial', [], [createModel({ name: 'Ape', fields: { id, name: f.text() } })])
    const later = (on: string) => [
      migration('billing.0003_later', ['billing.0002_code', on], []),
      migration('billing.0004_last', ['billing.0003_later'], []),
    ]
    const disturbed = planOf(buildGraph([user, invoice, code, ape, gone, ...later('zoo.0002_gone')]), 'billing', '0004')
    assert.deepEqual(
      disturbed.cuts.map(({ before, why }) => [before, why]),
      [['billing.0003_later', 'code']],
    )
    const undisturbed = planOf(buildGraph([user, invoice, code, ape, ...later('zoo.0001_initial')]), 'billing', '0004')
    assert.deepEqual(undisturbed.cuts, [])
  })

  test('wherever another app stands in between, if it could not follow otherwise', () => {
    const refers = migration(
      'able.0001_initial',
      ['billing.0001_initial'],
      [createModel({ name: 'Note', fields: { id, invoice: f.foreignKey('billing.Invoice') } })],
    )
    const graph = buildGraph([invoice, added, renamed, refers])
    assert.equal(proveSquashes(graph, planOf(graph, 'billing', '0003').squashes, dialects).kind, 'differs')
    const careful = planOf(graph, 'billing', '0003', undefined, { everyDependent: true })
    assert.deepEqual(careful.cuts.map(cutInWords), [
      'able.0001_initial comes before billing.0002_total and builds on what was there then',
    ])
    assert.equal(proveSquashes(graph, careful.squashes, dialects).kind, 'proved')
  })

  test('around work that can be part of no transaction, unless it is folded away', () => {
    const index = { name: 'by_total', parts: [{ field: 'total' }] }
    const concurrent = migration(
      'billing.0003_index',
      ['billing.0002_total'],
      [addIndexConcurrently({ model: 'Invoice', index })],
      { atomic: false },
    )
    const vacuum = migration('billing.0004_vacuum', ['billing.0003_index'], [runSql({ forwards: 'VACUUM' })], {
      atomic: false,
    })
    const more = migration(
      'billing.0005_more',
      ['billing.0004_vacuum'],
      [addField({ model: 'Invoice', name: 'more', field: total })],
    )
    const last = migration(
      'billing.0006_last',
      ['billing.0005_more'],
      [removeField({ model: 'Invoice', name: 'more' })],
    )
    const graph = buildGraph([invoice, added, concurrent, vacuum, more, last])
    const unoptimized = planOf(graph, 'billing', '0006', undefined, { optimize: (operations) => operations })
    assert.deepEqual(
      unoptimized.squashes.map(({ migration: { name, definition } }) => [name, definition.atomic]),
      [
        ['0001_squashed_0002_total', undefined],
        ['0003_index_squashed_0004_vacuum', false],
        ['0005_more_squashed_0006_last', undefined],
      ],
    )
    assert.deepEqual(Object.keys(definitionsOf(planOf(graph, 'billing', '0006'))), [
      '0001_squashed_0003_index',
      '0005_more_squashed_0006_last',
    ])
  })

  test('and refused where no two migrations can be joined', () => {
    const code = migration('able.0001_code', ['billing.0001_initial'], [runSql({ forwards: 'SELECT 1' })])
    assert.throws(() => planOf(buildGraph([invoice, added, code]), 'billing', '0002'), failsWith('squash.cannotJoin'))
  })
})

test('a squash that leads elsewhere is not proved', () => {
  const forgets = (operations: readonly Operation[]) => operations.slice(0, -1)
  const { squashes } = planOf(linear, 'billing', '0003', undefined, { optimize: forgets })
  const proof = proveSquashes(linear, squashes, dialects)
  assert.deepEqual(proof.kind === 'differs' && proof.differences.slice(0, 2), [
    'the model billing.Bill is missing',
    'the model billing.Invoice is too much',
  ])
})

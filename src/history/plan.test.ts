import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { failsWith, key, migration } from '../../test/history/migrations.ts'
import { checkConsistency } from './consistency.ts'
import { buildGraph } from './graph.ts'
import { keyOfMigration } from './migration.ts'
import { planMigrations } from './plan.ts'
import { resolveTarget } from './resolve-target.ts'

const graph = buildGraph([
  migration('accounts.0001'),
  migration('accounts.0002', ['accounts.0001']),
  migration('accounts.0003', ['accounts.0002']),
  migration('billing.0001', ['accounts.0001']),
  migration('billing.0002', ['billing.0001', 'accounts.0003']),
  migration('blog.0001', ['accounts.0002']),
])
const everything = new Set(graph.order)

function plan(applied: Iterable<string>, app?: string, name?: string): readonly string[] {
  const target = app === undefined ? undefined : resolveTarget(graph, app, name)
  const steps = planMigrations(graph, new Set([...applied].map(key)), target)
  return steps.map(
    ({ migration: planned, direction }) => `${direction === 'forwards' ? '+' : '-'}${keyOfMigration(planned)}`,
  )
}

describe('a plan', () => {
  test('without a target holds all that is not applied, in the order of the graph', () => {
    assert.deepEqual(plan(['accounts.0001', 'billing.0001']), [
      '+accounts.0002',
      '+accounts.0003',
      '+billing.0002',
      '+blog.0001',
    ])
    assert.deepEqual(plan(everything), [])
  })

  test('back before a migration unapplies it and what stands on it, and leaves its brothers', () => {
    const steps = planMigrations(graph, everything, { kind: 'before', key: key('accounts.0003') })
    assert.deepEqual(
      steps.map(({ migration: planned, direction }) => `${direction} ${keyOfMigration(planned)}`),
      ['backwards billing.0002', 'backwards accounts.0003'],
    )
  })

  test('for an app holds what its last migration needs and no more', () => {
    assert.deepEqual(plan([], 'blog'), ['+accounts.0001', '+accounts.0002', '+blog.0001'])
  })

  test('for an unapplied migration holds its ancestors', () => {
    assert.deepEqual(plan(['accounts.0001'], 'billing', '0001'), ['+billing.0001'])
  })

  test('back to a migration unapplies what follows it in its app with dependents elsewhere, and leaves the rest', () => {
    assert.deepEqual(plan(everything, 'accounts', '0002'), ['-billing.0002', '-accounts.0003'])
    assert.deepEqual(plan(everything, 'accounts', '0001'), [
      '-blog.0001',
      '-billing.0002',
      '-accounts.0003',
      '-accounts.0002',
    ])
  })

  test('to an applied migration that nothing follows is empty', () => {
    assert.deepEqual(plan(everything, 'blog', '0001'), [])
    assert.deepEqual(plan(['accounts.0001'], 'accounts', '0001'), [])
  })

  test('to zero unapplies the app and its dependents as far as they are applied', () => {
    assert.deepEqual(plan(everything, 'billing', 'zero'), ['-billing.0002', '-billing.0001'])
    assert.deepEqual(plan(['accounts.0001', 'billing.0001'], 'accounts', 'zero'), ['-billing.0001', '-accounts.0001'])
  })
})

describe('the record', () => {
  test('with a migration applied before its dependency is refused', () => {
    assert.throws(
      () => checkConsistency(graph, new Set(['billing.0001', 'accounts.0002'].map(key))),
      failsWith('migrations.appliedBeforeDependency', { migration: 'accounts.0002', dependency: 'accounts.0001' }),
    )
  })

  test('with names that no file has is fine', () => {
    checkConsistency(graph, new Set([...everything, key('gone.0001')]))
  })
})

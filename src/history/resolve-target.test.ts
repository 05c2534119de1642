import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { failsWith, migration } from '../../test/history/migrations.ts'
import { buildGraph } from './graph.ts'
import { findMigration, resolveTarget } from './resolve-target.ts'

const graph = buildGraph([
  migration('billing.0001_initial'),
  migration('billing.0002_paid', ['billing.0001_initial']),
  migration('billing.0002_paid_on', ['billing.0002_paid']),
  migration('accounts.0001_initial'),
])

describe('a target', () => {
  test('is a migration by its name or the beginning of one', () => {
    const initial = { kind: 'migration', key: 'billing.0001_initial' }
    assert.deepEqual(resolveTarget(graph, 'billing', '0001_initial'), initial)
    assert.deepEqual(resolveTarget(graph, 'billing', '0001'), initial)
    assert.equal(findMigration(graph, 'billing', '0001').name, '0001_initial')
  })

  test('is the exact match even where others begin with it', () => {
    assert.deepEqual(resolveTarget(graph, 'billing', '0002_paid'), { kind: 'migration', key: 'billing.0002_paid' })
  })

  test('is zero, or the whole app', () => {
    assert.deepEqual(resolveTarget(graph, 'billing', 'zero'), { kind: 'zero', app: 'billing' })
    assert.deepEqual(resolveTarget(graph, 'billing'), { kind: 'app', app: 'billing' })
  })

  test('that several names begin with is refused with the matches', () => {
    assert.throws(
      () => resolveTarget(graph, 'billing', '0002'),
      failsWith('migrations.ambiguousName', { app: 'billing', name: '0002', matches: ['0002_paid', '0002_paid_on'] }),
    )
  })

  test('that does not exist is refused with the nearest', () => {
    assert.throws(
      () => resolveTarget(graph, 'billing', '0001_inital'),
      failsWith('migrations.unknownMigration', { app: 'billing', name: '0001_inital', nearest: ['0001_initial'] }),
    )
    assert.throws(
      () => resolveTarget(graph, 'biling', '0001', ['blog']),
      failsWith('migrations.unknownApp', {
        app: 'biling',
        nearest: ['billing'],
        known: ['accounts', 'billing', 'blog'],
      }),
    )
  })

  test('may be one that a squash replaces, and is told where its file is gone', () => {
    const squashed = buildGraph([
      migration('billing.0001_initial'),
      migration('billing.0001_squashed', [], {
        replaces: ['0001_initial', '0002_paid'].map((name) => ['billing', name]),
      }),
    ])
    const original = { kind: 'migration', key: 'billing.0001_initial' }
    assert.deepEqual(resolveTarget(squashed, 'billing', '0001_i'), original)
    for (const name of ['0002', '0002_paid']) {
      assert.throws(
        () => resolveTarget(squashed, 'billing', name),
        failsWith('replaces.gone', {
          squash: 'billing.0001_squashed',
          gone: ['billing.0002_paid'],
          applied: [],
          open: [],
          target: 'billing.0002_paid',
        }),
      )
    }
  })

  test('in an app of the config without migrations says so', () => {
    assert.throws(
      () => resolveTarget(graph, 'blog', 'zero', ['blog']),
      failsWith('migrations.noMigrations', { app: 'blog' }),
    )
  })
})

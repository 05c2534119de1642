import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { failsWith, key, migration } from '../../test/history/migrations.ts'
import {
  backwardsPlan,
  buildGraph,
  childrenOf,
  conflicts,
  forwardsPlan,
  fullOrder,
  leavesOf,
  parentsOf,
} from './graph.ts'

const shop = [
  migration('billing.0002_paid', ['billing.0001_initial', 'accounts.0002_name']),
  migration('billing.0001_initial', ['accounts.0001_initial']),
  migration('accounts.0002_name', ['accounts.0001_initial']),
  migration('accounts.0001_initial'),
  migration('blog.0001_initial', ['accounts.0002_name']),
]

describe('the graph', () => {
  test('orders migrations by what they wait for, then by app and name, whatever order they come in', () => {
    const order = [
      'accounts.0001_initial',
      'accounts.0002_name',
      'billing.0001_initial',
      'billing.0002_paid',
      'blog.0001_initial',
    ]
    assert.deepEqual(fullOrder(buildGraph(shop)), order)
    assert.deepEqual(fullOrder(buildGraph(shop.toReversed())), order)
  })

  test('knows parents, children, roots and leaves', () => {
    const graph = buildGraph(shop)
    assert.deepEqual(parentsOf(graph, key('billing.0002_paid')), ['accounts.0002_name', 'billing.0001_initial'])
    assert.deepEqual(childrenOf(graph, key('accounts.0001_initial')), ['accounts.0002_name', 'billing.0001_initial'])
    assert.deepEqual(leavesOf(graph, 'accounts'), ['accounts.0002_name'])
    assert.deepEqual(leavesOf(graph, 'nosuch'), [])
  })

  test('a forwards plan holds the ancestors of the targets and nothing else', () => {
    const graph = buildGraph(shop)
    assert.deepEqual(forwardsPlan(graph, [key('blog.0001_initial'), key('accounts.0001_initial')]), [
      'accounts.0001_initial',
      'accounts.0002_name',
      'blog.0001_initial',
    ])
  })

  test('a backwards plan holds the descendants of the targets, last first', () => {
    assert.deepEqual(backwardsPlan(buildGraph(shop), [key('accounts.0002_name')]), [
      'blog.0001_initial',
      'billing.0002_paid',
      'accounts.0002_name',
    ])
  })

  test('a file does not depend on the one numbered before it', () => {
    const graph = buildGraph([migration('a.0001'), migration('a.0002')])
    assert.deepEqual(parentsOf(graph, key('a.0002')), [])
    assert.deepEqual(conflicts(graph), [{ app: 'a', leaves: ['0001', '0002'], branches: [['0001'], ['0002']] }])
  })

  test('a dependency of another app takes nothing from the number of leaves', () => {
    const graph = buildGraph([migration('a.0001'), migration('b.0001', ['a.0001'])])
    assert.deepEqual(conflicts(graph), [])
    assert.deepEqual(leavesOf(graph, 'a'), ['a.0001'])
  })

  test('runBefore makes another migration wait', () => {
    const graph = buildGraph([migration('a.0001'), migration('b.0001', [], { runBefore: [['a', '0001']] })])
    assert.deepEqual(fullOrder(graph), ['b.0001', 'a.0001'])
  })

  test('__first__ and __latest__ stand for the ends of another app, and for nothing in the own app', () => {
    const graph = buildGraph([
      migration('a.0001', ['a.__first__', 'a.__latest__']),
      migration('a.0002', ['a.0001']),
      migration('b.0001', ['a.__first__']),
      migration('b.0002', ['a.__latest__', 'b.0001']),
    ])
    assert.deepEqual(parentsOf(graph, key('a.0001')), [])
    assert.deepEqual(parentsOf(graph, key('b.0001')), ['a.0001'])
    assert.deepEqual(parentsOf(graph, key('b.0002')), ['a.0002', 'b.0001'])
  })

  test('__latest__ of an app without migrations is told apart from one of no app at all', () => {
    const later = [migration('b.0001', ['a.__latest__'])]
    assert.throws(
      () => buildGraph(later, { labels: ['a', 'b'] }),
      failsWith('migrations.emptyDependency', { migration: 'b.0001', says: 'depends on', app: 'a', end: '__latest__' }),
    )
    assert.throws(() => buildGraph(later, { labels: ['b'] }), failsWith('migrations.missingDependency'))
  })

  test('a conflict names what each branch adds', () => {
    const graph = buildGraph([
      migration('a.0001'),
      migration('a.0002', ['a.0001']),
      migration('a.0003_mine', ['a.0002']),
      migration('a.0003_yours', ['a.0002', 'b.0001']),
      migration('a.0004_yours', ['a.0003_yours']),
      migration('b.0001'),
    ])
    assert.deepEqual(conflicts(graph), [
      { app: 'a', leaves: ['0003_mine', '0004_yours'], branches: [['0003_mine'], ['0003_yours', '0004_yours']] },
    ])
  })

  test('a missing dependency names who wants it and what may be meant', () => {
    assert.throws(
      () =>
        buildGraph([migration('accounts.0001_initial'), migration('billing.0001_initial', ['accounts.0001_inital'])]),
      failsWith('migrations.missingDependency', {
        migration: 'billing.0001_initial',
        says: 'depends on',
        missing: 'accounts.0001_inital',
        nearest: ['accounts.0001_initial'],
      }),
    )
    assert.throws(
      () => buildGraph([migration('accounts.0001'), migration('b.0001', [], { runBefore: [['acounts', '0001']] })]),
      failsWith('migrations.missingDependency', {
        migration: 'b.0001',
        says: 'runs before',
        missing: 'acounts.0001',
        nearest: ['accounts.0001'],
      }),
    )
    assert.throws(() => buildGraph([migration('b.0001', ['a.__first__'])]), failsWith('migrations.missingDependency'))
    // Nobody means to wait for itself.
    assert.throws(
      () => buildGraph([migration('a.0001_x'), migration('a.0002_x', ['a.0003_x'])]),
      failsWith('migrations.missingDependency', {
        migration: 'a.0002_x',
        says: 'depends on',
        missing: 'a.0003_x',
        nearest: ['a.0001_x'],
      }),
    )
  })

  test('a circle is told edge by edge', () => {
    assert.throws(
      () =>
        buildGraph([
          migration('a.0001', ['c.0001']),
          migration('b.0001', ['a.0001'], { runBefore: [['c', '0001']] }),
          migration('c.0001'),
          migration('d.0001', ['a.0001']),
        ]),
      failsWith('migrations.cycle', {
        edges: ['b.0001 depends on a.0001', 'a.0001 depends on c.0001', 'b.0001 runs before c.0001'],
      }),
    )
    assert.throws(
      () => buildGraph([migration('a.0001', ['a.0001'])]),
      failsWith('migrations.cycle', { edges: ['a.0001 depends on a.0001'] }),
    )
  })

  test('two files with one name are refused', () => {
    assert.throws(() => buildGraph([migration('a.0001'), migration('a.0001')]), failsWith('migrations.twoFiles'))
  })

  test('a chain of 50,000 migrations overflows no stack and takes a moment', () => {
    const chain = Array.from({ length: 50_000 }, (_, index) =>
      migration(`a.${String(index).padStart(5, '0')}`, index === 0 ? [] : [`a.${String(index - 1).padStart(5, '0')}`]),
    )
    const started = performance.now()
    assert.equal(fullOrder(buildGraph(chain)).length, 50_000)
    assert.ok(performance.now() - started < 5_000)
  })
})

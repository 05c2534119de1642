import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { failsWith, key, migration, reference } from '../../test/history/migrations.ts'
import { checkConsistency } from './consistency.ts'
import { buildGraph, effectivelyApplied, type Graph, graphFor, parentsOf } from './graph.ts'
import type { Migration } from './migration.ts'

/** A squash, from its key, what it replaces and what it depends on. */
function squash(name: string, replaces: readonly string[], dependencies: readonly string[] = []): Migration {
  return migration(name, dependencies, { replaces: replaces.map(reference) })
}

const originals = [migration('a.1'), migration('a.2', ['a.1']), migration('a.3', ['a.2']), migration('a.4', ['a.3'])]
const files = [...originals, squash('a.1to3', ['a.1', 'a.2', 'a.3'])]

function recorded(...keys: readonly string[]): ReadonlySet<ReturnType<typeof key>> {
  return new Set(keys.map(key))
}

function inForce(migrations: readonly Migration[], ...applied: readonly string[]): readonly string[] {
  return buildGraph(migrations, { applied: recorded(...applied) }).order
}

describe('a squash', () => {
  test('stands for its originals where none or all of them are applied', () => {
    const expected = ['a.1to3', 'a.4']
    assert.deepEqual(buildGraph(files).order, expected)
    assert.deepEqual(inForce(files, 'a.1', 'a.2', 'a.3'), expected)
    assert.deepEqual(inForce(files, 'a.1', 'a.2', 'a.3', 'a.1to3', 'a.4'), expected)
  })

  test('steps aside where some are', () => {
    assert.deepEqual(inForce(files, 'a.1'), ['a.1', 'a.2', 'a.3', 'a.4'])
    assert.deepEqual(inForce(files, 'a.1', 'a.2'), ['a.1', 'a.2', 'a.3', 'a.4'])
  })

  test('counts as applied once all of them are', () => {
    const graph = buildGraph(files)
    assert.deepEqual([...effectivelyApplied(graph, recorded('a.1', 'a.2', 'a.3'))], ['a.1to3'])
    const halfWay = graphFor(graph, recorded('a.1', 'a.2'))
    assert.deepEqual([...effectivelyApplied(halfWay, recorded('a.1', 'a.2'))], ['a.1', 'a.2'])
  })

  test('needs the files of its originals only while it steps aside', () => {
    const [, , , last] = originals
    const pruned = [squash('a.1to3', ['a.1', 'a.2', 'a.3']), ...(last === undefined ? [] : [last])]
    assert.deepEqual(inForce(pruned), ['a.1to3', 'a.4'])
    assert.deepEqual(inForce(pruned, 'a.1', 'a.2', 'a.3'), ['a.1to3', 'a.4'])
    assert.throws(
      () => inForce(pruned, 'a.1'),
      failsWith('replaces.gone', {
        squash: 'a.1to3',
        gone: ['a.1', 'a.2', 'a.3'],
        applied: ['a.1'],
        open: ['a.2', 'a.3'],
        target: undefined,
      }),
    )
  })

  test('whose rows of originals were pruned is applied by its own row', () => {
    const graph = buildGraph(files, { applied: recorded('a.1to3') })
    assert.deepEqual([...effectivelyApplied(graph, recorded('a.1to3'))], ['a.1to3'])
    const inside = graphFor(graph, recorded('a.1to3'), key('a.2'))
    assert.deepEqual([...effectivelyApplied(inside, recorded('a.1to3'))], ['a.1', 'a.2', 'a.3'])
  })

  test('that was extended after it was applied steps aside', () => {
    assert.deepEqual(inForce(files, 'a.1to3', 'a.1', 'a.2'), ['a.1', 'a.2', 'a.3', 'a.4'])
  })

  test('takes the dependencies of others on what it replaces, in other apps too', () => {
    const graph = buildGraph([
      ...files,
      migration('b.1', ['a.2'], { runBefore: [reference('a.4')] }),
      migration('c.1', ['a.1', 'a.3', 'a.1to3']),
      migration('d.1', [], { runBefore: [reference('a.2')] }),
    ])
    assert.deepEqual(parentsOf(graph, key('b.1')), ['a.1to3'])
    assert.deepEqual(parentsOf(graph, key('c.1')), ['a.1to3'])
    assert.deepEqual(parentsOf(graph, key('a.1to3')), ['d.1'])
    assert.deepEqual(parentsOf(graph, key('a.4')), ['a.1to3', 'b.1'])
  })

  test('that steps aside gives dependencies on it to its last originals, and what runs before it to its first', () => {
    const graph = buildGraph(
      [
        ...files.filter(({ name }) => name !== '4'),
        migration('a.4', ['a.1to3']),
        migration('b.1', ['a.1to3'], {}),
        migration('c.1', [], { runBefore: [reference('a.1to3')] }),
      ],
      { applied: recorded('a.1') },
    )
    assert.deepEqual(parentsOf(graph, key('a.4')), ['a.3'])
    assert.deepEqual(parentsOf(graph, key('b.1')), ['a.3'])
    assert.deepEqual(parentsOf(graph, key('a.1')), ['c.1'])
  })

  test('that steps aside has as many ends as its originals have', () => {
    const branches = [
      migration('a.1'),
      migration('a.2x', ['a.1']),
      migration('a.2y', ['a.1']),
      squash('a.s', ['a.1', 'a.2x', 'a.2y']),
      migration('a.3', ['a.s']),
    ]
    assert.deepEqual(parentsOf(buildGraph(branches), key('a.3')), ['a.s'])
    assert.deepEqual(parentsOf(buildGraph(branches, { applied: recorded('a.1') }), key('a.3')), ['a.2x', 'a.2y'])
  })

  test('whose originals are applied is as good as applied to what depends on it', () => {
    const graph = buildGraph(files, { applied: recorded('a.1', 'a.2', 'a.3', 'a.4') })
    checkConsistency(graph, effectivelyApplied(graph, recorded('a.1', 'a.2', 'a.3', 'a.4')))
    const gap = recorded('a.4')
    assert.throws(
      () => checkConsistency(graph, effectivelyApplied(graph, gap)),
      failsWith('migrations.appliedBeforeDependency', { migration: 'a.4', dependency: 'a.1to3' }),
    )
  })

  test('waits only for what its own file names', () => {
    const graph = buildGraph([
      migration('b.1'),
      migration('a.1', ['b.1']),
      migration('a.2', ['a.1']),
      squash('a.1to2', ['a.1', 'a.2'], ['a.1']),
    ])
    assert.deepEqual(parentsOf(graph, key('a.1to2')), [])
  })

  test('between two apps that need each other is told as the circle that it is', () => {
    const circular = [
      migration('a.1'),
      migration('b.1', ['a.1']),
      migration('a.2', ['a.1', 'b.1']),
      squash('a.1to2', ['a.1', 'a.2'], ['b.1']),
    ]
    assert.throws(
      () => buildGraph(circular),
      failsWith('migrations.cycle', {
        edges: ['b.1 depends on a.1 (now a.1to2)', 'a.1to2 depends on b.1'],
      }),
    )
    assert.deepEqual(inForce(circular, 'a.1'), ['a.1', 'b.1', 'a.2'])
  })
})

describe('a squash of squashes', () => {
  const nested = [
    ...originals,
    squash('a.1to2', ['a.1', 'a.2']),
    squash('a.1to3', ['a.1to2', 'a.3']),
    migration('b.1', ['a.1to2']),
    migration('b.2', ['b.1', 'a.1']),
    migration('b.3', ['b.2', 'a.1to3']),
  ]
  const b = ['b.1', 'b.2', 'b.3']

  test('stands for all of them, however deep', () => {
    const graph = buildGraph(nested)
    assert.deepEqual(graph.order, ['a.1to3', 'a.4', ...b])
    assert.deepEqual(parentsOf(graph, key('b.2')), ['a.1to3', 'b.1'])
    assert.deepEqual(inForce(nested, 'a.1', 'a.2', 'a.3'), graph.order)
    assert.deepEqual([...effectivelyApplied(graph, recorded('a.1', 'a.2', 'a.3'))], ['a.1to3'])
  })

  test('steps aside by itself where the inner one is all applied, and with it where it is not', () => {
    const outer = buildGraph(nested, { applied: recorded('a.1', 'a.2') })
    assert.deepEqual(outer.order, ['a.1to2', 'a.3', 'a.4', ...b])
    assert.deepEqual(parentsOf(outer, key('b.3')), ['a.3', 'b.2'])
    assert.deepEqual(parentsOf(outer, key('a.3')), ['a.1to2'])
    const both = buildGraph(nested, { applied: recorded('a.1') })
    assert.deepEqual(both.order, ['a.1', 'a.2', 'a.3', 'a.4', ...b])
    assert.deepEqual(parentsOf(both, key('b.1')), ['a.2'])
    assert.deepEqual(parentsOf(both, key('b.3')), ['a.3', 'b.2'])
  })

  test('that is recorded over an inner one that is half applied cannot be used', () => {
    assert.deepEqual(inForce(nested, 'a.1to3', 'a.1'), ['a.1', 'a.2', 'a.3', 'a.4', ...b])
  })
})

describe('replaces', () => {
  const refused = (migrations: readonly Migration[], code: Parameters<typeof failsWith>[0], details: object) =>
    assert.throws(() => buildGraph(migrations), failsWith(code, details))

  test('of itself, of another app and of the same twice is refused', () => {
    refused([squash('a.s', ['a.1', 'a.s'])], 'replaces.itself', { squash: 'a.s' })
    refused([squash('a.s', ['b.1'])], 'replaces.otherApp', { squash: 'a.s', replaced: 'b.1' })
    const once = squash('a.s', ['a.1', 'a.2'])
    refused([once, squash('a.t', ['a.2', 'a.3'])], 'replaces.twice', { squash: 'a.t', other: 'a.s', replaced: 'a.2' })
    refused([squash('a.s', ['a.1', 'a.1'])], 'replaces.twice', { squash: 'a.s', other: 'a.s', replaced: 'a.1' })
  })

  test('in a circle is refused', () => {
    const circle = [squash('a.r', ['a.1']), squash('a.s', ['a.t']), squash('a.t', ['a.u']), squash('a.u', ['a.s'])]
    refused(circle, 'replaces.cycle', { squashes: ['a.t', 'a.u', 'a.s'] })
  })
})

test('5,000 migrations with squashes, some of them squashes of squashes, are linked in linear time', () => {
  const timed = (count: number): number => {
    const migrations: Migration[] = []
    const tens: string[] = []
    for (let start = 0; start < count; start += 10) {
      const names = Array.from({ length: 10 }, (_, index) => `a.${String(start + index).padStart(6, '0')}`)
      for (const [index, name] of names.entries()) {
        const before = index === 0 ? migrations.at(-2) : migrations.at(-1)
        migrations.push(migration(name, before === undefined ? [] : [`a.${before.name}`]))
      }
      const first = migrations.at(-10)
      const ten = `${names[0]}_ten`
      migrations.push(migration(ten, [], { ...first?.definition, replaces: names.map(reference) }))
      tens.push(ten)
    }
    migrations.push(squash('a.all', tens))
    const everyThird = new Set(migrations.filter((_, index) => index % 33 < 15).map(({ name }) => key(`a.${name}`)))
    buildGraph(migrations)
    const started = performance.now()
    const graph: Graph = graphFor(buildGraph(migrations), everyThird)
    assert.ok(graph.order.length >= count / 10)
    return performance.now() - started
  }
  timed(500)
  // A way whose cost grows with the square of the number takes minutes for the second.
  assert.ok(timed(5_000) < 1_000)
  assert.ok(timed(50_000) < 10_000)
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { key, migration, reference } from '../../test/history/migrations.ts'
import { explainedBySquashes } from './explained.ts'
import { buildGraph } from './graph.ts'
import { ledgerOf } from './ledger.ts'
import type { MigrationKey } from './migration.ts'
import type { Recorded } from './recorder.ts'
import { settle } from './settle.ts'

const inner = migration('a.1to2', [], { replaces: [reference('a.1'), reference('a.2')] })
const outer = migration('a.1to3', [], { replaces: [reference('a.1to2'), reference('a.3')] })
const graph = buildGraph([migration('a.3', ['a.1to2']), inner, outer, migration('a.4', ['a.1to3'])])

/** A record with these rows; behind a colon, what a squash stood for. */
function recordOf(...rows: readonly string[]): ReadonlyMap<MigrationKey, Recorded> {
  return new Map(
    rows.map((row) => {
      const [own = '', replaces = ''] = row.split(':')
      const [app, name] = reference(own)
      const keys = replaces === '' ? [] : replaces.split(' ').map(key)
      const rest = { appliedAt: '', milliseconds: 0, godwitVersion: '', format: 1, checksum: '' }
      return [key(own), { app, name, ...rest, replaces: keys }]
    }),
  )
}

describe('the ledger', () => {
  test('records with a squash all that it replaces, as far down as there is something', () => {
    const { comingWith, fileOf } = ledgerOf(graph, recordOf())
    assert.deepEqual(comingWith(key('a.1to3')), ['a.1to2', 'a.3', 'a.1', 'a.2'])
    assert.deepEqual(comingWith(key('a.4')), [])
    assert.deepEqual([fileOf(key('a.1to2')), fileOf(key('a.1'))], [inner, undefined])
  })

  test('lets go with a migration what it replaces and what stands for it', () => {
    const { goingWith } = ledgerOf(graph, recordOf())
    assert.deepEqual(goingWith(key('a.1')), ['a.1to2', 'a.1to3'])
    assert.deepEqual(goingWith(key('a.1to2')), ['a.1', 'a.2', 'a.1to3'])
    assert.deepEqual(goingWith(key('a.4')), [])
  })

  test('remembers squashes whose files are on another commit', () => {
    const before = buildGraph([migration('b.1'), migration('b.2', ['b.1'])])
    const { goingWith } = ledgerOf(before, recordOf('b.1', 'b.2', 'b.1to2:b.1 b.2'))
    assert.deepEqual(goingWith(key('b.2')), ['b.1to2'])
  })
})

describe('a record', () => {
  const settled = (...rows: readonly string[]) => {
    const { unwritten, stale } = settle(graph.replacements, recordOf(...rows))
    return { unwritten, stale }
  }

  test('lacks a squash once all that it replaces is there, and the squash over it too', () => {
    assert.deepEqual(settled('a.1', 'a.2'), { unwritten: ['a.1to2'], stale: [] })
    assert.deepEqual(settled('a.1', 'a.2', 'a.3'), { unwritten: ['a.1to2', 'a.1to3'], stale: [] })
    assert.deepEqual(settled('a.1', 'a.2', 'a.3', 'a.1to2', 'a.1to3'), { unwritten: [], stale: [] })
  })

  test('lacks what a squash replaces where it has the squash alone', () => {
    assert.deepEqual(settled('a.1to3'), { unwritten: ['a.1to2', 'a.3', 'a.1', 'a.2'], stale: [] })
  })

  test('has a squash too many where it has a part of what it replaces', () => {
    assert.deepEqual(settled('a.1', 'a.1to2'), { unwritten: [], stale: ['a.1to2'] })
    assert.deepEqual(settled('a.1', 'a.1to3'), { unwritten: [], stale: ['a.1to3'] })
  })
})

describe('a row without a file', () => {
  const explained = (files: readonly string[], ...rows: readonly string[]) =>
    [...explainedBySquashes(new Set(files.map(key)), recordOf(...rows))].toSorted()

  test('is explained by a recorded squash that stood for it', () => {
    assert.deepEqual(explained(['a.1to2'], 'a.1', 'a.2', 'a.1to2:a.1 a.2', 'a.3'), ['a.1', 'a.1to2', 'a.2'])
  })

  test('is explained when it is a squash and what it stood for is here', () => {
    assert.deepEqual(explained(['a.1', 'a.2'], 'a.1', 'a.2', 'a.1to2:a.1 a.2'), ['a.1', 'a.1to2', 'a.2'])
    const nested = ['a.1to2:a.1 a.2', 'a.1to3:a.1to2 a.3']
    assert.deepEqual(explained(['a.1', 'a.2', 'a.3'], ...nested), ['a.1', 'a.1to2', 'a.1to3', 'a.2', 'a.3'])
  })

  test('is not explained when it is a squash and neither is here', () => {
    assert.deepEqual(explained(['a.1'], 'a.1', 'a.2', 'a.1to2:a.1 a.2'), ['a.1', 'a.2'])
  })
})

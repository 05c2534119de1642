import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { hasCode } from '../errors/error.ts'
import { asFilesHaveIt } from './as-files-have-it.ts'
import { buildGraph, type Graph, parentsOf } from './graph.ts'
import {
  type Migration,
  type MigrationDefinition,
  type MigrationKey,
  migrationKey,
  splitMigrationKey,
} from './migration.ts'
import type { Recorded } from './recorder.ts'
import { resolveTarget } from './resolve-target.ts'

function file(key: string, definition: Partial<MigrationDefinition> = {}): Migration {
  const [app, name] = splitMigrationKey(key as MigrationKey)
  return { app, name, definition: { operations: [], ...definition } }
}

const gone = ['0001_initial', '0002_sum', '0003_note']
const baseline = file('billing.0001_initial', { resets: { migrations: gone, commit: '4f2a9c1' } })
const next = file('billing.0004_paid', { dependencies: [['billing', '0003_note']] })
const old = gone.map((name, index) =>
  file(`billing.${name}`, index === 0 ? {} : { dependencies: [['billing', gone[index - 1] ?? '']] }),
)

/** A record with these rows; of a baseline with what it resets. */
function record(...rows: readonly (string | readonly [key: string, resets: readonly string[]])[]) {
  return new Map(
    rows.map((row): [MigrationKey, Recorded] => {
      const [key, resets] = typeof row === 'string' ? [row, undefined] : row
      const [app, name] = splitMigrationKey(key as MigrationKey)
      return [
        migrationKey(app, name),
        {
          app,
          name,
          appliedAt: '2026-01-01',
          milliseconds: 1,
          godwitVersion: '1',
          format: 1,
          checksum: `of ${key}`,
          replaces: [],
          ...(resets !== undefined && { resets }),
        },
      ]
    }),
  )
}

interface Seen {
  readonly counts: readonly string[]
  readonly swaps: readonly string[]
  readonly covered: readonly string[]
  readonly stuck: readonly string[]
}

function seen(files: readonly Migration[], rows: ReturnType<typeof record>, halfWay: readonly string[] = []): Seen {
  const { recorded, adoptions, covered, stuck } = asFilesHaveIt(
    buildGraph(files),
    rows,
    new Set(halfWay as MigrationKey[]),
  )
  return {
    counts: [...recorded.keys()].toSorted(),
    swaps: adoptions.flatMap((adoption) => adoption.rows),
    covered: [...covered.keys()],
    stuck: stuck.flatMap(({ open }) => open),
  }
}

const oldRows = gone.map((name) => `billing.${name}`)
const adopted = ['billing.0001_initial', gone] as const
const earlier = ['billing.0001_initial', ['0001_initial', '0002_sum']] as const
const nothing = { swaps: [], covered: [], stuck: [] }

describe('a record beside a history that was begun anew', () => {
  const cases: readonly [fact: string, found: Seen, expected: Seen][] = [
    ['a new database has nothing', seen([baseline], record()), { ...nothing, counts: [] }],
    [
      'all old rows count as the baseline',
      seen([baseline], record(...oldRows)),
      { ...nothing, counts: ['billing.0001_initial'], swaps: oldRows },
    ],
    [
      'what came after them stays',
      seen([baseline, next], record(...oldRows, 'billing.0004_paid')),
      { ...nothing, counts: ['billing.0001_initial', 'billing.0004_paid'], swaps: oldRows },
    ],
    [
      'its own row is the baseline, although an old one was called like it',
      seen([baseline], record(adopted)),
      { ...nothing, counts: ['billing.0001_initial'] },
    ],
    [
      'some of the old rows are neither',
      seen([baseline], record(...oldRows.slice(0, 2))),
      { ...nothing, counts: oldRows.slice(0, 2), stuck: ['billing.0003_note'] },
    ],
    [
      'a migration that is half-way is not applied',
      seen([baseline], record(...oldRows.slice(0, 2)), ['billing.0003_note']),
      { ...nothing, counts: oldRows.slice(0, 2), stuck: ['billing.0003_note'] },
    ],
    [
      'an earlier baseline stands for what it began anew',
      seen([baseline], record(earlier, 'billing.0003_note')),
      { ...nothing, counts: ['billing.0001_initial'], swaps: ['billing.0001_initial', 'billing.0003_note'] },
    ],
    [
      'beside the old files the new row counts as theirs',
      seen(old, record(adopted)),
      { ...nothing, counts: oldRows, covered: oldRows },
    ],
    [
      'beside an older baseline the newer row counts as that one',
      seen(
        [file('billing.0001_initial', { resets: { migrations: gone.slice(0, 2) } }), old[2] as Migration],
        record(adopted),
      ),
      {
        ...nothing,
        counts: ['billing.0001_initial', 'billing.0003_note'],
        covered: ['billing.0001_initial', 'billing.0003_note'],
      },
    ],
    [
      'rows of other apps are their own',
      seen([baseline], record(...oldRows, 'accounts.0002_sum')),
      { ...nothing, counts: ['accounts.0002_sum', 'billing.0001_initial'], swaps: oldRows },
    ],
  ]
  for (const [fact, found, expected] of cases) test(fact, () => assert.deepEqual(found, expected))

  test('read twice it says the same', () => {
    const graph = buildGraph([baseline])
    const { recorded } = asFilesHaveIt(graph, record(...oldRows))
    assert.deepEqual(asFilesHaveIt(graph, recorded), { recorded, adoptions: [], covered: new Map(), stuck: [] })
  })

  test('what a squash of the old history stood for goes with it', () => {
    const rows = record('billing.0000_first', ...oldRows)
    const [, initial] = [...rows.values()]
    const replaces = ['billing.0000_first' as MigrationKey]
    if (initial !== undefined) rows.set('billing.0001_initial' as MigrationKey, { ...initial, replaces })
    assert.deepEqual(seen([baseline], rows).swaps, [...oldRows, 'billing.0000_first'])
  })
})

describe('a graph with a history that was begun anew', () => {
  const parents = (graph: Graph, key: string) => parentsOf(graph, key as MigrationKey)

  test('who waits for one that is gone waits for the baseline', () => {
    const other = file('accounts.0002_bills', { dependencies: [['billing', '0002_sum']] })
    const graph = buildGraph([baseline, next, other])
    assert.deepEqual(parents(graph, 'billing.0004_paid'), ['billing.0001_initial'])
    assert.deepEqual(parents(graph, 'accounts.0002_bills'), ['billing.0001_initial'])
  })

  test('who runs before one that is gone runs before the baseline', () => {
    const before = file('accounts.0001_initial', { runBefore: [['billing', '0003_note']] })
    assert.deepEqual(parents(buildGraph([baseline, before]), 'billing.0001_initial'), ['accounts.0001_initial'])
  })

  test('of a baseline of several files the last stands for what is gone', () => {
    const resets = { migrations: gone }
    const second = file('billing.0002_initial', { resets, dependencies: [['billing', '0001_initial']] })
    assert.deepEqual(parents(buildGraph([baseline, second, next]), 'billing.0004_paid'), ['billing.0002_initial'])
  })

  test('a squash over the baseline stands for what is gone as well', () => {
    const squash = file('billing.0001_squashed', {
      replaces: [
        ['billing', '0001_initial'],
        ['billing', '0004_paid'],
      ],
    })
    const other = file('accounts.0002_bills', { dependencies: [['billing', '0002_sum']] })
    const graph = buildGraph([baseline, next, squash, other])
    assert.deepEqual(parents(graph, 'accounts.0002_bills'), ['billing.0001_squashed'])
  })

  test('one that is gone is no target', () => {
    assert.throws(
      () => resolveTarget(buildGraph([baseline]), 'billing', '0003'),
      (error) => hasCode(error, 'resets.goneTarget'),
    )
  })

  test('a file of one that is gone is refused', () => {
    assert.throws(
      () => buildGraph([baseline, ...old.slice(1)]),
      (error) => hasCode(error, 'resets.fileOfGone'),
    )
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { codeDifferences } from '../../src/history/code-differences.ts'
import { copiedMigrations } from '../../src/history/copied.ts'
import { fileFindings, historyFindings } from '../../src/history/findings.ts'
import { foreignApps } from '../../src/history/foreign-apps.ts'
import { buildGraph, type Graph } from '../../src/history/graph.ts'
import { keyOfMigration, type Migration, type MigrationDefinition } from '../../src/history/migration.ts'
import { appliedOutOfOrder } from '../../src/history/out-of-order.ts'
import type { Recorded, RecordedContent } from '../../src/history/recorder.ts'
import { renamedMigrations } from '../../src/history/renamed.ts'
import { renamedApps } from '../../src/history/renamed-apps.ts'
import { sameNumbers } from '../../src/history/same-numbers.ts'
import { addField, createModel, f, type Operation, runCode } from '../../src/migrations.ts'
import { canonicalOperations, codeFingerprint, operationsChecksum } from '../../src/operations/canonical.ts'
import { key, migration } from './migrations.ts'

const create = createModel({ name: 'Post', fields: { id: f.bigAuto({ primaryKey: true }) } })
const add = (name: string): Operation => addField({ model: 'Post', name, field: f.text({ null: true }) })
const file = (
  name: string,
  after: readonly string[],
  operations: readonly Operation[] = [],
  more: Partial<MigrationDefinition> = {},
): Migration => migration(name, after, { operations, ...more })

/** The record of a database that has applied some files, one second after the other. */
function recordOf(applied: readonly Migration[]) {
  const recorded = new Map(
    applied.map((one, position): [ReturnType<typeof key>, Recorded] => {
      const { operations, replaces = [] } = one.definition
      const fingerprint = codeFingerprint(operations)
      return [
        keyOfMigration(one),
        {
          app: one.app,
          name: one.name,
          appliedAt: new Date(1_800_000_000_000 + position * 1000).toISOString(),
          milliseconds: 1,
          godwitVersion: '1.0.0',
          format: 1,
          checksum: operationsChecksum(operations),
          ...(fingerprint !== undefined && { codeFingerprint: fingerprint }),
          replaces: replaces.map((reference) => key(reference.join('.'))),
        },
      ]
    }),
  )
  const contents = new Map(
    applied.map((one): [ReturnType<typeof key>, RecordedContent] => [
      keyOfMigration(one),
      { dependencies: one.definition.dependencies ?? [], operations: canonicalOperations(one.definition.operations) },
    ]),
  )
  return {
    recorded,
    recorder: {
      contents: async (keys: Iterable<string>) => new Map([...contents].filter(([name]) => [...keys].includes(name))),
    },
  }
}

async function renamesIn(files: readonly Migration[], applied: readonly Migration[]) {
  const { recorded, recorder } = recordOf(applied)
  const found = await renamedMigrations(buildGraph(files), recorded, recorder)
  return found.map(({ from, candidates, behind }) => [from, candidates.join(' '), ...behind])
}

const initial = file('blog.0001_initial', [], [create])

describe('a file with another name', () => {
  const old = file('blog.0002_old', ['blog.0001_initial'], [add('slug')])

  test('is known by its operations', async () => {
    const now = file('blog.0002_new', ['blog.0001_initial'], [add('slug')])
    assert.deepEqual(await renamesIn([initial, now], [initial, old]), [['blog.0002_old', 'blog.0002_new']])
    assert.deepEqual(await renamesIn([initial, old], [initial, old]), [])
    const other = file('blog.0002_new', ['blog.0001_initial'], [add('path')])
    assert.deepEqual(await renamesIn([initial, other], [initial, old]), [])
    const elsewhere = file('shop.0002_old', [], [add('slug')])
    assert.deepEqual(await renamesIn([initial, elsewhere], [initial, old]), [])
  })

  test('is found among several that were numbered anew', async () => {
    const applied = [
      initial,
      old,
      file('blog.0003_b', ['blog.0002_old'], [add('b')]),
      file('blog.0004_c', ['blog.0003_b'], [add('c')]),
    ]
    const files = [
      initial,
      file('blog.0012_old', ['blog.0001_initial'], [add('slug')]),
      file('blog.0013_b', ['blog.0012_old'], [add('b')]),
      file('blog.0014_c', ['blog.0013_b'], [add('c')]),
    ]
    assert.deepEqual(await renamesIn(files, applied), [
      ['blog.0002_old', 'blog.0012_old'],
      ['blog.0003_b', 'blog.0013_b'],
      ['blog.0004_c', 'blog.0014_c'],
    ])
  })

  test('of which there are two is named with both, the likelier first', async () => {
    const files = [
      initial,
      file('blog.0002_a', ['blog.0001_initial']),
      file('blog.0003_a', ['blog.0002_a'], [add('slug')]),
      file('blog.0004_old', ['blog.0002_a'], [add('slug')]),
    ]
    assert.deepEqual(await renamesIn(files, [initial, old]), [
      ['blog.0002_old', 'blog.0004_old blog.0003_a', 'blog.0002_a'],
    ])
  })

  test('that moved behind another one is no mere rename', async () => {
    const theirs = file('blog.0002_theirs', ['blog.0001_initial'], [add('theirs')])
    const mine = file('blog.0003_old', ['blog.0002_theirs'], [add('slug')])
    assert.deepEqual(await renamesIn([initial, theirs, mine], [initial, old]), [
      ['blog.0002_old', 'blog.0003_old', 'blog.0002_theirs'],
    ])
  })

  test('is known by its code where the data says nothing, and by what it comes after', async () => {
    const fill = (text: string): Operation => runCode({ forwards: new Function('context', text) as () => void })
    const code = file('blog.0002_fill', ['blog.0001_initial'], [fill('one')])
    const same = file('blog.0002_filled', ['blog.0001_initial'], [fill('one')])
    assert.deepEqual(await renamesIn([initial, same], [initial, code]), [['blog.0002_fill', 'blog.0002_filled']])
    const another = file('blog.0002_filled', ['blog.0001_initial'], [fill('two')])
    assert.deepEqual(await renamesIn([initial, another], [initial, code]), [])
    const later = file('blog.0003_filled', ['blog.0002_x'], [fill('one')])
    const between = file('blog.0002_x', ['blog.0001_initial'], [add('x')])
    assert.deepEqual(await renamesIn([initial, between, later], [initial, code]), [])
    const { recorded } = recordOf([initial, code])
    assert.deepEqual(
      codeDifferences(buildGraph([initial, file('blog.0002_fill', ['blog.0001_initial'], [fill('two')])]), recorded),
      ['blog.0002_fill'],
    )
    assert.deepEqual(codeDifferences(buildGraph([initial, code]), recorded), [])
  })
})

describe('an app that the config does not have', () => {
  const labels = ['posts', 'shop']
  const link = (name: string, of: string, to: string): Migration =>
    file(
      name,
      [of],
      [addField({ model: 'Post', name: 'parent', field: f.foreignKey(to, { null: true, onDelete: 'cascade' }) })],
    )
  const applied = [initial, link('blog.0002_parent', 'blog.0001_initial', 'blog.Post')]
  const renamed = [
    file('posts.0001_initial', [], [create]),
    link('posts.0002_parent', 'posts.0001_initial', 'posts.Post'),
  ]

  test('is told with what may be meant', () => {
    const { recorded } = recordOf([file('shops.0001_initial', [])])
    assert.deepEqual(foreignApps(buildGraph([], { labels }), recorded), [
      { app: 'shops', migrations: ['shops.0001_initial'], nearest: ['shop'] },
    ])
    assert.deepEqual(foreignApps(buildGraph([]), recorded), [])
  })

  test('is known under its new label by its migrations', async () => {
    const { recorded, recorder } = recordOf(applied)
    assert.deepEqual(await renamedApps(buildGraph(renamed, { labels }), recorded, recorder), [
      { from: 'blog', to: 'posts', migrations: ['blog.0001_initial', 'blog.0002_parent'] },
    ])
    const [first] = renamed
    assert.ok(first !== undefined)
    const changed = [first, link('posts.0002_parent', 'posts.0001_initial', 'shop.Item')]
    assert.deepEqual(await renamedApps(buildGraph(changed, { labels }), recorded, recorder), [])
    const beside = recordOf([...applied, first])
    assert.deepEqual(await renamedApps(buildGraph(renamed, { labels }), beside.recorded, beside.recorder), [])
  })
})

describe('numbers, copies and times', () => {
  const a = file('blog.0002_a', ['blog.0001_initial'], [add('a')])
  const b = file('blog.0002_b', ['blog.0002_a'], [add('b')])

  test('a number that is shared in one line is a note; branches are a conflict or were merged', () => {
    const numbersIn = (...files: readonly Migration[]) =>
      sameNumbers(buildGraph([initial, ...files])).map((one) => one.migrations)
    assert.deepEqual(numbersIn(a, b), [['blog.0002_a', 'blog.0002_b']])
    const beside = file('blog.0002_b', ['blog.0001_initial'], [add('b')])
    assert.deepEqual(numbersIn(a, beside), [])
    assert.deepEqual(numbersIn(a, beside, file('blog.0003_merge', ['blog.0002_a', 'blog.0002_b'])), [])
    const squash = file('blog.0001_squashed', [], [create], { replaces: [['blog', '0001_initial']] })
    assert.deepEqual(numbersIn(squash, a), [])
  })

  test('a copy does the same after the same', () => {
    const copy = file('blog.0002_c', ['blog.0001_initial'], [add('a')])
    const copies = (files: readonly Migration[], applied: readonly string[] = []) =>
      copiedMigrations(buildGraph(files), new Set(applied.map(key))).map(
        ({ original, copy: of }) => `${of} of ${original}`,
      )
    assert.deepEqual(copies([initial, a, copy]), ['blog.0002_c of blog.0002_a'])
    assert.deepEqual(copies([initial, a, copy], ['blog.0001_initial', 'blog.0002_c']), ['blog.0002_a of blog.0002_c'])
    assert.deepEqual(copies([initial, a, copy], ['blog.0002_a', 'blog.0002_c']), [])
    assert.deepEqual(copies([initial, a, file('blog.0003_c', ['blog.0002_a'], [add('a')])]), [])
    assert.deepEqual(
      copies([initial, file('blog.0002_x', ['blog.0001_initial']), file('blog.0002_y', ['blog.0001_initial'])]),
      [],
    )
  })

  test('times that contradict the dependencies are told, but not those of squashes', () => {
    assert.deepEqual(appliedOutOfOrder(buildGraph([initial, a]), recordOf([a, initial]).recorded), [
      { migration: 'blog.0002_a', dependency: 'blog.0001_initial' },
    ])
    assert.deepEqual(appliedOutOfOrder(buildGraph([initial, a]), recordOf([initial, a]).recorded), [])
    const squash = file('blog.0001_squashed', [], [create], { replaces: [['blog', '0001_initial']] })
    const after = file('blog.0002_a', ['blog.0001_squashed'], [add('a')])
    assert.deepEqual(appliedOutOfOrder(buildGraph([squash, after]), recordOf([initial, after, squash]).recorded), [])
  })
})

test('all that is odd is told together, what stops migrate first', async () => {
  const gone = file('blog.0009_gone', ['blog.0001_initial'], [add('gone')])
  const foreign = file('old.0001_initial', [], [create])
  const was = [initial, file('blog.0002_was', ['blog.0001_initial'], [add('slug')]), gone, foreign]
  const here: Graph = buildGraph(
    [
      file('blog.0001_initial', [], [create, add('more')]),
      file('blog.0002_is', ['blog.0001_initial'], [add('slug')]),
      file('blog.0003_x', ['blog.0002_is'], [add('x')]),
      file('blog.0003_y', ['blog.0003_x'], [add('y')]),
      file('blog.0003_y_copy', ['blog.0003_x'], [add('y')]),
    ],
    { labels: ['blog'] },
  )
  const { recorded, recorder } = recordOf(was)
  const found = await historyFindings({ graph: here, recorded, recorder })
  assert.deepEqual(
    found.map(({ kind, severity, migrations }) => [kind, severity, ...migrations]),
    [
      ['edited', 'stop', 'blog.0001_initial'],
      ['renamed', 'stop', 'blog.0002_was'],
      ['missing', 'warning', 'blog.0009_gone'],
      ['copied', 'warning', 'blog.0003_y_copy', 'blog.0003_y'],
      ['foreignApp', 'warning', 'old.0001_initial'],
    ],
  )
  for (const { text, fix } of found) assert.match(`${text}|${fix}`, /^\S.*[.?]\|\S.*\.$/)
  assert.deepEqual(
    fileFindings(here).map(({ kind }) => kind),
    ['copied'],
  )
})

import assert from 'node:assert/strict'
import { decide } from '../../src/execution/decide.ts'
import { migrate } from '../../src/execution/migrate.ts'
import { prune } from '../../src/execution/prune.ts'
import { buildGraph, type Graph } from '../../src/history/graph.ts'
import { keyOfMigration, type Migration, type MigrationDefinition } from '../../src/history/migration.ts'
import { createRecorder } from '../../src/history/recorder.ts'
import { resolveTarget, type Target } from '../../src/history/resolve-target.ts'
import { addField, alterField, createModel, f, renameField, runSql } from '../../src/migrations.ts'
import type { Operation } from '../../src/operations/operation.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { failsWith, key } from '../history/migrations.ts'
import { squashOf } from '../history/squash.ts'
import { testOnEach } from '../support/databases.ts'
import { becauseOf } from '../support/reason-of.ts'
import type { DatabaseUnderTest } from '../support/test-database.ts'

const id = f.bigAuto({ primaryKey: true })

function step(name: string, operation: Operation, more: Partial<MigrationDefinition> = {}): Migration {
  const before = `000${Number(name.slice(0, 4)) - 1}`
  const dependencies =
    before === '0000' ? [] : [['shop', names.find((other) => other.startsWith(before)) ?? ''] as const]
  return { app: 'shop', name, definition: { dependencies, operations: [operation], ...more } }
}

const names = ['0001_initial', '0002_price', '0003_first', '0004_cost', '0005_null', '0006_sold']
const originals: readonly Migration[] = [
  step('0001_initial', createModel({ name: 'Item', fields: { id, title: f.char({ maxLength: 20 }) } })),
  step('0002_price', addField({ model: 'Item', name: 'price', field: f.integer({ default: 1 }) })),
  step(
    '0003_first',
    runSql({
      forwards: "INSERT INTO shop_item (title, price) VALUES ('first', 7)",
      backwards: 'DELETE FROM shop_item',
    }),
  ),
  step('0004_cost', renameField({ model: 'Item', from: 'price', to: 'cost' })),
  step('0005_null', alterField({ model: 'Item', name: 'cost', field: f.integer({ null: true }) }), { atomic: false }),
]
const last = step('0006_sold', addField({ model: 'Item', name: 'sold', field: f.boolean({ default: false }) }))
const sale: Migration = {
  app: 'sales',
  name: '0001_initial',
  definition: {
    dependencies: [['shop', '0002_price']],
    operations: [
      createModel({ name: 'Sale', fields: { id, item: f.foreignKey('shop.Item', { onDelete: 'cascade' }) } }),
    ],
  },
}
const files = [...originals, last, sale]

async function onNew(on: DatabaseUnderTest, work: (session: Session) => Promise<void>): Promise<void> {
  const database = await on.create()
  const session = await database.openSession()
  try {
    await work(session)
  } finally {
    await session.close()
  }
}

async function rowsOf(session: Session): Promise<readonly string[]> {
  return [...(await createRecorder(session).applied()).keys()].toSorted()
}

async function outcomeOf(session: Session): Promise<unknown> {
  const items = await session.query({ parts: ['SELECT title, cost, sold FROM shop_item ORDER BY id'] })
  return { schema: await session.inspect(), items: items.map((row) => [row['title'], Number(row['cost'])]) }
}

function goingTo(graph: Graph, app: string, name: string): Target {
  return resolveTarget(graph, app, name)
}

/** What a database looks like that has never met a squash. */
async function expectedOn(on: DatabaseUnderTest): Promise<unknown> {
  let outcome: unknown
  await onNew(on, async (session) => {
    await migrate({ session, graph: buildGraph(files) })
    outcome = await outcomeOf(session)
  })
  return outcome
}

const keysOf = (migrations: readonly Migration[]): readonly string[] => migrations.map(keyOfMigration).toSorted()

testOnEach('a database at any point of what a squash replaces goes on, and ends as one without it', async (on) => {
  const expected = await expectedOn(on)
  for (const size of [2, 5]) {
    const squash = squashOf(originals.slice(0, size), `0001_squashed_000${size}`)
    for (let point = 0; point <= originals.length; point += 1) {
      await onNew(on, async (session) => {
        const at = originals[point - 1]
        if (at !== undefined) {
          const graph = buildGraph(files)
          await migrate({ session, graph, target: goingTo(graph, 'shop', at.name) })
        }
        const where = `squash of ${size} at ${point}`
        const graph = buildGraph([...files, squash])
        const { squashes } = await migrate({ session, graph })
        // Applied as itself where nothing was; otherwise recorded once the last of what it replaces is applied.
        assert.deepEqual(squashes, point === 0 ? [] : [keyOfMigration(squash)], where)
        assert.deepEqual(await outcomeOf(session), expected, where)
        assert.deepEqual(await rowsOf(session), keysOf([...files, squash]), where)
        const { steps, graph: inForce, applied } = await decide(createRecorder(session), { graph })
        assert.deepEqual(steps, [])
        assert.deepEqual([...applied].toSorted(), [...inForce.order].toSorted())
        assert.ok(inForce.migrations.has(keyOfMigration(squash)))
      })
    }
  }
})

testOnEach('without the files of the originals a database inside the range is told so and left alone', async (on) => {
  const squash = squashOf(originals, '0001_squashed_0005')
  const graph = buildGraph([squash, last, sale])
  const before = buildGraph(files)
  for (const point of [0, 2, 5]) {
    await onNew(on, async (session) => {
      const at = originals[point - 1]
      if (at !== undefined) await migrate({ session, graph: before, target: goingTo(before, 'shop', at.name) })
      const rows = await rowsOf(session)
      if (point === 2) {
        await assert.rejects(migrate({ session, graph }), failsWith('replaces.gone'))
        assert.deepEqual(await rowsOf(session), rows)
        return
      }
      await migrate({ session, graph })
      assert.deepEqual(await rowsOf(session), keysOf([...files, squash]))
      // The commit from before the squash finds what it knows.
      const { applied } = await migrate({ session, graph: before })
      assert.deepEqual(applied, [])
    })
  }
})

testOnEach(
  'unapplying a squash takes the rows of all that it replaces along, and dependents in other apps',
  async (on) => {
    await onNew(on, async (session) => {
      const squash = squashOf(originals, '0001_squashed_0005')
      const graph = buildGraph([...files, squash])
      await migrate({ session, graph })
      const { applied } = await migrate({ session, graph, target: goingTo(graph, 'shop', 'zero') })
      assert.deepEqual(
        applied.map(({ migration }) => keyOfMigration(migration)),
        ['shop.0006_sold', 'sales.0001_initial', 'shop.0001_squashed_0005'],
      )
      assert.deepEqual(await rowsOf(session), [])
      assert.deepEqual([...(await session.inspect()).tables.keys()], [])
    })
  },
)

testOnEach('a point inside a squash is reached by the originals, and left by them', async (on) => {
  await onNew(on, async (session) => {
    const squash = squashOf(originals, '0001_squashed_0005')
    const graph = buildGraph([...files, squash])
    await migrate({ session, graph })
    await migrate({ session, graph, target: goingTo(graph, 'shop', '0003') })
    assert.deepEqual(await rowsOf(session), ['sales.0001_initial', ...keysOf(originals.slice(0, 3))])
    await migrate({ session, graph, target: goingTo(graph, 'shop', '0001_squashed') })
    assert.deepEqual(await rowsOf(session), ['sales.0001_initial', ...keysOf([...originals, squash])])
    await migrate({ session, graph, target: goingTo(graph, 'shop', '0001_initial') })
    assert.deepEqual(await rowsOf(session), ['shop.0001_initial'])
    await migrate({ session, graph, target: goingTo(graph, 'shop', 'zero') })
    assert.deepEqual(await rowsOf(session), [])
    await migrate({ session, graph, target: goingTo(graph, 'shop', '0002') })
    assert.deepEqual(await rowsOf(session), keysOf(originals.slice(0, 2)))
    await migrate({ session, graph })
    assert.deepEqual(await outcomeOf(session), await expectedOn(on))
  })
})

testOnEach('a squash of squashes is recorded with all that stands below it', async (on) => {
  const inner = squashOf(originals.slice(0, 3), '0001_squashed_0003')
  const outer = squashOf([inner, ...originals.slice(3)], '0001_squashed_0005')
  const graph = buildGraph([...files, inner, outer])
  const expected = await expectedOn(on)
  for (const point of [0, 1, 3, 4, 5]) {
    await onNew(on, async (session) => {
      const at = originals[point - 1]
      if (at !== undefined) {
        const before = buildGraph(files)
        await migrate({ session, graph: before, target: goingTo(before, 'shop', at.name) })
      }
      await migrate({ session, graph })
      assert.deepEqual(await rowsOf(session), keysOf([...files, inner, outer]))
      assert.deepEqual(await outcomeOf(session), expected)
      await migrate({ session, graph, target: goingTo(graph, 'shop', '0004') })
      assert.deepEqual(await rowsOf(session), ['sales.0001_initial', ...keysOf([...originals.slice(0, 4), inner])])
      await migrate({ session, graph })
      assert.deepEqual(await rowsOf(session), keysOf([...files, inner, outer]))
    })
  }
})

testOnEach(
  'a run with nothing to write takes no lock, and one that only has a squash to record takes it',
  async (on) => {
    await onNew(on, async (session) => {
      const squash = squashOf(originals, '0001_squashed_0005')
      await migrate({ session, graph: buildGraph(files) })
      const graph = buildGraph([...files, squash])
      const locked: string[] = []
      // A session may be any object with these functions, so it is delegated to and not copied.
      const watched: Session = Object.create(session, {
        lock: {
          value: (...args: Parameters<Session['lock']>) => {
            locked.push('lock')
            return session.lock(...args)
          },
        },
      })
      const first = await migrate({ session: watched, graph })
      assert.deepEqual([first.applied, first.squashes, locked], [[], ['shop.0001_squashed_0005'], ['lock']])
      const second = await migrate({ session: watched, graph })
      assert.deepEqual([second.applied, second.squashes, locked], [[], [], ['lock']])
    })
  },
)

testOnEach('faking writes the rows of squashes as applying does, and touches nothing', async (on) => {
  await onNew(on, async (session) => {
    const squash = squashOf(originals, '0001_squashed_0005')
    const graph = buildGraph([...files, squash])
    const fake = async (target?: Target): Promise<readonly string[]> => {
      await migrate({ session, graph, fake: true, ...(target !== undefined && { target }) })
      return rowsOf(session)
    }
    assert.deepEqual(await fake(goingTo(graph, 'shop', '0002')), keysOf(originals.slice(0, 2)))
    assert.deepEqual(await fake(goingTo(graph, 'shop', '0001_squashed')), keysOf([...originals, squash]))
    assert.deepEqual(await fake(), keysOf([...files, squash]))
    assert.deepEqual(await fake(goingTo(graph, 'shop', '0004')), [
      'sales.0001_initial',
      ...keysOf(originals.slice(0, 4)),
    ])
    assert.deepEqual(await fake(goingTo(graph, 'shop', 'zero')), [])
    assert.deepEqual(await fake(goingTo(graph, 'shop', '0001_squashed')), keysOf([...originals, squash]))
    assert.deepEqual([...(await session.inspect()).tables.keys()], [])
  })
})

testOnEach('a finished squash leaves rows behind that nobody minds', async (on) => {
  await onNew(on, async (session) => {
    const squash = squashOf(originals, '0001_squashed_0005')
    await migrate({ session, graph: buildGraph([...files, squash]) })
    const { replaces: _, ...definition } = squash.definition
    const finished = { ...squash, definition }
    const moved = { ...sale, definition: { ...sale.definition, dependencies: [['shop', squash.name] as const] } }
    const follows = { ...last, definition: { ...last.definition, dependencies: [['shop', squash.name] as const] } }
    const graph = buildGraph([finished, follows, moved])
    const { applied, missing } = await migrate({ session, graph })
    assert.deepEqual([applied, missing], [[], []])
    // Back on the commit before it was finished, and on the one before it was made.
    for (const earlier of [[...files, squash], files]) {
      const again = await migrate({ session, graph: buildGraph(earlier) })
      assert.deepEqual([again.applied, again.missing], [[], []])
    }
    // Unapplied on the oldest commit, it is not taken for applied by the newest.
    const oldest = buildGraph(files)
    await migrate({ session, graph: oldest, target: goingTo(oldest, 'shop', '0004') })
    assert.deepEqual(await rowsOf(session), ['sales.0001_initial', ...keysOf(originals.slice(0, 4))])
  })
})

testOnEach('pruning removes the rows of one app that have no file, and no others', async (on) => {
  await onNew(on, async (session) => {
    const squash = squashOf(originals, '0001_squashed_0005')
    const recorder = createRecorder(session)
    const pruned = async (app: string, graph: Graph): Promise<readonly string[]> =>
      (await prune(app, graph, { recorder, session, wait: 1000 })).map((row) => row.key)
    assert.deepEqual(await pruned('shop', buildGraph(files)), [])
    await migrate({ session, graph: buildGraph([...files, squash]) })
    const named = buildGraph([squash, last, sale])
    await assert.rejects(pruned('shop', named), failsWith('replaces.stillNamed'))
    const { replaces: _, ...definition } = squash.definition
    const others = [last, sale].map((one) => ({ ...one, definition: { ...one.definition, dependencies: [] } }))
    const finished = buildGraph([{ ...squash, definition }, ...others])
    assert.deepEqual(await pruned('sales', buildGraph(others)), [])
    assert.deepEqual(await pruned('shop', finished), keysOf(originals))
    assert.deepEqual(await rowsOf(session), keysOf([last, sale, squash]))
    // An older commit that still replaces them takes the squash for what they were, and writes them again.
    const { squashes } = await migrate({ session, graph: named })
    assert.deepEqual([squashes, await rowsOf(session)], [[], keysOf([...files, squash])])
  })
})

testOnEach('a run over a squash that is cut off at any statement is completed by the next', async (on) => {
  const squash = squashOf(originals.slice(0, 4), '0001_squashed_0004')
  const graph = buildGraph([...files, squash])
  const expected = await expectedOn(on)
  const database = await on.create()
  /** Migrates from a point of the originals, and lets nothing through once so many statements were sent; says how many were. */
  const cutOff = async (point: number, allowed: number, ends: (session: Session) => Promise<void>): Promise<number> => {
    await database.empty()
    const start = await database.openSession()
    const target = goingTo(graph, 'shop', originals[point - 1]?.name ?? 'zero')
    await migrate({ session: start, graph, target })
    await start.close()
    let sent = 0
    let isOpen = false
    const observe = (phase: 'before' | 'after'): void => {
      if (isOpen && phase === 'before') sent += 1
      if (sent > allowed) throw new Error('cut off')
    }
    const session = await database.openSession({ observe })
    isOpen = true
    await ends(session).catch((error: unknown) => assert.ok(sent > allowed, String(error)))
    await session.close().catch(() => undefined)
    const next = await database.openSession()
    await ends(next)
    await migrate({ session: next, graph })
    assert.deepEqual(await outcomeOf(next), expected, `cut off after ${allowed} statements`)
    assert.deepEqual(await rowsOf(next), keysOf([...files, squash]), `cut off after ${allowed} statements`)
    await next.close()
    return sent
  }
  // All of them take minutes on a busy machine: half a dozen each way.
  const strideOf = (all: number): number => (process.env['GODWIT_DEEP'] === '1' ? 1 : Math.max(17, Math.ceil(all / 6)))
  const forwards = async (session: Session): Promise<void> => void (await migrate({ session, graph }))
  const back = async (session: Session): Promise<void> => {
    await forwards(session)
    await migrate({ session, graph, target: goingTo(graph, 'shop', 'zero') })
  }
  for (const [point, way] of [
    [2, forwards],
    [4, back],
  ] as const) {
    const all = await cutOff(point, Number.POSITIVE_INFINITY, way)
    for (let allowed = 1; allowed < all; allowed += strideOf(all)) await cutOff(point, allowed, way)
  }
})

testOnEach('a migration that is half-way keeps a squash over it from being used', async (on) => {
  await onNew(on, async (session) => {
    const [first, ...others] = originals
    assert.ok(first)
    const broken = runSql({ forwards: 'INSERT INTO no_such_table VALUES (1)', backwards: [] })
    const begun: Migration = {
      ...first,
      definition: { ...first.definition, atomic: false, operations: [...first.definition.operations, broken] },
    }
    const run = migrate({ session, graph: buildGraph([begun, ...others]) })
    await assert.rejects(becauseOf(run), failsWith('execution.stepFailed'))
    const squash = squashOf(originals, '0001_squashed_0005')
    const { graph } = await decide(createRecorder(session), { graph: buildGraph([begun, ...others, squash]) })
    assert.ok(graph.migrations.has(key('shop.0001_initial')))
    assert.ok(!graph.migrations.has(keyOfMigration(squash)))
  })
})

testOnEach('a squash that is half-way is finished before anything that it replaces', async (on) => {
  await onNew(on, async (session) => {
    const squash = squashOf(originals, '0001_squashed_0005')
    const broken = runSql({ forwards: 'INSERT INTO no_such_table VALUES (1)', backwards: [] })
    const begun = {
      ...squash,
      definition: { ...squash.definition, operations: [...squash.definition.operations, broken] },
    }
    const graph = buildGraph([...files, begun])
    await assert.rejects(becauseOf(migrate({ session, graph })), failsWith('execution.stepFailed'))
    await assert.rejects(
      migrate({ session, graph, target: goingTo(graph, 'shop', '0002') }),
      failsWith('replaces.begun', { squash: 'shop.0001_squashed_0005', target: 'shop.0002_price' }),
    )
    await migrate({ session, graph: buildGraph([...files, squash]) })
    assert.deepEqual(await rowsOf(session), keysOf([...files, squash]))
  })
})

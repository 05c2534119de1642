import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openScratch } from '../../src/dialects/index.ts'
import type { Graph } from '../../src/history/graph.ts'
import { type VerifyResult, verify } from '../../src/verification/verify.ts'
import { historyOf as processHistory } from '../processes/history.ts'
import { databases, testOnEach } from '../support/databases.ts'
import type { DatabaseUnderTest } from '../support/test-database.ts'
import { withFindings, withoutFindings } from './histories.ts'

interface Asked {
  readonly app?: string
  readonly rows?: number
  readonly seed?: number
  readonly skipCode?: boolean
}

async function verified(on: DatabaseUnderTest, graph: Graph, asked: Asked = {}): Promise<VerifyResult> {
  const database = await on.create()
  const open = () => openScratch(database.url, '.')
  return verify({ graph, open, seed: 1, rows: 8, codeTimeout: 60_000, ...asked })
}

function inShort({ findings }: VerifyResult): readonly string[] {
  return findings.map(
    ({ severity, kind, migration = '', text }) => `${severity} ${kind} ${migration.slice(5, 9)}: ${text}`,
  )
}

/** What every database finds alike, without the words of the server. */
const expected = [
  /^warning failsOnRows 0002: can fail over rows: in shop_customer, \d values? (is|are) there more than once \(name/,
  /^error failsOnRows 0003: fails where there are rows: in shop_customer, 8 rows would have no value \(nickname\)$/,
  /^warning irreversible 0004: Make everybody older has no way back$/,
  /^warning notIdempotent 0004: Make everybody older: run a second time over what it has done, it changes shop_customer\.age in 8 rows, such as \d+ to \d+$/,
  /^error losesRows 0005: \d rows? of shop_order (is|are) gone once it is applied and unapplied, and no operation says so$/,
  /^error losesRows 0005: \d rows? of shop_order_helpers (is|are) gone/,
  /^note declaredLoss 0006: the values of shop_customer\.age go with the column$/,
  /^warning leavesRows 0007: 1 row that it added to shop_customer is still there once it is unapplied$/,
  /^error fails 0007: fails when it is applied again: "Run SQL": /,
  /^error schemaDiffers 0008: the view big is left behind \(after it was unapplied\)$/,
  /^error fails 0008: fails when it is applied again: /,
  /^note noRows 0010: no rows could be made for shop_code: /,
]

testOnEach('each kind of finding is found, and nothing else', async (on) => {
  const result = await verified(on, withFindings)
  const found = inShort(result)
  const unfit = expected.filter((pattern, index) => !pattern.test(found[index] ?? ''))
  assert.ok(unfit.length === 0 && found.length === expected.length, found.join('\n'))
  assert.equal(result.migrations.length, 10)
})

testOnEach('an ordinary history has no findings, and its rows are made anew from a seed', async (on) => {
  for (const seed of on.kind === 'sqlite' ? [1, 2, 3, 4, 5] : [2]) {
    assert.deepEqual(inShort(await verified(on, withoutFindings, { seed })), [], `seed ${seed}`)
  }
})

testOnEach('a history of everything is looked at to its end', async (on) => {
  const result = await verified(on, processHistory('kill'))
  const kinds = new Set(result.findings.map(({ kind, migration = '' }) => `${kind} ${migration.slice(5, 9)}`))
  assert.deepEqual(
    [...kinds].filter((kind) => kind !== 'failsOnRows 0004' && kind !== 'notIdempotent 0007'),
    [
      'losesRows 0002',
      'notIdempotent 0002',
      'notIdempotent 0004',
      'declaredLoss 0005',
      'losesRows 0007',
      'losesValues 0008',
      'notIdempotent 0008',
      'notIdempotent 0009',
      'declaredLoss 0010',
    ],
  )
  assert.equal(result.migrations.length, 10)
})

const [sqlite] = databases.filter(({ kind }) => kind === 'sqlite')

test('the same seed finds the same, word for word', {
  skip: sqlite === undefined && 'SQLite is left out',
}, async () => {
  if (sqlite === undefined) return
  const [one, other] = [await verified(sqlite, withFindings), await verified(sqlite, withFindings)]
  assert.deepEqual(one.findings, other.findings)
})

test('code that is skipped does nothing and is found nothing of', {
  skip: sqlite === undefined && 'SQLite is left out',
}, async () => {
  if (sqlite === undefined) return
  const { findings } = await verified(sqlite, withFindings, { skipCode: true })
  assert.deepEqual(
    findings.filter(({ migration }) => migration === 'shop.0004_older').map(({ kind }) => kind),
    ['irreversible'],
  )
})

test('where no other database can be opened, what keeps it from that is told, or that a stop was asked for', {
  skip: sqlite === undefined && 'SQLite is left out',
}, async () => {
  for (const isStopped of [false, true]) {
    const controller = new AbortController()
    let [opened, closed] = [0, 0]
    const open = async () => {
      opened += 1
      if (isStopped && opened === 2) controller.abort(new Error('stopped'))
      if (opened === 2) throw new Error('no space left')
      const session = await openScratch('sqlite::memory:', '.')
      const close = async (): Promise<void> => {
        closed += 1
        await session.close()
      }
      return Object.create(session, { close: { value: close } })
    }
    const { signal } = controller
    await assert.rejects(verify({ graph: withFindings, open, seed: 1, rows: 8, codeTimeout: 60_000, signal }), {
      message: isStopped ? 'stopped' : 'no space left',
    })
    assert.equal(closed, 1)
  }
})

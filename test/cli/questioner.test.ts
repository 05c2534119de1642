import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { describe, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import type { Question } from '../../src/autodetector/question.ts'
import { promptingQuestioner } from '../../src/cli/questioner.ts'
import { GodwitError } from '../../src/errors/error.ts'

const enter = '\r'
const down = '\u001b[B'
const controlC = '\u0003'

const addition: Question = {
  kind: 'notNullAddition',
  key: 'billing.Invoice.status:fill',
  model: 'billing.Invoice',
  field: 'status',
  type: 'char, at most 20 characters',
}

function renamed(field: string, ...names: string[]): Question {
  const candidates = names.map((name) => ({ name, alsoChanges: name === 'amount' ? ['maxDigits 10 → 12'] : [] }))
  return {
    kind: 'fieldRenamed',
    key: `billing.Invoice.${field}:renamedFrom`,
    model: 'billing.Invoice',
    field,
    candidates,
  }
}

/** Answers questions by pressing keys; each is pressed once the text before it has been shown. */
async function answer(questions: readonly Question[], ...presses: readonly (readonly [shown: string, keys: string])[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined })
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 160, rows: 40 })
  let shown = ''
  let next = 0
  output.on('data', (chunk: Buffer) => {
    shown += stripVTControlCharacters(chunk.toString())
    const press = presses[next]
    if (press === undefined || !shown.includes(press[0])) return
    next += 1
    shown = ''
    setImmediate(() => input.write(press[1]))
  })
  const answers = await promptingQuestioner({ input, output })(questions)
  return [...answers]
}

describe('a person at the terminal', () => {
  test('gives a value as a literal', async () => {
    assert.deepEqual(
      await answer([addition], ['What do the rows that exist get?', enter], ['Which value?', "'draft'\r"]),
      [[addition.key, { kind: 'fill', value: 'draft' }]],
    )
  })

  test('is asked again for what is no literal', async () => {
    assert.deepEqual(
      await answer(
        [addition],
        ['What do the rows that exist get?', enter],
        ['Which value?', 'draft\r'],
        ['Type a literal', `\u007f\u007f\u007f\u007f\u007f7\r`],
      ),
      [[addition.key, { kind: 'fill', value: 7 }]],
    )
  })

  test('is asked again for a value that the field cannot hold', async () => {
    const holder = { kind: 'char', maxLength: 20 }
    assert.deepEqual(
      await answer(
        [{ ...addition, holder }],
        ['What do the rows that exist get?', enter],
        ['Which value?', '7\r'],
        ['It takes: char, at most 20 characters.', "\u007f'7'\r"],
      ),
      [[addition.key, { kind: 'fill', value: '7' }]],
    )
  })

  test('chooses the safe steps, NULL, or to stop', async () => {
    const choose = (times: number) => ['What do the rows that exist get?', down.repeat(times) + enter] as const
    assert.deepEqual(await answer([addition], choose(1), ['Which value?', '0\r']), [
      [addition.key, { kind: 'safeSteps', value: 0 }],
    ])
    assert.deepEqual(await answer([addition], choose(2)), [[addition.key, { kind: 'makeNullable' }]])
    assert.deepEqual(await answer([addition], choose(3)), [[addition.key, { kind: 'stop' }]])
  })

  test('is not offered a name again that another field has taken', async () => {
    assert.deepEqual(
      await answer(
        [renamed('sum', 'total', 'amount'), renamed('paid', 'total', 'amount'), renamed('due', 'total', 'amount')],
        ['total under a new name', enter],
        ['then also: maxDigits 10 → 12', enter],
      ),
      [
        ['billing.Invoice.sum:renamedFrom', { kind: 'renamedFrom', name: 'total' }],
        ['billing.Invoice.paid:renamedFrom', { kind: 'renamedFrom', name: 'amount' }],
      ],
    )
  })

  test('says that a field is new', async () => {
    assert.deepEqual(await answer([renamed('sum', 'total')], ['A new field', down + enter]), [
      ['billing.Invoice.sum:renamedFrom', { kind: 'notRenamed' }],
    ])
  })

  test('says what becomes of a relation that points elsewhere, and does nothing by a mere Enter', async () => {
    const moved: Question = {
      kind: 'relationChanged',
      key: 'billing.Invoice.payer:rows',
      model: 'billing.Invoice',
      field: 'payer',
      change: 'points at billing.Customer instead of accounts.User',
      ways: ['keep', 'drop'],
    }
    const choose = (times: number) =>
      [
        'billing.Invoice.payer points at billing.Customer instead of accounts.User.',
        down.repeat(times) + enter,
      ] as const
    assert.deepEqual(await answer([moved], choose(0)), [[moved.key, { kind: 'stop' }]])
    assert.deepEqual(await answer([moved], choose(1)), [[moved.key, { kind: 'keepRows' }]])
    assert.deepEqual(await answer([moved], choose(2)), [[moved.key, { kind: 'dropRows' }]])
    assert.deepEqual(await answer([{ ...moved, ways: ['drop'] }], choose(1)), [[moved.key, { kind: 'dropRows' }]])
  })

  test('leaves with Ctrl-C', async () => {
    await assert.rejects(
      answer([addition], ['What do the rows that exist get?', controlC]),
      (error) => error instanceof GodwitError && error.code === 'cli.interrupted',
    )
  })

  test('sees the branches before they are merged, and merges by Enter only what is proven', async () => {
    const merge: Question = {
      kind: 'merge',
      key: 'billing:merge',
      app: 'billing',
      branches: ['note', 'paid'].map((name) => ({
        name: `0007_${name}`,
        migrations: [{ name: `0007_${name}`, operations: [`+ Add field ${name} to Invoice`] }],
      })),
      unproven: [],
    }
    assert.deepEqual(await answer([merge], ['      + Add field paid to Invoice', enter]), [
      ['billing:merge', { kind: 'merge' }],
    ])
    const doubtful: Question = { ...merge, unproven: ['nothing says what SQL reads and changes'] }
    assert.deepEqual(await answer([doubtful], ['nothing says what SQL reads and changes', enter]), [
      ['billing:merge', { kind: 'doNotMerge' }],
    ])
    assert.deepEqual(await answer([doubtful], ['May they be applied in any order?', `${down}${enter}`]), [
      ['billing:merge', { kind: 'merge' }],
    ])
  })
})

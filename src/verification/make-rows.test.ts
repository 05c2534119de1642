import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDialect } from '../../test/support/plain-dialect.ts'
import { f } from '../fields/f.ts'
import type { Field } from '../fields/field.ts'
import type { ModelOptions } from '../models/declarations.ts'
import { check, unique } from '../models/parts.ts'
import { q } from '../models/q.ts'
import { stateOf } from '../state/with-model.ts'
import type { Manner } from './candidates.ts'
import { makeRows } from './make-rows.ts'
import { tablesToFill } from './tables-to-fill.ts'

const id = f.bigAuto({ primaryKey: true })

/** The rows that are made for a model, by column, each column's values in the order of the rows. */
function made(
  fields: Readonly<Record<string, Field>>,
  { options = {}, manner = 'varied', seed = 1 }: { options?: ModelOptions; manner?: Manner; seed?: number } = {},
): Readonly<Record<string, readonly unknown[]>> {
  const state = stateOf([{ app: 'shop', name: 'Item', fields: { id, ...fields }, options }])
  const [target] = tablesToFill(state, plainDialect)
  assert.ok(target)
  const rows = makeRows(target, { seed, rows: 8, manner }, () => [])
  const columns = target.columns.map(({ name }) => name)
  const valueIn = (row: (typeof rows)[number], column: string): unknown => {
    const cell = row.get(column)
    return cell === undefined ? undefined : 'literal' in cell ? cell.literal : cell.key
  }
  return Object.fromEntries(columns.map((column) => [column, rows.map((row) => valueIn(row, column))]))
}

test('varied rows begin with what programs forget, repeat themselves, and hold NULL where it may be', () => {
  const {
    id: keys,
    name = [],
    stock = [],
    note = [],
  } = made({
    name: f.char({ maxLength: 12 }),
    stock: f.integer(),
    note: f.text({ null: true }),
  })
  assert.deepEqual(keys?.slice(0, 2), [1_000_000, 1_000_001])
  assert.deepEqual(name.slice(0, 3), ['', `Zoë's "ñ" \\ `, 'x'.repeat(12)])
  assert.deepEqual(stock.slice(0, 3), [0, -1, 1])
  assert.ok(new Set(name).size < name.length)
  assert.ok(note.includes(null) && !name.includes(null))
})

test('the same seed makes the same rows, and another makes others', () => {
  const fields = { key: f.uuid(), day: f.date() }
  assert.deepEqual(made(fields), made(fields))
  assert.notDeepEqual(made(fields), made(fields, { seed: 2 }))
})

test('what is unique is there once, whatever its case and its blanks', () => {
  const { slug = [] } = made({ slug: f.slug({ unique: true }) })
  assert.equal(slug.length, 8)
  assert.equal(new Set(slug.map((one) => String(one).trim().toLowerCase())).size, 8)
  const pairs = made(
    { a: f.boolean(), b: f.integer() },
    { options: { constraints: [unique({ fields: ['a', 'b'], name: 'a_and_b' })] } },
  )
  assert.equal(new Set(pairs['a']?.map((one, index) => `${one} ${pairs['b']?.[index]}`)).size, 8)
})

test('plain rows are all different, none empty and none NULL', () => {
  const { name = [], note = [] } = made(
    { name: f.char({ maxLength: 12 }), note: f.text({ null: true }) },
    { manner: 'plain' },
  )
  assert.deepEqual(name, ['1', '2', '3', '4', '5', '6', '7', '8'])
  assert.deepEqual(note, name)
})

test('choices and checks are kept, columns that are compared with each other among them', () => {
  const {
    size = [],
    low = [],
    high = [],
  } = made(
    {
      size: f.char({ maxLength: 2, choices: ['S', 'M'] }),
      low: f.integer(),
      high: f.decimal({ maxDigits: 8, decimalPlaces: 2 }),
    },
    {
      options: {
        constraints: [
          check({ name: 'low', condition: q.between('low', 100, 200) }),
          check({ name: 'high', condition: q.gt('high', q.field('low')) }),
        ],
      },
    },
  )
  assert.deepEqual([...new Set(size)], ['S', 'M'])
  assert.equal(low.length, 8)
  for (const [index, one] of low.entries()) {
    assert.ok(Number(one) >= 100 && Number(one) <= 200 && Number(high[index]) > Number(one), `${one} ${high[index]}`)
  }
})

test('where no row can be found there is none', () => {
  const never = { options: { constraints: [check({ name: 'never', condition: q.and(q.lt('n', 1), q.gt('n', 1)) })] } }
  assert.deepEqual(made({ n: f.integer() }, never), { id: [], n: [] })
})

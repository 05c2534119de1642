import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ColumnType } from '../../schema/column-type.ts'
import { mariadb } from '../mariadb/dialect.ts'
import { mysql } from '../mysql/dialect.ts'

const raw = (sql: string) => ({ kind: 'sql', sql }) as const
const column = { kind: 'column', name: 'a' } as const

for (const { name, reading, spelling } of [mariadb(), mysql()]) {
  test(`${name}: a type is read back from its spelling`, () => {
    const types: readonly ColumnType[] = [
      { type: 'smallInteger' },
      { type: 'integer', unsigned: true },
      { type: 'bigInteger' },
      { type: 'boolean' },
      { type: 'varchar', length: 20 },
      { type: 'text' },
      { type: 'uuid' },
      { type: 'decimal', precision: 12, scale: 2 },
      { type: 'double' },
      { type: 'date' },
      { type: 'time' },
      { type: 'timestamp' },
      { type: 'json' },
      { type: 'binary' },
      { type: 'enum', values: ['a', "it's, so"], native: '' },
    ]
    for (const type of types) assert.deepEqual(reading.type(spelling.type(type)), type)
  })

  test(`${name}: a type that no field has is none`, () => {
    const names = [
      'tinyint',
      'tinyint unsigned',
      'mediumint',
      'int(5) unsigned zerofill',
      'int INVISIBLE',
      'year',
      'bit(1)',
    ]
    for (const type of [
      ...names,
      'char(2)',
      'text',
      'datetime',
      'timestamp',
      'float',
      'decimal(10,2) unsigned',
      "set('a','b')",
    ]) {
      assert.equal(reading.type(type), undefined, type)
    }
  })

  test(`${name}: a literal is read, and nothing else is`, () => {
    for (const [text, value] of [
      ["'it''s'", "it's"],
      ['-1', -1],
      ['TRUE', 1],
      ['4.99', 4.99],
      ['19.90', 19.9],
      ['100', 100],
      ['0.00', 0],
      ["b'0'", undefined],
      ['current_timestamp()', undefined],
      ["'2020-01-01 00:00:00' ON UPDATE current_timestamp()", undefined],
      ['(1 + 2)', undefined],
    ] as const)
      assert.deepEqual(reading.literal(raw(text)), value, text)
  })

  test(`${name}: the conditions that fields bring along are read, and no others`, () => {
    const choice = { kind: 'in', operand: column, values: ['x', 'y'] }
    assert.deepEqual(reading.condition(raw("`a` in ('x','y')")), choice)
    assert.deepEqual(reading.condition(raw("(`a` in (_utf8mb4'x',_utf8mb4'y'))")), choice)
    for (const text of ['`a` > 0', '`a` >= `b`', "`a` in ('x') or `b` in ('y')", 'char_length(`a`) >= 0']) {
      assert.equal(reading.condition(raw(text)), undefined, text)
    }
  })
}

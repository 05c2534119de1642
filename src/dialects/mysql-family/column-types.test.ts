import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ColumnType } from '../../schema/column-type.ts'
import type { Expression } from '../../schema/expression.ts'
import type { Value } from '../../schema/value.ts'
import { mariadb } from '../mariadb/mariadb.ts'
import { mysql } from '../mysql/mysql.ts'
import { spellingOf } from './column-types.ts'
import { defaultDefinition } from './default-definition.ts'
import { toText } from './statement-text.ts'
import type { Flavour } from './variant.ts'

const flavours: { readonly [Name in 'mariadb' | 'mysql']: Flavour } = {
  mariadb: { variant: mariadb, version: '10.11.19' },
  mysql: { variant: mysql, version: '9.7.4' },
}

/** What both say, each at its place where they differ. */
type Both = string | Readonly<Record<keyof typeof flavours, string>>

function assertBoth(said: (flavour: Flavour) => string, expected: Both): void {
  for (const [name, flavour] of Object.entries(flavours)) {
    const text = typeof expected === 'string' ? expected : expected[name as keyof typeof flavours]
    assert.equal(said(flavour), text, name)
  }
}

test('types are spelled as the catalogue prints them', () => {
  const spelled: readonly (readonly [type: ColumnType, text: Both])[] = [
    [{ type: 'smallInteger' }, 'smallint'],
    [{ type: 'integer', unsigned: true }, 'int unsigned'],
    [{ type: 'bigInteger' }, 'bigint'],
    [{ type: 'boolean' }, 'tinyint(1)'],
    [{ type: 'varchar', length: 20 }, 'varchar(20)'],
    [{ type: 'text' }, 'longtext'],
    [{ type: 'uuid' }, { mariadb: 'uuid', mysql: 'char(36)' }],
    [{ type: 'decimal', precision: 12, scale: 2 }, 'decimal(12,2)'],
    [{ type: 'double' }, 'double'],
    [{ type: 'time' }, 'time(6)'],
    [{ type: 'timestamp' }, 'datetime(6)'],
    [{ type: 'json' }, 'json'],
    [{ type: 'binary' }, 'longblob'],
    [{ type: 'enum', values: ['a'] }, 'varchar(255)'],
    [{ type: 'enum', values: ['a', 'x'.repeat(300)] }, 'varchar(300)'],
    [{ type: 'enum', values: ['a', "it's", 'b\\\n'], native: 'mood' }, "enum('a','it''s','b\\\\\\n')"],
    [{ type: 'ipAddress' }, 'varchar(45)'],
    [
      { type: 'custom', types: { mariadb: 'inet6', mysql: 'varbinary(16)' } },
      { mariadb: 'inet6', mysql: 'varbinary(16)' },
    ],
  ]
  for (const [type, text] of spelled) assertBoth((flavour) => spellingOf(flavour).type(type), text)
})

test('a default is written as the server prints it, in parentheses where it needs them', () => {
  const written =
    (fallback: { readonly value: Value } | 'now' | 'uuid', type: ColumnType) =>
    (flavour: Flavour): string => {
      const spelling = spellingOf(flavour)
      return toText(defaultDefinition(spelling.defaultExpression(fallback, type), spelling.type(type), flavour))
    }
  const defaults: readonly (readonly [value: Value, type: ColumnType, text: Both])[] = [
    ["it's \\ \0", { type: 'varchar', length: 9 }, "'it''s \\\\ \\0'"],
    [-1, { type: 'integer' }, '-1'],
    [true, { type: 'boolean' }, 'true'],
    [{ $bigint: '9007199254740993' }, { type: 'bigInteger' }, '9007199254740993'],
    ['2026-11-21', { type: 'date' }, "'2026-11-21'"],
    ['07:54:48.12', { type: 'time' }, "'07:54:48.120000'"],
    ['2026-11-21T07:54:48.120Z', { type: 'timestamp' }, "'2026-11-21 07:54:48.120000'"],
    ['2026-11-21T07:54:48.120Z', { type: 'varchar', length: 30 }, "'2026-11-21T07:54:48.120Z'"],
    ['x', { type: 'text' }, { mariadb: "'x'", mysql: "('x')" }],
    [{ $json: ['a'] }, { type: 'json' }, { mariadb: `'["a"]'`, mysql: `('["a"]')` }],
    [{ $bytes: '00FF' }, { type: 'binary' }, "(unhex('00FF'))"],
  ]
  for (const [value, type, text] of defaults) assertBoth(written({ value }, type), text)
  assertBoth(written('now', { type: 'timestamp' }), 'CURRENT_TIMESTAMP(6)')
  for (const flavour of Object.values(flavours)) {
    assert.match(written('uuid', { type: 'uuid' })(flavour), /^\(lower\(concat\(hex\(random_bytes\(4\)\), .*\)\)$/)
  }
})

test('expressions are written by the rules of these servers', () => {
  const column = (name: string): Expression => ({ kind: 'column', name })
  const value = (literal: Value): Expression => ({ kind: 'value', value: literal })
  const written: readonly (readonly [Expression, Both])[] = [
    [{ kind: 'compare', operator: '=', left: column('a`b'), right: value(true) }, '`a``b` = true'],
    [{ kind: 'call', function: 'length', arguments: [column('a')] }, 'char_length(`a`)'],
    [{ kind: 'call', function: 'jsonValid', arguments: [column('a')] }, 'json_valid(`a`)'],
    [
      {
        kind: 'arithmetic',
        operator: '||',
        left: { kind: 'arithmetic', operator: '||', left: column('a'), right: value(' ') },
        right: column('b'),
      },
      "concat(concat(`a`, ' '), `b`)",
    ],
    [{ kind: 'in', operand: column('a'), values: [] }, 'false'],
    [
      { kind: 'sql', sql: { mariadb: 'a rlike b', mysql: 'regexp_like(a, b)' } },
      { mariadb: 'a rlike b', mysql: 'regexp_like(a, b)' },
    ],
  ]
  for (const [expression, text] of written)
    assertBoth((flavour) => toText(spellingOf(flavour).expression(expression)), text)
})

test('a value is compared in the words of the type that it stands beside', () => {
  const { valueIn } = spellingOf(flavours.mysql)
  assert.equal(valueIn?.('2026-11-21T07:54:48.123Z', { type: 'timestamp' }), '2026-11-21 07:54:48.123000')
  assert.equal(valueIn?.('2026-11-21T07:54:48.123Z', { type: 'text' }), '2026-11-21T07:54:48.123Z')
})

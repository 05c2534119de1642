import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { q } from '../models/q.ts'
import {
  databaseOptions,
  fieldsEqual,
  fieldTypeInWords,
  hasColumn,
  relationOf,
  withoutHints,
} from './database-options.ts'
import { now, sqlDefault, uuid } from './default-functions.ts'
import { f } from './f.ts'
import type { Field } from './field.ts'
import { fieldProblems } from './field-problems.ts'
import { fieldKinds, isNumbered, kindOf } from './kinds.ts'
import { nativeEnumOf } from './native-enum.ts'

describe('a field is plain data', () => {
  it('options that say nothing are left out', () => {
    assert.deepEqual(
      f.char({ maxLength: 5, null: false, unique: false, index: false, primaryKey: false, enforce: true }),
      { kind: 'char', maxLength: 5 },
    )
    assert.deepEqual(f.foreignKey('User', { onDelete: 'noAction', onUpdate: 'noAction' }), {
      kind: 'foreignKey',
      to: 'User',
    })
  })

  it('a foreign key keeps that it has no index, as it would have one otherwise', () => {
    assert.deepEqual(f.foreignKey('User', { index: false }), { kind: 'foreignKey', to: 'User', index: false })
    assert.deepEqual(f.integer({ index: false }), { kind: 'integer' })
  })

  it('a key that the database numbers can be without a sign, or of a type of its own', () => {
    const key = f.positiveSmallAuto({ primaryKey: true })
    assert.deepEqual(key, { kind: 'smallAuto', primaryKey: true, positive: true })
    assert.deepEqual(kindOf(key).columnType(key), { type: 'smallInteger', unsigned: true })
    const own = f.custom({ types: { mysql: 'tinyint unsigned' }, primaryKey: true, autoIncrement: true })
    assert.deepEqual([isNumbered(key), isNumbered(own), isNumbered(f.integer())], [true, true, false])
    assert.deepEqual(fieldProblems(own), [])
    assert.equal(fieldProblems(f.custom({ types: { mysql: 'tinyint' }, autoIncrement: true })).length, 1)
  })

  it('what a kind fills in is written out', () => {
    assert.deepEqual(
      [f.slug(), f.email(), f.url(), f.slug({ maxLength: 9 })],
      [
        { kind: 'slug', maxLength: 50 },
        { kind: 'email', maxLength: 254 },
        { kind: 'url', maxLength: 200 },
        { kind: 'slug', maxLength: 9 },
      ],
    )
    assert.deepEqual(f.positiveInteger(), { kind: 'integer', positive: true })
    assert.deepEqual(f.generated({ expression: q.lower('name'), output: f.text() }), {
      kind: 'generated',
      stored: true,
      expression: { kind: 'call', function: 'lower', arguments: [{ kind: 'column', name: 'name' }] },
      output: { kind: 'text' },
    })
  })

  it('defaults and choices take the form in which they are kept', () => {
    assert.deepEqual(f.dateTime({ default: new Date(0) }).default, '1970-01-01T00:00:00.000Z')
    assert.deepEqual(f.json({ default: { a: 1 } }).default, { $json: { a: 1 } })
    assert.deepEqual(f.dateTime({ default: now() }).default, { $default: 'now' })
    assert.deepEqual(f.uuid({ default: uuid() }).default, { $default: 'uuid' })
    assert.deepEqual(f.date({ default: sqlDefault('CURRENT_DATE') }).default, { $default: 'sql', sql: 'CURRENT_DATE' })
    assert.deepEqual(f.integer({ choices: [1, 2], default: 1n }), { kind: 'integer', choices: [1, 2], default: 1 })
  })

  it('what stands first is data like the rest', () => {
    assert.deepEqual(f.enum(['draft', 'sent'], { native: 'status', default: 'draft' }), {
      kind: 'enum',
      values: ['draft', 'sent'],
      native: 'status',
      default: 'draft',
    })
    assert.deepEqual(f.array(f.integer(), { default: [1n], null: true }), {
      kind: 'array',
      of: { kind: 'integer' },
      default: { $json: [1] },
      null: true,
    })
    assert.deepEqual(f.foreignKey('User', { deferrable: 'deferred' }), {
      kind: 'foreignKey',
      to: 'User',
      deferrable: 'deferred',
    })
  })

  it('it cannot be changed', () => {
    assert.ok(Object.isFrozen(f.text()))
  })
})

describe('two fields are compared by what the database sees', () => {
  it('what only the code reads makes no difference', () => {
    assert.ok(fieldsEqual(f.foreignKey('User', { relatedName: 'a' }), f.foreignKey('User', { relatedName: 'b' })))
    assert.ok(fieldsEqual(f.text({ renamedFrom: 'a' }), f.text()))
    assert.ok(fieldsEqual(f.text({ choices: ['a'], enforce: false }), f.text()))
  })

  it('what the database reads makes one', () => {
    assert.ok(!fieldsEqual(f.text({ choices: ['a'], enforce: false }), f.text({ choices: ['a'] })))
    assert.ok(!fieldsEqual(f.char({ maxLength: 5 }), f.char({ maxLength: 6 })))
    assert.ok(!fieldsEqual(f.char({ maxLength: 50 }), f.slug()))
    assert.ok(!fieldsEqual(f.text(), f.text({ null: true })))
  })

  it('values, their order, elements and types make one', () => {
    assert.ok(!fieldsEqual(f.enum(['a', 'b']), f.enum(['b', 'a'])))
    assert.ok(!fieldsEqual(f.enum(['a']), f.enum(['a'], { native: 'letter' })))
    assert.ok(!fieldsEqual(f.array(f.integer()), f.array(f.bigInteger())))
    assert.ok(fieldsEqual(f.array(f.char({ maxLength: 9 })), f.array(f.char({ maxLength: 9 }))))
    assert.ok(!fieldsEqual(f.custom({ types: { a: 'x' } }), f.custom({ types: { a: 'x', b: 'y' } })))
    assert.ok(!fieldsEqual(f.foreignKey('User'), f.foreignKey('User', { deferrable: 'immediate' })))
  })

  it('a computed field is as equal as what it puts out', () => {
    const expression = q.lower('name')
    assert.ok(
      fieldsEqual(
        f.generated({ expression, output: f.text({ renamedFrom: 'x' }) }),
        f.generated({ expression, output: f.text() }),
      ),
    )
  })

  it('hints are no part of a State, options of the code are', () => {
    const field = f.foreignKey('User', { relatedName: 'a', renamedFrom: 'b' })
    assert.deepEqual(withoutHints(field), { kind: 'foreignKey', to: 'User', relatedName: 'a' })
    assert.deepEqual(databaseOptions(field), { kind: 'foreignKey', to: 'User' })
  })
})

describe('a kind says what shared code asks', () => {
  it('relations and columns', () => {
    assert.deepEqual(
      [f.text(), f.foreignKey('A'), f.oneToOne('A'), f.manyToMany('A')].map((field) => [
        relationOf(field),
        hasColumn(field),
      ]),
      [
        [undefined, true],
        ['foreignKey', true],
        ['oneToOne', true],
        ['manyToMany', false],
      ],
    )
  })

  it('types in words', () => {
    assert.deepEqual(
      [
        f.char({ maxLength: 20 }),
        f.text(),
        f.decimal({ maxDigits: 12, decimalPlaces: 2 }),
        f.char({ maxLength: 5, choices: ['a', 'b'] }),
        f.smallInteger(),
        f.positiveSmallInteger(),
        f.foreignKey('accounts.User'),
        f.enum(['a', 'b'], { native: 'letter' }),
        f.array(f.char({ maxLength: 9 })),
        f.integerRange(),
        f.custom({ types: { plain: 'point' } }),
      ].map(fieldTypeInWords),
      [
        'char, at most 20 characters',
        'text',
        'decimal, 12 digits, 2 of them behind the point',
        'char, at most 5 characters, one of "a", "b"',
        'smallInteger, from -32768 to 32767',
        'smallInteger, from 0 to 32767',
        'the key of accounts.User',
        'enum, one of "a", "b"',
        'array of char, at most 9 characters',
        "integerRange, such as '[1,10)'",
        'custom type point',
      ],
    )
  })

  it('a positive number brings a condition', () => {
    assert.deepEqual(kindOf(f.positiveInteger()).checks?.(f.positiveInteger(), 'stock'), [q.gte('stock', 0)])
    assert.deepEqual(kindOf(f.integer()).checks?.(f.integer(), 'stock'), [])
  })

  it('the type of a computed field is that of its output', () => {
    const field = f.generated({ expression: q.lower('name'), output: f.char({ maxLength: 9 }) })
    assert.deepEqual(kindOf(field).columnType(field), { type: 'varchar', length: 9 })
  })

  it('every kind is filed under its own name and has a factory', () => {
    assert.deepEqual(
      Object.entries(fieldKinds).map(([name, { kind }]) => [name, kind, name in f]),
      Object.keys(fieldKinds).map((name) => [name, name, true]),
    )
  })

  it('a kind that there is not is refused', () => {
    assert.throws(() => kindOf({ kind: 'chat' }), { code: 'models.unknownFieldKind' })
  })

  it('a field without mistakes has no problems', () => {
    assert.deepEqual(fieldProblems(f.char({ maxLength: 5, default: 'a', choices: ['a', 'b'] })), [])
  })

  it('what a kind cannot be is told', () => {
    const long = 'x'.repeat(64)
    const odd: readonly Field[] = [
      { kind: 'enum' },
      f.enum([]),
      f.enum(['']),
      f.enum(['a', 'a']),
      f.enum(['a'], { native: 'audit.letter' }),
      f.enum([long], { native: 'letter' }),
      { kind: 'array' },
      f.array(f.array(f.integer())),
      f.array(f.foreignKey('User')),
      f.array(f.auto()),
      f.array(f.integer({ null: true })),
      // @ts-expect-error the compiler refuses it too
      f.array({ of: f.text() }),
      // @ts-expect-error the compiler refuses it too
      f.array(() => f.text()),
      // @ts-expect-error the compiler refuses it too
      f.generated({ expression: q.lower('name'), output: { of: f.text() } }),
      f.array(f.positiveInteger()),
      f.array(f.enum(['a'])),
      f.array(f.char({ maxLength: 0 })),
      { kind: 'custom' },
      f.custom({ types: {} }),
      f.custom({ types: { plain: '' } }),
      // @ts-expect-error the compiler refuses it too
      f.foreignKey('User', { deferrable: 'later' }),
    ]
    assert.deepEqual(
      odd.map((field) => fieldProblems(field).map(({ problem }) => problem)),
      [
        ['has no values'],
        ['has no values'],
        ['has the value ""'],
        ['has the value "a" twice'],
        ['has the native type "audit.letter"'],
        [`has the value "${long}" of 64 bytes; a native type takes 63`],
        ['does not say what its elements are'],
        ['has elements of the kind array, which no list can hold'],
        ['has elements of the kind foreignKey, which no list can hold'],
        ['has elements of the kind auto, which no list can hold'],
        ['has elements with the option "null"'],
        ['does not say what its elements are'],
        ['does not say what its elements are'],
        ['has no output with a type of its own'],
        ['has elements with the option "positive"'],
        ['has an enum for its elements that no CHECK could hold them to'],
        ['has the maxLength 0, which is no number of characters'],
        ['has no types'],
        ['has no types'],
        ['has no type for plain in its types'],
        ["has the deferrable 'later'"],
      ],
    )
    assert.deepEqual(fieldProblems(f.array(f.enum(['a', 'b'], { native: 'letter' }), { default: ['a'] })), [])
    // @ts-expect-error the compiler refuses it too
    assert.deepEqual(fieldProblems(f.enum(['a'], { default: 'b' })), [
      { problem: "cannot hold its default 'b'", fix: 'Use an enum, one of "a".' },
    ])
  })

  it('the native type of a field is found in a list too', () => {
    const letter = { kind: 'enum', name: 'letter', values: ['a'] }
    const field = f.enum(['a'], { native: 'letter' })
    assert.deepEqual([field, f.array(field), f.enum(['a']), f.text()].map(nativeEnumOf), [
      letter,
      letter,
      undefined,
      undefined,
    ])
  })

  it('a mistyped option is told with the one that was meant', () => {
    const mistyped: object = { kind: 'text', uniqe: true }
    assert.deepEqual(fieldProblems({ kind: 'text', ...mistyped }), [
      {
        problem: 'has the option "uniqe", which text fields do not have',
        fix: 'Remove it. Did you mean "unique"?',
      },
    ])
  })
})

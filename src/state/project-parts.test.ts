import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDialect } from '../../test/support/plain-dialect.ts'
import { sqlite } from '../dialects/sqlite/index.ts'
import { GodwitError } from '../errors/error.ts'
import { f } from '../fields/f.ts'
import type { Field } from '../fields/field.ts'
import type { ModelOptions } from '../models/declarations.ts'
import { check, exclusion, index, unique } from '../models/parts.ts'
import { q } from '../models/q.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import { type Feature, features, type Support } from '../schema/feature.ts'
import type { Table } from '../schema/schema.ts'
import { project } from './project.ts'
import { stateOf } from './with-model.ts'

const id = f.bigAuto({ primaryKey: true })
const column = (name: string): Expression => ({ kind: 'column', name })

/** The tables of a model of these fields and options. */
function tablesOf(
  fields: Readonly<Record<string, Field>>,
  options: ModelOptions = {},
  dialect: Dialect = plainDialect,
) {
  const state = stateOf([
    { app: 'blog', name: 'Tag', fields: { id } },
    { app: 'blog', name: 'Label', fields: { name: f.char({ maxLength: 20, primaryKey: true }) } },
    { app: 'blog', name: 'Post', fields: { id, ...fields }, options },
  ])
  return [...project(state, dialect).tables.values()].filter(({ name }) => !['blog_tag', 'blog_label'].includes(name))
}

function tableOf(...args: Parameters<typeof tablesOf>): Table {
  const [table] = tablesOf(...args)
  assert.ok(table)
  return table
}

function refusal(...args: Parameters<typeof tablesOf>): unknown {
  try {
    return tablesOf(...args)
  } catch (error) {
    return error instanceof GodwitError ? { code: error.code, said: `${error.message} ${error.fix}` } : error
  }
}

/** The plain dialect, which makes this of one feature. */
function making(feature: Feature, support: Support, dialect: Dialect = plainDialect): Dialect {
  return { ...dialect, support: { ...dialect.support, [feature]: support } }
}

/** The plain dialect, whose indexes take ten characters of a text and not one more than is asked. */
const cutting: Dialect = {
  ...plainDialect,
  spelling: {
    ...plainDialect.spelling,
    prefixes: (parts) => parts.map(({ type, asked }) => (type.type === 'text' ? Math.min(asked ?? 10, 10) : undefined)),
  },
}

test('what an index says of its fields reaches the columns', () => {
  const fields = { author: f.foreignKey('Tag'), issuedAt: f.dateTime(), email: f.text() }
  const { indexes } = tableOf(fields, {
    indexes: [
      index({
        name: 'by_author',
        fields: ['author', '-issuedAt'],
        expressions: [{ expression: q.lower('email'), operatorClass: 'text_pattern_ops', nulls: 'first' }],
        method: 'spgist',
        include: ['author', 'issuedAt'],
        nulls: { author: 'first', issuedAt: 'last' },
      }),
    ],
  })
  assert.deepEqual(indexes[0], {
    name: 'by_author',
    parts: [
      { expression: column('author_id'), nulls: 'first' },
      { expression: column('issued_at'), descending: true, nulls: 'last' },
      {
        expression: { kind: 'call', function: 'lower', arguments: [column('email')] },
        nulls: 'first',
        operatorClass: 'text_pattern_ops',
      },
    ],
    include: ['author_id', 'issued_at'],
    method: 'spgist',
  })
})

test('what is usual is left out, so that it is the same index', () => {
  const { indexes } = tableOf(
    { issuedAt: f.dateTime({ index: true }), total: f.integer() },
    {
      indexes: [
        index({ fields: ['issuedAt'], method: 'btree', nulls: { issuedAt: 'last' } }),
        index({ fields: ['-total'], nulls: { total: 'first' } }),
      ],
    },
  )
  assert.deepEqual(
    indexes.map(({ name, parts }) => [name, parts]),
    [
      ['blog_post_issued_at_idx', [{ expression: column('issued_at') }]],
      ['blog_post_total_idx', [{ expression: column('total'), descending: true }]],
    ],
  )
})

test('an index of another method does not serve a foreign key', () => {
  const names = (method: string) =>
    tableOf({ tag: f.foreignKey('Tag') }, { indexes: [index({ fields: ['tag'], name: 'mine', method })] }).indexes.map(
      ({ name }) => name,
    )
  assert.deepEqual(names('brin'), ['mine', 'blog_post_tag_id_idx'])
  assert.deepEqual(names('btree'), ['mine'])
})

test('uniques and exclusions are projected with all that they say', () => {
  const { uniques, exclusions } = tableOf(
    { room: f.integer(), during: f.integerRange() },
    {
      constraints: [
        unique({ fields: ['room'], include: ['during'], nullsNotDistinct: true, deferrable: 'deferred' }),
        exclusion({
          name: 'apart',
          method: 'gist',
          elements: [
            { field: 'room', operator: '=', operatorClass: 'gist_int4_ops' },
            { expression: q.sql('during'), operator: '&&' },
          ],
          where: q.isNotNull('room'),
          deferrable: 'immediate',
        }),
      ],
    },
  )
  assert.deepEqual(uniques, [
    {
      name: 'blog_post_room_uniq',
      generatedName: true,
      parts: [{ expression: column('room') }],
      include: ['during'],
      nullsNotDistinct: true,
      deferrable: 'deferred',
    },
  ])
  assert.deepEqual(exclusions, [
    {
      name: 'apart',
      elements: [
        { expression: column('room'), operator: '=', operatorClass: 'gist_int4_ops' },
        { expression: { kind: 'sql', sql: 'during' }, operator: '&&' },
      ],
      where: { kind: 'not', operand: { kind: 'isNull', operand: column('room') } },
      deferrable: 'immediate',
    },
  ])
})

test('a model in a schema has its tables there, and names of indexes without it', () => {
  const tables = tablesOf({ tags: f.manyToMany('Tag'), tag: f.foreignKey('Tag') }, { schema: 'audit' })
  assert.deepEqual(
    tables.map(({ name, indexes, foreignKeys }) => [
      name,
      ...indexes.map((one) => one.name),
      ...foreignKeys.map((key) => `${key.name} → ${key.references.table}`),
    ]),
    [
      ['audit.blog_post', 'blog_post_tag_id_idx', 'blog_post_tag_id_fk → blog_tag'],
      [
        'audit.blog_post_tags',
        'blog_post_tags_tag_id_idx',
        'blog_post_tags_post_id_fk → audit.blog_post',
        'blog_post_tags_tag_id_fk → blog_tag',
      ],
    ],
  )
})

test('a foreign key says when it is checked', () => {
  const [key] = tableOf({ tag: f.foreignKey('Tag', { deferrable: 'deferred' }) }).foreignKeys
  assert.equal(key?.deferrable, 'deferred')
})

test('a check that has not looked at its rows is one where there are such', () => {
  const options: ModelOptions = {
    constraints: [{ kind: 'check', name: 'positive', condition: q.gt('id', 0), notValid: true }],
  }
  assert.equal(tableOf({}, options).checks[0]?.notValid, true)
  assert.equal(tableOf({}, options, making('notValid', { ignored: 'checked at once' })).checks[0]?.notValid, undefined)
})

test('an index has as much of a text in it as it can take, and no more than is asked', () => {
  const options = { indexes: [index({ fields: ['a', 'id'], prefixLengths: { a: 5 } })] }
  const prefixes = (dialect: Dialect, options?: ModelOptions) =>
    tableOf({ a: f.text({ index: true }) }, options, dialect).indexes.map(({ parts }) =>
      parts.map((part) => part.prefix),
    )
  assert.deepEqual(prefixes(cutting), [[10]])
  assert.deepEqual(prefixes(cutting, options), [[5, undefined], [10]])
  assert.deepEqual(prefixes(plainDialect), [[undefined]])
})

test('an index over the beginning of a key serves no foreign key, which needs the whole of it', () => {
  const { indexes } = tableOf(
    { tag: f.foreignKey('Label') },
    { indexes: [index({ fields: ['tag'], prefixLengths: { tag: 5 } })] },
    { ...cutting, spelling: { ...cutting.spelling, prefixes: (parts) => parts.map(({ asked }) => asked) } },
  )
  assert.deepEqual(
    indexes.map(({ parts }) => parts.map(({ prefix }) => prefix)),
    [[5], [undefined]],
  )
})

test('a number that is never negative is so by its type or by a check, and so is its key elsewhere by its type', () => {
  const unsigned = making(
    'unsigned',
    { works: true },
    {
      ...plainDialect,
      spelling: {
        ...plainDialect.spelling,
        type: (type) => `${type.type}${'unsigned' in type ? ' unsigned' : ''}`,
      },
    },
  )
  const tables = (dialect: Dialect) => {
    const state = stateOf([
      { app: 'blog', name: 'Tag', fields: { id: f.positiveInteger({ primaryKey: true }) } },
      { app: 'blog', name: 'Post', fields: { id: f.foreignKey('Tag', { primaryKey: true }) } },
    ])
    return [...project(state, dialect).tables.values()].map(({ columns, checks }) => [columns[0]?.type, checks.length])
  }
  assert.deepEqual(tables(unsigned), [
    ['integer unsigned', 0],
    ['integer unsigned', 0],
  ])
  assert.deepEqual(tables(plainDialect), [
    ['integer', 1],
    ['integer', 0],
  ])
})

/** For each feature that a model can ask for, one that does. */
const asking: { readonly [F in Feature]?: readonly [fields: Readonly<Record<string, Field>>, options?: ModelOptions] } =
  {
    enum: [{ a: f.enum(['x']) }],
    nativeEnum: [{ a: f.enum(['x'], { native: 'letter' }) }],
    array: [{ a: f.array(f.integer()) }],
    duration: [{ a: f.duration() }],
    ipAddress: [{ a: f.ipAddress() }],
    range: [{ a: f.dateRange() }],
    schema: [{}, { schema: 'audit' }],
    comment: [{ a: f.text({ comment: 'why' }) }],
    collation: [{ a: f.text({ collation: 'C' }) }],
    virtualGenerated: [{ a: f.generated({ expression: q.abs('id'), output: f.integer(), stored: false }) }],
    indexMethod: [{ a: f.text() }, { indexes: [index({ fields: ['a'], method: 'hash' })] }],
    include: [{ a: f.text() }, { constraints: [unique({ fields: ['a'], include: ['id'] })] }],
    operatorClass: [{ a: f.text() }, { indexes: [index({ fields: ['a'], operatorClasses: { a: 'x_ops' } })] }],
    nullsOrder: [{ a: f.text() }, { indexes: [index({ fields: ['a'], nulls: { a: 'last' } })] }],
    nullsNotDistinct: [{ a: f.text() }, { constraints: [unique({ fields: ['a'], nullsNotDistinct: true })] }],
    partialIndex: [{ a: f.text() }, { indexes: [index({ fields: ['a'], where: q.gt('id', 1) })] }],
    expressionIndex: [{ a: f.text() }, { constraints: [unique({ expressions: [q.lower('a')] })] }],
    prefixLength: [{ a: f.text() }, { indexes: [index({ fields: ['a'], prefixLengths: { a: 5 } })] }],
    uniqueText: [{ a: f.text({ unique: true }) }],
    textKey: [{ a: f.text(), b: f.integer() }, { primaryKey: ['a', 'b'] }],
    jsonIndex: [{ a: f.json({ index: true }) }],
    numberedCheck: [{}, { constraints: [check({ name: 'c', condition: q.gt('id', 0) })] }],
    numberedStored: [{ a: f.generated({ expression: q.abs('id'), output: f.integer() }) }],
    numberedVirtual: [{}, { indexes: [index({ expressions: [q.abs('id')] })] }],
    checkUnderAction: [
      { a: f.foreignKey('Tag', { onDelete: 'setNull', null: true }) },
      { constraints: [check({ name: 'c', condition: q.gt('a', 0) })] },
    ],
    storedUnderAction: [
      {
        a: f.foreignKey('Tag', { onUpdate: 'cascade' }),
        b: f.generated({ expression: q.abs('a'), output: f.integer() }),
      },
    ],
    storedUnderCascade: [
      {
        a: f.foreignKey('Tag', { onDelete: 'cascade' }),
        b: f.generated({ expression: q.abs('a'), output: f.integer() }),
      },
    ],
    setDefaultAction: [{ a: f.foreignKey('Tag', { onUpdate: 'setDefault', default: 1 }) }],
    deferrableUnique: [{ a: f.text() }, { constraints: [unique({ fields: ['a'], deferrable: 'immediate' })] }],
    deferrableForeignKey: [{ a: f.foreignKey('Tag', { deferrable: 'immediate' }) }],
    exclusion: [
      { a: f.integerRange() },
      { constraints: [exclusion({ name: 'apart', elements: [{ field: 'a', operator: '&&' }] })] },
    ],
  }

test('what a database refuses is refused by name, with what to do instead', () => {
  for (const [feature, words] of Object.entries(features)) {
    const asked = asking[feature as Feature]
    if (asked === undefined) continue
    const [fields, options] = asked
    const dialect = making(feature as Feature, { refused: 'it is not to be had', instead: 'Do without.' }, cutting)
    const { code, said } = Object(refusal(fields, options, dialect))
    assert.equal(code, 'models.notSupported', feature)
    assert.ok(String(said).includes(`asks for ${words}, and it is not to be had. Do without.`), String(said))
  }
})

test('what a database ignores is left out', () => {
  const plain = tablesOf({ a: f.text() })
  for (const feature of ['comment', 'collation', 'include', 'operatorClass', 'prefixLength'] as const) {
    const [fields, options] = asking[feature] ?? [{}]
    const { columns, indexes, uniques } = tableOf(fields, options, making(feature, { ignored: 'nobody misses it' }))
    assert.deepEqual(columns, plain[0]?.columns, feature)
    for (const { parts, include } of [...indexes, ...uniques]) {
      assert.deepEqual({ parts, include }, { parts: [{ expression: column('a') }], include: undefined })
    }
  }
})

test('SQLite has an enum as text, native or not, and says what else to use for a list', () => {
  const values = ['x', "it's"]
  const of = (field: Field) => {
    const { columns, checks } = tableOf({ a: field }, {}, sqlite())
    return { type: columns[1]?.type, checks: checks.map(({ expression }) => expression) }
  }
  assert.deepEqual(of(f.enum(values, { native: 'letter' })), {
    type: 'text',
    checks: [{ kind: 'in', operand: column('a'), values }],
  })
  assert.deepEqual(of(f.enum(values)), of(f.enum(values, { native: 'letter' })))
  assert.deepEqual(refusal({ a: f.array(f.integer()) }, {}, sqlite()), {
    code: 'models.notSupported',
    said: 'blog.Post.a asks for f.array, and SQLite has no arrays. Use f.json, which holds a list.',
  })
})

test('a type of the user that a database has no name for is refused there', () => {
  const field = f.custom({ types: { other: 'point' } })
  assert.deepEqual(refusal({ a: field }), {
    code: 'models.notSupported',
    said: 'blog.Post.a asks for f.custom, and its types name none for plain. Add plain to its types.',
  })
  assert.equal(tableOf({ a: f.custom({ types: { plain: 'point' } }) }).columns[1]?.type, 'custom')
})

test('given names that the database would cut are refused, generated ones fit', () => {
  const short: Dialect = { ...plainDialect, capabilities: { ...plainDialect.capabilities, identifierLimit: 63 } }
  const long = 'ü'.repeat(32)
  const refused = (...args: Parameters<typeof tablesOf>) => Object(refusal(args[0], args[1], short)).said
  assert.deepEqual(
    [
      refused({}, { table: long }),
      refused({}, { schema: long }),
      refused({ [long]: f.text() }),
      refused({ a: f.text() }, { indexes: [index({ fields: ['a'], name: long })] }),
      refused({ a: f.text() }, { constraints: [unique({ fields: ['a'], name: long })] }),
    ].map((said) => String(said).replace(/ of blog\.Post has a name of 64 bytes; 63 is the most\..*/, '')),
    ['table', 'schema', 'column', 'index', 'constraint'].map((what) => `The ${what} "${long}"`),
  )
  const [table] = tablesOf({ [`a${'b'.repeat(61)}`]: f.text({ index: true }) }, {}, short)
  assert.ok(Buffer.byteLength(table?.indexes[0]?.name ?? long) <= 63)
})

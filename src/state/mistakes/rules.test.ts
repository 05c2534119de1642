import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { f } from '../../fields/f.ts'
import { type AnyModel, model } from '../../models/model.ts'
import { check, exclusion, index, unique } from '../../models/parts.ts'
import { q } from '../../models/q.ts'
import { resolveModels } from '../resolve-models.ts'

const User = model('User', { name: f.char({ maxLength: 50 }) })
const Tag = model('Tag', { name: f.char({ maxLength: 50 }) })

/** Declarations as JavaScript can write them, past the compiler. */
const loose = {
  // biome-ignore lint/suspicious/noExplicitAny: what is tested is what types would have kept away.
  f: f as any,
  // biome-ignore lint/suspicious/noExplicitAny: the same.
  model: model as (name: unknown, fields: any, meta?: any) => AnyModel,
  index: index as (options: unknown) => unknown,
  unique: unique as (options: unknown) => unknown,
  exclusion: exclusion as (options: unknown) => unknown,
}
const lf = loose.f
const one = (fields: object, meta?: object) => ({ billing: [loose.model('Invoice', fields, meta), Tag] })
const name = f.char({ maxLength: 50 })
const long = 'a'.repeat(64)
const composite = model('Pair', { a: f.integer(), b: f.integer() }, { primaryKey: ['a', 'b'] })

const refused: readonly [what: string, code: string, apps: Readonly<Record<string, readonly AnyModel[]>>][] = [
  ['two fields with one column', 'models.duplicateColumn', one({ issuedAt: f.date(), issued_at: f.date() })],
  [
    'two columns apart by case',
    'models.duplicateColumn',
    one({ a: f.date({ column: 'X' }), b: f.date({ column: 'x' }) }),
  ],
  ['an unknown field in an index', 'models.unknownMember', one({ name }, { indexes: [index({ fields: ['nam'] })] })],
  ['an unknown field in a unique', 'models.unknownMember', one({ name }, { constraints: [unique({ fields: ['x'] })] })],
  [
    'an unknown field in a condition',
    'models.unknownMember',
    one({ name }, { indexes: [index({ fields: ['name'], where: q.eq('nme', 1) })] }),
  ],
  [
    'an unknown field in a check',
    'models.unknownMember',
    one({ name }, { constraints: [check({ name: 'c', condition: q.gt('nme', 0) })] }),
  ],
  [
    'a field in a product that is taken for a text',
    'models.fieldAsLiteral',
    one({ a: f.integer(), b: f.integer(), c: f.generated({ expression: q.mul('a', 'b'), output: f.integer() }) }),
  ],
  [
    'a field in a sum in a check that is taken for a text',
    'models.fieldAsLiteral',
    one(
      { a: f.integer(), b: f.integer() },
      { constraints: [check({ name: 'c', condition: q.and(q.gt(q.add('a', 1, 'b'), 0), q.gt('a', 0)) })] },
    ),
  ],
  [
    'a field in an index expression that is taken for a text',
    'models.fieldAsLiteral',
    one({ a: f.integer(), b: f.integer() }, { indexes: [index({ name: 'i', expressions: [q.abs(q.sub('a', 'b'))] })] }),
  ],
  [
    'an unknown field in an index expression',
    'models.unknownMember',
    one({ name }, { indexes: [index({ expressions: [q.lower('nme')] })] }),
  ],
  [
    'an unknown field in a primary key',
    'models.unknownMember',
    one({ name, a: f.text() }, { primaryKey: ['name', 'b'] }),
  ],
  [
    'a many-to-many in an index',
    'models.memberWithoutColumn',
    one({ tags: f.manyToMany(() => Tag) }, { indexes: [index({ fields: ['tags'] })] }),
  ],
  [
    'a field twice in an index',
    'models.repeatedMember',
    one({ name }, { indexes: [index({ fields: ['name', '-name'] })] }),
  ],
  ['an index over nothing', 'models.emptyPart', one({ name }, { indexes: [index({})] })],
  ['a unique among the indexes', 'models.misplacedPart', one({ name }, { indexes: [unique({ fields: ['name'] })] })],
  [
    'an index among the constraints',
    'models.misplacedPart',
    one({ name }, { constraints: [index({ fields: ['name'] })] }),
  ],
  ['maxLength missing', 'models.invalidField', one({ name: lf.char() })],
  ['maxLength of nothing', 'models.invalidField', one({ name: f.char({ maxLength: 0 }) })],
  ['maxLength of a fraction', 'models.invalidField', one({ name: f.char({ maxLength: 1.5 }) })],
  ['maxDigits missing', 'models.invalidField', one({ total: lf.decimal({ decimalPlaces: 2 }) })],
  ['decimalPlaces missing', 'models.invalidField', one({ total: lf.decimal({ maxDigits: 2 }) })],
  ['more places than digits', 'models.invalidField', one({ total: f.decimal({ maxDigits: 2, decimalPlaces: 3 }) })],
  ['too many digits', 'models.invalidField', one({ total: f.decimal({ maxDigits: 66, decimalPlaces: 3 }) })],
  [
    'two primary keys',
    'models.twoPrimaryKeys',
    one({ a: f.text({ primaryKey: true }), b: f.text({ primaryKey: true }) }),
  ],
  [
    'a primary key beside a composite one',
    'models.twoPrimaryKeys',
    one({ a: f.text({ primaryKey: true }), b: f.text(), c: f.text() }, { primaryKey: ['b', 'c'] }),
  ],
  ['a composite key of one field', 'models.shortPrimaryKey', one({ name }, { primaryKey: ['name'] })],
  [
    'a composite key that may be NULL',
    'models.unusableKeyField',
    one({ name, a: f.text({ null: true }) }, { primaryKey: ['name', 'a'] }),
  ],
  ['a primary key that may be NULL', 'models.invalidField', one({ name: f.text({ primaryKey: true, null: true }) })],
  ['an id that is no key', 'models.idTaken', one({ id: f.integer() })],
  ['a key that is itself', 'models.keyCycle', one({ twin: f.oneToOne('self', { primaryKey: true }) })],
  [
    'keys in a circle',
    'models.several',
    {
      a: [
        model('A', { b: f.oneToOne('B', { primaryKey: true }) }),
        model('B', { a: f.oneToOne('A', { primaryKey: true }) }),
      ],
    },
  ],
  ['a field with a leading underscore', 'models.invalidFieldName', one({ _name: name })],
  ['a field with two underscores', 'models.invalidFieldName', one({ a__b: name })],
  ['a field with a trailing underscore', 'models.invalidFieldName', one({ name_: name })],
  ['a field with a blank', 'models.invalidFieldName', one({ 'full name': name })],
  ['a field that is none', 'models.notAField', one({ name: 'text' })],
  ['a field of an unknown kind', 'models.notAField', one({ name: { kind: 'varchar' } })],
  ['a model in lower case', 'models.invalidModelName', { billing: [model('invoice', { name })] }],
  ['a model with a dash', 'models.invalidModelName', { billing: [model('Invoice-Line', { name })] }],
  ['a long table', 'models.nameTooLong', one({ name }, { table: long })],
  ['a long column', 'models.nameTooLong', one({ [long]: name })],
  ['a long index', 'models.nameTooLong', one({ name }, { indexes: [index({ fields: ['name'], name: long })] })],
  ['a long join table', 'models.nameTooLong', one({ tags: f.manyToMany(() => Tag, { table: long }) })],
  ['a reserved table', 'models.reservedName', one({ name }, { table: 'godwit_things' })],
  ['a table reserved by the database', 'models.reservedName', one({ name }, { table: 'sqlite_things' })],
  ['an empty table name', 'models.unusableName', one({ name }, { table: '' })],
  ['a target in no app', 'models.targetInNoApp', one({ owner: f.foreignKey(() => User) })],
  ['a target that is undefined', 'models.targetUndefined', one({ owner: f.foreignKey(() => undefined) })],
  [
    'a target read too early',
    'models.targetUndefined',
    one({
      owner: f.foreignKey(() => {
        throw new ReferenceError("Cannot access 'User' before initialization")
      }),
    }),
  ],
  ['a target without a thunk', 'models.targetNotThunk', one({ tag: f.foreignKey(Tag) })],
  ['a target that is no model', 'models.targetNotModel', one({ tag: f.foreignKey(() => 42) })],
  ['an unknown target', 'models.targetUnknown', one({ tag: f.foreignKey('billing.Tags') })],
  ['an unknown target in the same app', 'models.targetUnknown', one({ tag: f.foreignKey('Tags') })],
  [
    'a key of several columns',
    'models.targetCompositeKey',
    { a: [composite, model('B', { pair: f.foreignKey('Pair') })] },
  ],
  [
    'many-to-many from a key of several columns',
    'models.targetCompositeKey',
    {
      a: [Tag, model('Pair', { a: f.text(), b: f.text(), tags: f.manyToMany('Tag') }, { primaryKey: ['a', 'b'] })],
    },
  ],
  ['two models of one name', 'models.duplicateModel', { billing: [Tag, model('Tag', {})] }],
  [
    'two models of one table',
    'models.duplicateTable',
    { billing: [Tag, model('Label', {}, { table: 'Billing_Tag' })] },
  ],
  [
    'a model and a join table of one name',
    'models.duplicateTable',
    { a: [Tag, model('Post', { tags: f.manyToMany('Tag') }), model('Label', {}, { table: 'a_post_tags' })] },
  ],
  ['one model in two apps', 'models.sharedModel', { a: [Tag], b: [Tag] }],
  ['a default of another type', 'models.invalidField', one({ stock: lf.integer({ default: 'many' }) })],
  ['a default that is too long', 'models.invalidField', one({ name: f.char({ maxLength: 3, default: 'draft' }) })],
  ['a default out of range', 'models.invalidField', one({ stock: f.smallInteger({ default: 40_000 }) })],
  ['a negative default of a positive', 'models.invalidField', one({ stock: f.positiveInteger({ default: -1 }) })],
  [
    'a default that is no choice',
    'models.invalidField',
    one({ name: f.char({ maxLength: 9, choices: ['a'], default: 'b' }) }),
  ],
  [
    'a function that the kind cannot hold',
    'models.invalidField',
    one({ name: lf.text({ default: { $default: 'now' } }) }),
  ],
  ['a default that is no key', 'models.invalidField', one({ tag: f.foreignKey(() => Tag, { default: 'first' }) })],
  ['no choices', 'models.invalidField', one({ name: f.text({ choices: [] }) })],
  ['choices of another type', 'models.invalidField', one({ name: lf.text({ choices: ['a', 1] }) })],
  [
    'two indexes of one name',
    'models.duplicateName',
    {
      a: [
        model('A', { name }, { indexes: [index({ fields: ['name'], name: 'by_name' })] }),
        model('B', { name }, { constraints: [unique({ fields: ['name'], name: 'BY_NAME' })] }),
      ],
    },
  ],
  [
    'setNull of what cannot be NULL',
    'models.invalidField',
    one({ tag: f.foreignKey(() => Tag, { onDelete: 'setNull' }) }),
  ],
  [
    'setDefault without a default',
    'models.invalidField',
    one({ tag: f.foreignKey(() => Tag, { onDelete: 'setDefault' }) }),
  ],
  ['an unknown action', 'models.invalidField', one({ tag: lf.foreignKey(() => Tag, { onDelete: 'protect' }) })],
  ['an auto that is no key', 'models.invalidField', one({ number: f.auto() })],
  ['an auto with a default', 'models.invalidField', one({ id: lf.auto({ primaryKey: true, default: 1 }) })],
  [
    'a reverse name taken twice',
    'models.relatedNameTaken',
    one({ a: f.foreignKey('Tag', { relatedName: 'x' }), b: f.foreignKey('Tag', { relatedName: 'x' }) }),
  ],
  [
    'a reverse name that is a field',
    'models.relatedNameTaken',
    one({ a: f.foreignKey('Tag', { relatedName: 'name' }) }),
  ],
  [
    'a reverse name that is no name',
    'models.invalidField',
    one({ a: f.foreignKey('Tag', { relatedName: 'my-tags' }) }),
  ],
  [
    'a generated field with a default',
    'models.invalidField',
    one({ name, a: lf.generated({ expression: q.lower('name'), output: f.text(), default: 'x' }) }),
  ],
  [
    'a generated field of itself',
    'models.generatedReadsGenerated',
    one({ a: f.generated({ expression: q.lower('a'), output: f.text() }) }),
  ],
  [
    'a generated field of a generated one',
    'models.generatedReadsGenerated',
    one({
      name,
      a: f.generated({ expression: q.lower('name'), output: f.text() }),
      b: f.generated({ expression: q.lower('a'), output: f.text() }),
    }),
  ],
  [
    'a generated field of an unknown one',
    'models.unknownMember',
    one({ a: f.generated({ expression: q.lower('b'), output: f.text() }) }),
  ],
  [
    'a generated field of a relation without a column',
    'models.memberWithoutColumn',
    one({ tags: f.manyToMany('Tag'), a: f.generated({ expression: q.lower('tags'), output: f.text() }) }),
  ],
  [
    'a generated field without a type',
    'models.invalidField',
    one({ name, a: lf.generated({ expression: q.lower('name') }) }),
  ],
  ['a generated field without an expression', 'models.invalidField', one({ a: lf.generated({ output: f.text() }) })],
  [
    'a join model without a key to a side',
    'models.throughAmbiguous',
    {
      a: [
        Tag,
        model('Post', { tags: f.manyToMany('Tag', { through: 'J' }) }),
        model('J', { post: f.foreignKey('Post') }),
      ],
    },
  ],
  [
    'a join model with several keys to a side',
    'models.throughAmbiguous',
    {
      a: [
        Tag,
        model('Post', { tags: f.manyToMany('Tag', { through: 'J' }) }),
        model('J', { post: f.foreignKey('Post'), other: f.foreignKey('Post'), tag: f.foreignKey('Tag') }),
      ],
    },
  ],
  [
    'throughFields that are no keys',
    'models.throughFieldsWrong',
    {
      a: [
        Tag,
        model('Post', { tags: f.manyToMany('Tag', { through: 'J', throughFields: ['post', 'label'] }) }),
        model('J', { post: f.foreignKey('Post'), tag: f.foreignKey('Tag') }),
      ],
    },
  ],
  [
    'a join model and a table',
    'models.invalidField',
    {
      a: [
        Tag,
        model('Post', { tags: f.manyToMany('Tag', { through: 'J', table: 'x' }) }),
        model('J', { post: f.foreignKey('Post'), tag: f.foreignKey('Tag') }),
      ],
    },
  ],
  ['a many-to-many that may be NULL', 'models.invalidField', one({ tags: lf.manyToMany('Tag', { null: true }) })],
  ['a table with a dot', 'models.dottedName', one({ name }, { table: 'audit.invoice' })],
  ['a schema with a dot', 'models.dottedName', one({ name }, { schema: 'a.b' })],
  ['a join table with a dot', 'models.dottedName', one({ tags: f.manyToMany(() => Tag, { table: 'audit.tags' }) })],
  ['a long schema', 'models.nameTooLong', one({ name }, { schema: long })],
  [
    'two tables of one name in one schema',
    'models.duplicateTable',
    {
      a: [
        model('A', {}, { schema: 'audit', table: 'log' }),
        model('B', {}, { schema: 'audit', table: 'LOG' }),
        model('C', {}, { table: 'log' }),
      ],
    },
  ],
  [
    'an unknown field that is included',
    'models.unknownMember',
    one({ name }, { indexes: [index({ fields: ['name'], include: ['nam'] })] }),
  ],
  [
    'a many-to-many that is included',
    'models.memberWithoutColumn',
    one({ name, tags: f.manyToMany(() => Tag) }, { indexes: [index({ fields: ['name'], include: ['tags'] })] }),
  ],
  [
    'a field that is included twice',
    'models.repeatedMember',
    one({ name }, { constraints: [unique({ fields: ['name'], include: ['id', 'id'] })] }),
  ],
  [
    'NULLs in a place that there is not',
    'models.invalidPart',
    one({ name }, { indexes: [loose.index({ fields: ['name'], nulls: { name: 'start' } })] }),
  ],
  [
    'a prefix length that is none',
    'models.invalidPart',
    one({ name }, { indexes: [index({ fields: ['name'], prefixLengths: { name: 0 } })] }),
  ],
  [
    'a prefix length for a number',
    'models.invalidPart',
    one({ n: f.integer() }, { indexes: [index({ fields: ['n'], prefixLengths: { n: 3 } })] }),
  ],
  [
    'a prefix length in a unique',
    'models.invalidPart',
    one({ name }, { constraints: [loose.unique({ fields: ['name'], prefixLengths: { name: 3 } })] }),
  ],
  [
    'an unknown field in an exclusion',
    'models.unknownMember',
    one({ name }, { constraints: [exclusion({ name: 'x', elements: [{ field: 'nam', operator: '=' }] })] }),
  ],
  [
    'an unknown field in the condition of an exclusion',
    'models.unknownMember',
    one(
      { name },
      {
        constraints: [exclusion({ name: 'x', elements: [{ field: 'name', operator: '=' }], where: q.isNull('nam') })],
      },
    ),
  ],
  [
    'an exclusion of nothing',
    'models.invalidPart',
    one({ name }, { constraints: [exclusion({ name: 'x', elements: [] })] }),
  ],
  [
    'an element without an operator',
    'models.invalidPart',
    one({ name }, { constraints: [exclusion({ name: 'x', elements: [{ field: 'name', operator: '' }] })] }),
  ],
  [
    'an exclusion without a name',
    'models.invalidPart',
    one({ name }, { constraints: [loose.exclusion({ elements: [{ field: 'name', operator: '=' }] })] }),
  ],
  [
    'a check without a name',
    'models.invalidPart',
    one({ name }, { constraints: [{ ...check({ name: 'x', condition: q.isNotNull('name') }), name: undefined }] }),
  ],
  [
    'an element of nothing',
    'models.invalidPart',
    one({ name }, { constraints: [loose.exclusion({ name: 'x', elements: [{ operator: '=' }] })] }),
  ],
  [
    'a deferrable unique over some rows',
    'models.invalidPart',
    one({ name }, { constraints: [unique({ fields: ['name'], where: q.isNull('name'), deferrable: 'deferred' })] }),
  ],
  [
    'a deferrable unique over an expression',
    'models.invalidPart',
    one({ name }, { constraints: [unique({ expressions: [q.lower('name')], deferrable: 'deferred' })] }),
  ],
  [
    'a deferrable unique with a descending field',
    'models.invalidPart',
    one({ name }, { constraints: [unique({ fields: ['-name'], deferrable: 'immediate' })] }),
  ],
  [
    'a unique that is checked at no known moment',
    'models.invalidPart',
    one({ name }, { constraints: [loose.unique({ fields: ['name'], deferrable: 'later' })] }),
  ],
  [
    'a native type with two lists of values',
    'models.enumValuesDiffer',
    one({ a: f.enum(['x'], { native: 'letter' }), b: f.array(f.enum(['x', 'y'], { native: 'letter' })) }),
  ],
  [
    'a native type in two apps',
    'models.enumInTwoApps',
    {
      a: [model('A', { letter: f.enum(['x'], { native: 'letter' }) })],
      b: [model('B', { letter: f.enum(['x'], { native: 'letter' }) })],
    },
  ],
  ['a native type called like a table', 'models.duplicateName', one({ a: f.enum(['x'], { native: 'billing_tag' }) })],
  ['a long native type', 'models.nameTooLong', one({ a: f.enum(['x'], { native: long }) })],
  ['an unknown option of a field', 'models.invalidField', one({ name: lf.text({ nul: true }) })],
  ['an unknown option of a model', 'models.unknownMetaOption', one({ name }, { tabel: 'x' })],
]

describe('a declaration is refused', () => {
  for (const [what, code, apps] of refused) {
    it(what, () => {
      assert.throws(
        () => resolveModels(new Map(Object.entries(apps))),
        (error: { code?: string; message: string; fix?: string }) => {
          assert.deepEqual(
            { code: error.code, hasFix: (error.fix ?? '') !== '' },
            { code, hasFix: true },
            error.message,
          )
          return true
        },
      )
    })
  }
})

it('a text that is joined to a field, and one that is compared with it, is a text even where a field is called so', () => {
  const text = f.char({ maxLength: 50 })
  const fields = {
    a: text,
    b: text,
    c: f.generated({ expression: q.concat('a', 'b', q.field('b')), output: f.text() }),
  }
  const constraints = [
    check({ name: 'c', condition: q.ne('a', 'b') }),
    check({ name: 'd', condition: q.gt(q.sub(q.length('a'), q.length('b')), 0) }),
  ]
  assert.doesNotThrow(() => resolveModels(new Map(Object.entries(one(fields, { constraints })))))
})

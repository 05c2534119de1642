import fc from 'fast-check'
import { sqlDefault } from '../../src/fields/default-functions.ts'
import { f } from '../../src/fields/f.ts'
import type { Field } from '../../src/fields/field.ts'
import { fieldProblems } from '../../src/fields/field-problems.ts'
import type { ConstraintDeclaration, IndexDeclaration, PartDeclaration } from '../../src/models/declarations.ts'
import type { Operation, SqlSource, SqlStatement } from '../../src/operations/operation.ts'
import type { Expression, SqlText } from '../../src/schema/expression.ts'
import type { Json, Value } from '../../src/schema/value.ts'

/** A record of arbitraries in which any of these keys may be missing: a key is never there without a value. */
function record<T extends object>(shape: { [Key in keyof T]: fc.Arbitrary<T[Key]> }, optional: readonly (keyof T)[]) {
  const requiredKeys = (Object.keys(shape) as (keyof T)[]).filter((key) => !optional.includes(key))
  return fc.record(shape, { requiredKeys, noNullPrototype: true }) as unknown as fc.Arbitrary<T>
}

const word = fc.oneof(
  fc.constantFrom('name', 'status', 'issuedAt', 'total', 'Invoice'),
  fc.stringMatching(/^[a-z]\w{0,8}$/),
)
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom("it's", '"', '`$' + '{x}`', 'a\nb', '\\', '\u2028', '</script>'),
)
const key = fc.oneof(word, text)
const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>
const bytes = fc.uint8Array({ maxLength: 6 })
const beyond = fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }).map((digits) => ({ $bigint: String(digits) }))
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))

/** Any literal, in the form in which it is kept. */
export const arbitraryValue: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  number,
  text,
  beyond,
  bytes.map((content) => ({ $bytes: Buffer.from(content).toString('hex') })),
  json.map((content) => ({ $json: content })),
)

const sqlText: fc.Arbitrary<SqlText> = fc.oneof(text, fc.dictionary(key, text, { noNullPrototype: true, maxKeys: 3 }))

/** Any expression, those that the builder cannot make included. */
export const arbitraryExpression: fc.Arbitrary<Expression> = fc.letrec<{ expression: Expression }>((tie) => {
  const inner = tie('expression')
  const several = fc.array(inner, { maxLength: 3 })
  const one = <Kind extends Expression['kind'], Rest extends object>(
    kind: Kind,
    rest: { [Key in keyof Rest]: fc.Arbitrary<Rest[Key]> },
  ) => record<{ kind: Kind } & Rest>({ kind: fc.constant(kind), ...rest } as never, [])
  return {
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      one('column', { name: key }),
      one('value', { value: arbitraryValue }),
      one('compare', { operator: fc.constantFrom('=', '<>', '<', '<=', '>', '>='), left: inner, right: inner }),
      one('arithmetic', { operator: fc.constantFrom('+', '-', '*', '/', '||'), left: inner, right: inner }),
      one('in', { operand: inner, values: fc.array(arbitraryValue, { maxLength: 3 }) }),
      one('between', { operand: inner, low: inner, high: inner }),
      one('like', { operand: inner, pattern: text }),
      one('isNull', { operand: inner }),
      one('and', { operands: several }),
      one('or', { operands: several }),
      one('not', { operand: inner }),
      one('call', {
        function: fc.constantFrom('lower', 'upper', 'length', 'abs', 'coalesce', 'trim'),
        arguments: several,
      }),
      one('sql', { sql: sqlText }),
    ) as fc.Arbitrary<Expression>,
  }
}).expression

const common = {
  null: fc.boolean(),
  unique: fc.boolean(),
  index: fc.boolean(),
  primaryKey: fc.boolean(),
  column: key,
  comment: text,
}
const commonKeys = Object.keys(common) as (keyof typeof common)[]
const computed = sqlText.map((sql) => sqlDefault(sql))
const actions = fc.constantFrom('cascade', 'restrict', 'setNull', 'setDefault', 'noAction')

/** Options of a factory, each of which may be missing. */
function options(shape: Readonly<Record<string, fc.Arbitrary<unknown>>>, required: readonly string[] = []) {
  const all: Record<string, fc.Arbitrary<unknown>> = { ...common, ...shape }
  return record(all, [
    ...commonKeys,
    ...Object.keys(shape).filter((name) => !required.includes(name)),
  ]) as fc.Arbitrary<never>
}

const wholeNumber = options({
  default: fc.oneof(fc.integer(), computed),
  choices: fc.array(fc.integer(), { maxLength: 3 }),
  enforce: fc.boolean(),
})

const plainField: fc.Arbitrary<Field> = fc.oneof(
  options({}).map((given) => f.bigAuto(given)),
  wholeNumber.map((given) => f.integer(given)),
  wholeNumber.map((given) => f.positiveSmallInteger(given)),
  options({ default: fc.oneof(beyond, fc.integer()) }).map((given) => f.positiveBigInteger(given)),
  options({ default: fc.boolean() }).map((given) => f.boolean(given)),
  options(
    {
      maxLength: fc.integer({ min: 30, max: 255 }),
      default: fc.oneof(text, computed),
      choices: fc.array(text, { maxLength: 4 }),
      collation: text,
    },
    ['maxLength'],
  ).map((given) => f.char(given)),
  options({ default: text }).map((given) => f.slug(given)),
  options({ default: fc.constant({ $default: 'uuid' }) }).map((given) => f.uuid(given)),
  options(
    {
      maxDigits: fc.constant(40),
      decimalPlaces: fc.constant(2),
      default: fc.oneof(fc.integer(), fc.constantFrom('12345678901234567890.25', '0.5')),
    },
    ['maxDigits', 'decimalPlaces'],
  ).map((given) => f.decimal(given)),
  options({ default: number }).map((given) => f.float(given)),
  options({
    default: fc.oneof(
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
      fc.constant({ $default: 'now' }),
    ),
  }).map((given) => f.dateTime(given)),
  options({ default: fc.oneof(json, fc.constant({ $json: null }), fc.constant({ $json: { $default: 'now' } })) }).map(
    (given) => f.json(given),
  ),
  options({ default: bytes }).map((given) => f.binary(given)),
  options({ onDelete: actions, onUpdate: actions, relatedName: word, default: fc.integer() }).map((given) =>
    f.foreignKey('accounts.User', given),
  ),
  record({ table: key, relatedName: word, through: fc.constant('blog.Tagging') }, [
    'table',
    'relatedName',
    'through',
  ]).map((given) => f.manyToMany('blog.Tag', given as never)),
)

/** A field of any kind, as its factory makes it; what no migration may hold is left out. */
export const arbitraryField: fc.Arbitrary<Field> = fc
  .oneof(
    { weight: 9, arbitrary: plainField },
    {
      weight: 1,
      arbitrary: fc
        .tuple(arbitraryExpression, plainField, fc.boolean())
        .map(([expression, output, stored]) => f.generated({ expression, output, stored })),
    },
  )
  .filter((field) => fieldProblems(field).length === 0)

const part: fc.Arbitrary<PartDeclaration> = fc.oneof(
  record<{ field: string; descending?: true }>({ field: word, descending: fc.constant(true) }, ['descending']),
  record<{ expression: Expression; descending?: true }>(
    { expression: arbitraryExpression, descending: fc.constant(true) },
    ['descending'],
  ),
)
const covering = { name: key, parts: fc.array(part, { maxLength: 3 }), where: arbitraryExpression }
const index = record<IndexDeclaration>(covering, ['name', 'where'])
const constraint: fc.Arbitrary<ConstraintDeclaration> = fc.oneof(
  record({ kind: fc.constant('unique' as const), ...covering }, ['name', 'where']),
  record({ kind: fc.constant('check' as const), name: key, condition: arbitraryExpression }, []),
) as fc.Arbitrary<ConstraintDeclaration>

const statement: fc.Arbitrary<string | SqlStatement> = fc.oneof(
  text,
  record<SqlStatement>({ sql: text, parameters: fc.array(arbitraryValue, { maxLength: 3 }) }, ['parameters']),
)
const statements = fc.oneof(text, fc.array(statement, { maxLength: 3 }))
const sqlSource: fc.Arbitrary<SqlSource> = fc.oneof(
  statements,
  fc.dictionary(key, statements, { noNullPrototype: true, maxKeys: 2 }),
)

const modelOptions = record(
  {
    table: key,
    comment: text,
    managed: fc.constant(false),
    primaryKey: fc.array(word, { minLength: 1, maxLength: 3 }),
    indexes: fc.array(index, { maxLength: 2 }),
    constraints: fc.array(constraint, { maxLength: 2 }),
  },
  ['table', 'comment', 'managed', 'primaryKey', 'indexes', 'constraints'],
)

/** An operation of any kind that is data, with content of any kind: whether it fits a State is not asked. */
export const arbitraryOperation: fc.Arbitrary<Operation> = fc.letrec<{ operation: Operation }>((tie) => {
  const one = (
    kind: Operation['kind'],
    shape: Readonly<Record<string, fc.Arbitrary<unknown>>>,
    optional: readonly string[] = [],
  ) =>
    record<Record<string, unknown>>(
      { kind: fc.constant(kind), ...shape },
      optional,
    ) as unknown as fc.Arbitrary<Operation>
  const nested = fc.array(tie('operation'), { maxLength: 2 })
  return {
    operation: fc.oneof(
      { maxDepth: 2 },
      one(
        'createModel',
        {
          name: word,
          fields: fc.dictionary(key, arbitraryField, { noNullPrototype: true, maxKeys: 5 }),
          options: modelOptions,
        },
        ['options'],
      ),
      one('deleteModel', { name: word }),
      one('renameModel', { from: word, to: word }),
      one('moveModel', { model: text }),
      one('alterModelTable', { name: word, table: text }, ['table']),
      one('alterModelTableComment', { name: word, comment: text }, ['comment']),
      one('alterModelOptions', {
        name: word,
        options: record({ managed: fc.constant(false), primaryKey: fc.array(word) }, ['managed', 'primaryKey']),
      }),
      one('addField', { model: word, name: word, field: arbitraryField, fillExisting: arbitraryValue }, [
        'fillExisting',
      ]),
      one('removeField', { model: word, name: word, fillRestored: arbitraryValue }, ['fillRestored']),
      one(
        'alterField',
        {
          model: word,
          name: word,
          field: arbitraryField,
          cast: arbitraryExpression,
          castRestored: arbitraryExpression,
          fillExisting: arbitraryValue,
          fillRestored: arbitraryValue,
        },
        ['cast', 'castRestored', 'fillExisting', 'fillRestored'],
      ),
      one('renameField', { model: word, from: word, to: word }),
      one('addIndex', { model: word, index }),
      one('removeIndex', { model: word, index }),
      one('renameIndex', { model: word, index, name: word }, ['name']),
      one('addConstraint', { model: word, constraint }),
      one('removeConstraint', { model: word, constraint }),
      one('alterConstraint', { model: word, name: word, constraint }),
      one(
        'runSql',
        {
          forwards: sqlSource,
          backwards: sqlSource,
          stateOperations: nested,
          done: sqlText,
          elidable: fc.constant(true),
        },
        ['backwards', 'stateOperations', 'done', 'elidable'],
      ),
      one('separateDatabaseAndState', { databaseOperations: nested, stateOperations: nested }),
    ),
  }
}).operation

import fc from 'fast-check'
import { sqlDefault } from '../../src/fields/default-functions.ts'
import { f } from '../../src/fields/f.ts'
import type { Field } from '../../src/fields/field.ts'
import { fieldProblems } from '../../src/fields/field-problems.ts'
import type {
  CheckDeclaration,
  ConstraintDeclaration,
  ExclusionDeclaration,
  ExclusionElementDeclaration,
  IndexDeclaration,
  PartDeclaration,
  UniqueDeclaration,
} from '../../src/models/declarations.ts'
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

const enumValues = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 })
const deferrable = fc.constantFrom('immediate' as const, 'deferred' as const)

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
  options({ onDelete: actions, onUpdate: actions, relatedName: word, default: fc.integer(), deferrable }).map((given) =>
    f.foreignKey('accounts.User', given),
  ),
  options({ default: fc.constantFrom('draft', "it's") }).map((given) => f.enum(['draft', "it's"], given)),
  fc.tuple(enumValues, options({ native: word })).map(([values, given]) => f.enum(values, given)),
  options({ default: fc.array(fc.integer(), { maxLength: 3 }) }).map((given) => f.array(f.integer(), given)),
  options({ default: fc.array(text, { maxLength: 2 }) }).map((given) => f.array(f.text(), given)),
  options({ default: fc.array(json, { maxLength: 2 }) }).map((given) => f.array(f.json(), given)),
  options({ default: fc.array(bytes, { maxLength: 2 }) }).map((given) => f.array(f.binary(), given)),
  options({ default: fc.array(fc.constantFrom('a', 'b')) }).map((given) =>
    f.array(f.enum(['a', 'b'], { native: 'letter' }), given),
  ),
  options({ default: fc.constantFrom('P1D', 'PT-2H0.5S', 'p2dt3m') }).map((given) => f.duration(given)),
  options({ default: fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant('10.0.0.0/8')) }).map((given) => f.ipAddress(given)),
  options({ default: fc.constantFrom('[1,10)', '(,5]', 'EMPTY') }).map((given) => f.integerRange(given)),
  options({ default: fc.constantFrom('[1.50,2)', '(,)') }).map((given) => f.decimalRange(given)),
  options({ default: fc.constantFrom('["2026-01-01T00:00:00Z",)') }).map((given) => f.dateTimeRange(given)),
  options({ types: fc.dictionary(key, word, { noNullPrototype: true, minKeys: 1, maxKeys: 2 }), default: text }, [
    'types',
  ]).map((given) => f.custom(given)),
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

const order = {
  descending: fc.constant(true as const),
  nulls: fc.constantFrom('first' as const, 'last' as const),
  operatorClass: word,
}
const orderKeys = ['descending', 'nulls', 'operatorClass'] as const
const fieldOrExpression = fc.oneof(record({ field: key }, []), record({ expression: arbitraryExpression }, []))
const part: fc.Arbitrary<PartDeclaration> = fc
  .tuple(fieldOrExpression, record(order, orderKeys))
  .map(([over, how]): PartDeclaration => ({ ...over, ...how }))
const indexPart: fc.Arbitrary<PartDeclaration> = fc
  .tuple(part, record({ prefixLength: fc.integer({ min: 1, max: 500 }) }, ['prefixLength']))
  .map(([over, how]): PartDeclaration => ('field' in over ? { ...over, ...how } : over))
const element: fc.Arbitrary<ExclusionElementDeclaration> = fc
  .tuple(fieldOrExpression, record({ operator: text, operatorClass: word }, ['operatorClass']))
  .map(([over, how]): ExclusionElementDeclaration => ({ ...over, ...how }))
const covering = {
  name: key,
  parts: fc.array(part, { maxLength: 3 }),
  where: arbitraryExpression,
  include: fc.array(key, { minLength: 1, maxLength: 2 }),
}
const index = record<IndexDeclaration>({ ...covering, parts: fc.array(indexPart, { maxLength: 3 }), method: word }, [
  'name',
  'where',
  'include',
  'method',
])
const unique = record<UniqueDeclaration>(
  { kind: fc.constant('unique'), ...covering, nullsNotDistinct: fc.constant(true), deferrable },
  ['name', 'where', 'include', 'nullsNotDistinct', 'deferrable'],
)
const check = record<CheckDeclaration>(
  { kind: fc.constant('check'), name: key, condition: arbitraryExpression, notValid: fc.constant(true) },
  ['notValid'],
)
const exclusion = record<ExclusionDeclaration>(
  {
    kind: fc.constant('exclusion'),
    name: key,
    method: word,
    elements: fc.array(element, { maxLength: 2 }),
    where: arbitraryExpression,
    deferrable,
  },
  ['method', 'where', 'deferrable'],
)
const constraint: fc.Arbitrary<ConstraintDeclaration> = fc.oneof(unique, check, exclusion)

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
    schema: word,
    comment: text,
    managed: fc.constant(false),
    primaryKey: fc.array(word, { minLength: 1, maxLength: 3 }),
    indexes: fc.array(index, { maxLength: 2 }),
    constraints: fc.array(constraint, { maxLength: 2 }),
  },
  ['table', 'schema', 'comment', 'managed', 'primaryKey', 'indexes', 'constraints'],
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
      one('alterModelTable', { name: word, table: text, schema: word }, ['table', 'schema']),
      one('alterModelTableComment', { name: word, comment: text }, ['comment']),
      one('alterModelOptions', {
        name: word,
        options: record({ managed: fc.constant(false), primaryKey: fc.array(word) }, ['managed', 'primaryKey']),
      }),
      one('addField', { model: word, name: word, field: arbitraryField, fillExisting: arbitraryValue }, [
        'fillExisting',
      ]),
      one('addField', { model: word, name: word, field: arbitraryField, copyFrom: word }),
      one('removeField', { model: word, name: word, fillRestored: arbitraryValue }, ['fillRestored']),
      one('removeField', { model: word, name: word, restoreFrom: word }),
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
      one('addIndexConcurrently', { model: word, index }),
      one('removeIndexConcurrently', { model: word, index }),
      one('addConstraintNotValid', { model: word, constraint: check }),
      one('validateConstraint', { model: word, name: word }),
      one('createEnum', { name: word, values: enumValues }),
      one('alterEnum', { name: word, values: enumValues }),
      one('deleteEnum', { name: word, values: enumValues }),
      one('createExtension', { name: word }),
      one('deleteExtension', { name: word }),
      one(
        'createCollation',
        { name: word, provider: fc.constantFrom('icu', 'libc'), locale: text, deterministic: fc.constant(false) },
        ['provider', 'deterministic'],
      ),
      one('deleteCollation', { name: word }),
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

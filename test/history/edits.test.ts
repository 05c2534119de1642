import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Field } from '../../src/fields/field.ts'
import { fieldKinds } from '../../src/fields/kinds.ts'
import { operationEdits } from '../../src/history/operation-edits.ts'
import type { RecordedOperation } from '../../src/history/recorder.ts'
import type {
  CheckDeclaration,
  ExclusionDeclaration,
  FieldPartDeclaration,
  IndexDeclaration,
  ModelOptions,
  UniqueDeclaration,
} from '../../src/models/declarations.ts'
import { canonicalOperations, operationsChecksum } from '../../src/operations/canonical.ts'
import { definitions } from '../../src/operations/definitions.ts'
import type { Operation, OperationKind, Operations } from '../../src/operations/operation.ts'

// Every option of everything that an operation can hold: where one is added, the samples below do not compile until it is among them.
type Whole<Type> = { readonly [Key in keyof Type]-?: Type[Key] }

const condition = {
  kind: 'compare',
  operator: '>',
  left: { kind: 'column', name: 'size' },
  right: { kind: 'value', value: 0 },
} as const
const part: Whole<FieldPartDeclaration> = {
  field: 'title',
  prefixLength: 10,
  descending: true,
  nulls: 'first',
  operatorClass: 'text_ops',
}
const index: Whole<IndexDeclaration> = {
  name: 'by_title',
  parts: [part],
  where: condition,
  include: ['size'],
  method: 'hash',
}
const unique: Whole<UniqueDeclaration> = {
  kind: 'unique',
  name: 'one_title',
  parts: [part],
  where: condition,
  include: ['size'],
  nullsNotDistinct: true,
  deferrable: 'deferred',
}
const check: Whole<CheckDeclaration> = { kind: 'check', name: 'positive', condition, notValid: true }
const exclusion: Whole<ExclusionDeclaration> = {
  kind: 'exclusion',
  name: 'apart',
  method: 'gist',
  elements: [{ field: 'room', operator: '=', operatorClass: 'int_ops' }],
  where: condition,
  deferrable: 'immediate',
}
const options: Whole<ModelOptions> = {
  table: 'posts',
  schema: 'app',
  comment: 'of the blog',
  managed: false,
  primaryKey: ['title', 'size'],
  indexes: [index],
  constraints: [unique, check, exclusion],
}
const field: Field = { kind: 'char', maxLength: 20 }
const code = (): void => {}
const inner: Operation = { kind: 'renameModel', from: 'Post', to: 'Article' }

const samples: { readonly [Kind in OperationKind]: Whole<Operations[Kind]> } = {
  createModel: { kind: 'createModel', name: 'Post', fields: { title: field }, options },
  deleteModel: { kind: 'deleteModel', name: 'Post' },
  renameModel: { kind: 'renameModel', from: 'Post', to: 'Article' },
  moveModel: { kind: 'moveModel', model: 'blog.Post' },
  alterModelTable: { kind: 'alterModelTable', name: 'Post', table: 'posts', schema: 'app' },
  alterModelTableComment: { kind: 'alterModelTableComment', name: 'Post', comment: 'of the blog' },
  alterModelOptions: { kind: 'alterModelOptions', name: 'Post', options: { managed: false, primaryKey: ['title'] } },
  addField: { kind: 'addField', model: 'Post', name: 'title', field, fillExisting: 'none', copyFrom: 'tags' },
  removeField: { kind: 'removeField', model: 'Post', name: 'title', fillRestored: 'none', restoreFrom: 'tags' },
  alterField: {
    kind: 'alterField',
    model: 'Post',
    name: 'title',
    field,
    fillExisting: 'none',
    fillRestored: 'none',
    cast: condition,
    castRestored: condition,
  },
  renameField: { kind: 'renameField', model: 'Post', from: 'title', to: 'heading' },
  addIndex: { kind: 'addIndex', model: 'Post', index },
  removeIndex: { kind: 'removeIndex', model: 'Post', index },
  renameIndex: { kind: 'renameIndex', model: 'Post', index, name: 'titles' },
  addConstraint: { kind: 'addConstraint', model: 'Post', constraint: unique },
  removeConstraint: { kind: 'removeConstraint', model: 'Post', constraint: exclusion },
  alterConstraint: { kind: 'alterConstraint', model: 'Post', name: 'positive', constraint: check },
  addIndexConcurrently: { kind: 'addIndexConcurrently', model: 'Post', index },
  removeIndexConcurrently: { kind: 'removeIndexConcurrently', model: 'Post', index },
  addConstraintNotValid: { kind: 'addConstraintNotValid', model: 'Post', constraint: check },
  validateConstraint: { kind: 'validateConstraint', model: 'Post', name: 'positive' },
  createEnum: { kind: 'createEnum', name: 'status', values: ['draft', 'sent'] },
  alterEnum: { kind: 'alterEnum', name: 'status', values: ['draft', 'sent'] },
  deleteEnum: { kind: 'deleteEnum', name: 'status', values: ['draft', 'sent'] },
  createExtension: { kind: 'createExtension', name: 'citext' },
  deleteExtension: { kind: 'deleteExtension', name: 'citext' },
  createCollation: { kind: 'createCollation', name: 'german', provider: 'icu', locale: 'de', deterministic: false },
  deleteCollation: { kind: 'deleteCollation', name: 'german' },
  runSql: {
    kind: 'runSql',
    forwards: [{ sql: 'UPDATE posts SET size = ?', parameters: [1] }],
    backwards: 'SELECT 1',
    stateOperations: [inner],
    done: 'SELECT 1',
    databases: ['default'],
    elidable: true,
  },
  runCode: {
    kind: 'runCode',
    models: { Post: 'blog.Post' },
    forwards: code,
    backwards: code,
    atomic: false,
    databases: ['default'],
    elidable: true,
    description: 'Fill',
  },
  batched: {
    kind: 'batched',
    model: 'Post',
    where: { title: 'none' },
    size: 100,
    models: { Tag: 'blog.Tag' },
    run: { set: { title: 'some' } },
    backwards: 'nothing',
    description: 'Fill',
    elidable: true,
  },
  separateDatabaseAndState: { kind: 'separateDatabaseAndState', databaseOperations: [inner], stateOperations: [inner] },
  custom: { kind: 'custom', type: 'acme.audit', data: { on: true }, definition: definitions.custom },
}

/** What has no part in what was done to a database. */
const noEdits: readonly string[] = [
  'backwards',
  'fillRestored',
  'castRestored',
  'restoreFrom',
  'models',
  'atomic',
  'done',
  'size',
  'description',
  'elidable',
  'definition',
]

type Path = readonly (string | number)[]

/** Every place in a piece of data that holds a single value or a list. */
function* places(data: unknown, path: Path = []): Generator<Path> {
  if (typeof data !== 'object' || data === null) {
    yield path
    return
  }
  if (Array.isArray(data)) yield path
  for (const [key, value] of Object.entries(data))
    yield* places(value, [...path, Array.isArray(data) ? Number(key) : key])
}

function withChange(data: unknown, [key, ...rest]: Path, change: (value: unknown) => unknown): unknown {
  if (key === undefined) return change(data)
  if (Array.isArray(data))
    return data.map((value, position) => (position === key ? withChange(value, rest, change) : value))
  return { ...(data as object), [key]: withChange((data as Record<string, unknown>)[key], rest, change) }
}

function another(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (Array.isArray(value)) return value.slice(1)
  return `${value}x`
}

/** What was recorded is data that came from JSON. */
function recorded(operation: Operation): readonly RecordedOperation[] {
  return JSON.parse(JSON.stringify(canonicalOperations([operation])))
}

function linesOf(before: Operation, after: Operation): readonly string[] {
  return operationEdits(recorded(before), canonicalOperations([after])).flatMap(({ lines }) => lines)
}

/** The value that a place holds, as a line tells it; of a list only what went. */
const lastName = (path: Path): string => String(path.findLast((key) => typeof key === 'string'))

describe('an edit of an applied migration', () => {
  test('of every place of every operation is caught and named', () => {
    assert.deepEqual(Object.keys(samples).toSorted(), Object.keys(definitions).toSorted())
    let edits = 0
    for (const sample of Object.values<Operation>(samples)) {
      for (const path of places(sample)) {
        const [first = ''] = path
        if (path.at(-1) === 'kind' || noEdits.includes(String(first)) || path.includes('definition')) continue
        if (typeof valueAt(sample, path) === 'function') continue
        const edited = withChange(sample, path, another) as Operation
        const lines = linesOf(sample, edited)
        const where = `${sample.kind}: ${path.join('.')}`
        assert.notEqual(operationsChecksum([sample]), operationsChecksum([edited]), where)
        assert.ok(lines.length > 0, where)
        // A name that is part of the description makes it another operation; any other place is named.
        const isAnother = lines.some((line) => line.endsWith('was added'))
        assert.ok(isAnother || lines.some((line) => line.includes(lastName(path))), `${where}: ${lines.join('; ')}`)
        edits += 1
      }
    }
    assert.ok(edits > 150, `${edits}`)
  })

  test('is each operation that comes, goes or changes places', () => {
    for (const sample of Object.values<Operation>(samples)) {
      const [gone] = operationEdits(recorded(sample), [])
      assert.deepEqual([gone?.kind, gone?.lines.length], ['removed', 1])
      const [came] = operationEdits([], canonicalOperations([sample]))
      assert.deepEqual([came?.kind, came?.lines.length], ['added', 1])
      const other = sample.kind === 'createExtension' ? samples.deleteModel : samples.createExtension
      const [moved] = operationEdits([...recorded(sample), ...recorded(other)], canonicalOperations([other, sample]))
      assert.equal(moved?.kind, 'reordered')
    }
  })

  test('is none where only what does nothing to a database was changed', () => {
    for (const sample of Object.values<Operation>(samples)) {
      for (const name of noEdits) {
        if (!(name in sample)) continue
        const { [name as keyof typeof sample]: _, ...without } = sample
        assert.deepEqual(linesOf(sample, without as Operation), [], `${sample.kind}: ${name}`)
        assert.equal(
          operationsChecksum([sample]),
          operationsChecksum([without as Operation]),
          `${sample.kind}: ${name}`,
        )
      }
    }
    const { options: _, ...plain } = samples.createModel
    assert.deepEqual(linesOf(plain, { ...plain, options: { indexes: [], constraints: [] } }), [])
  })
})

/** Two values of each option that shapes a database. */
const optionValues: Readonly<Record<string, readonly [unknown, unknown]>> = {
  null: [true, undefined],
  unique: [true, undefined],
  index: [true, false],
  primaryKey: [true, undefined],
  column: ['a', 'b'],
  comment: ['one', 'another'],
  default: [1, 2],
  choices: [
    [1, 2],
    [1, 3],
  ],
  collation: ['nocase', 'binary'],
  maxLength: [20, 40],
  maxDigits: [10, 12],
  decimalPlaces: [2, 3],
  positive: [true, undefined],
  values: [['a'], ['a', 'b']],
  native: ['letter', 'sign'],
  of: [
    { kind: 'char', maxLength: 20 },
    { kind: 'char', maxLength: 40 },
  ],
  types: [{ default: 'point' }, { default: 'box' }],
  autoIncrement: [true, undefined],
  to: ['blog.Post', 'blog.Tag'],
  onDelete: ['cascade', 'restrict'],
  onUpdate: ['cascade', 'restrict'],
  deferrable: ['immediate', 'deferred'],
  through: ['blog.Link', 'blog.Tagging'],
  throughFields: [
    ['a', 'b'],
    ['b', 'a'],
  ],
  table: ['pairs', 'links'],
  expression: [condition, { ...condition, operator: '<' }],
  output: [{ kind: 'integer' }, { kind: 'bigInteger' }],
  stored: [true, false],
}

describe('an edit of a field', () => {
  const added = (given: object): Operation => ({ kind: 'addField', model: 'Post', name: 'it', field: given as Field })

  test('is caught and named for every database option of every kind', () => {
    let edits = 0
    for (const { kind, options: purposes } of Object.values(fieldKinds)) {
      for (const [option, purpose] of Object.entries(purposes)) {
        const where = `${kind}: ${option}`
        const [one, other] = optionValues[option] ?? []
        if (purpose !== 'database') {
          assert.deepEqual(linesOf(added({ kind }), added({ kind, [option]: 'x' })), [], where)
          continue
        }
        assert.ok(one !== undefined, `no values of ${where}`)
        for (const [before, after] of [
          [undefined, one],
          [one, undefined],
          [one, other],
        ]) {
          if (before === after) continue
          const lines = linesOf(added(given(kind, option, before)), added(given(kind, option, after)))
          assert.ok(lines.length > 0 && lines.every((line) => line.includes(`field.${option}`)), `${where}: ${lines}`)
          edits += 1
        }
      }
    }
    assert.ok(edits > 400, `${edits}`)
  })

  test('is caught where its kind is another', () => {
    for (const { kind } of Object.values(fieldKinds)) {
      const other = kind === 'text' ? 'integer' : 'text'
      assert.deepEqual(linesOf(added({ kind }), added({ kind: other })), [
        `"Add field it to Post": field.kind "${kind}" → "${other}"`,
      ])
    }
  })

  test('is none of choices that no CHECK enforces', () => {
    const open = { kind: 'char', maxLength: 5, enforce: false }
    assert.deepEqual(linesOf(added({ ...open, choices: ['a'] }), added({ ...open, choices: ['b'] })), [])
  })
})

function given(kind: string, option: string, value: unknown): object {
  return { kind, ...(value === undefined ? {} : { [option]: value }) }
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], data)
}

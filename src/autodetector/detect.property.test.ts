import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { f } from '../fields/f.ts'
import type { Field } from '../fields/field.ts'
import type { ConstraintDeclaration, IndexDeclaration, ModelOptions } from '../models/declarations.ts'
import { applyOperations } from '../operations/definitions.ts'
import { findField, findModel, modelsOf, type ProjectState, withObject } from '../state/project-state.ts'
import { statesEqual } from '../state/states-equal.ts'
import { withField } from '../state/with-field.ts'
import { modelUnder, type NewModel, stateOf } from '../state/with-model.ts'
import { detect } from './detect.ts'
import { type DetectedMigration, detectMigrations } from './detect-migrations.ts'
import { literalIn } from './field-facts.ts'
import type { Answers } from './parse-answers.ts'
import type { Answer, Question } from './question.ts'

const runs = process.env['GODWIT_DEEP'] === '1' ? 10_000 : 1000

const plainFields: readonly Field[] = [
  f.char({ maxLength: 20 }),
  f.char({ maxLength: 40, null: true }),
  f.char({ maxLength: 20, default: 'draft', choices: ['draft', 'sent'] }),
  f.text({ null: true }),
  f.integer(),
  f.bigInteger({ default: 3 }),
  f.decimal({ maxDigits: 8, decimalPlaces: 2 }),
  f.boolean({ default: false }),
  f.dateTime({ null: true, index: true }),
  f.uuid(),
  f.json(),
]

/** Of each type the values of one State; which app has the type is drawn as well. */
const enumSpec = fc.record({
  app: fc.constantFrom('alpha', 'beta', 'gamma'),
  values: fc.constantFrom(['a', 'b'], ['a', 'b', 'c'], ['b', 'a'], ['a'], ['c', 'b', 'a']),
})
const enumNames = ['mood', 'weather'] as const
const enumSpecs = fc.record({ mood: enumSpec, weather: enumSpec })

type EnumSpecs = typeof enumSpecs extends fc.Arbitrary<infer T> ? T : never

const fieldNames = ['title', 'titles', 'total', 'note', 'amount']
const modelNames = ['Invoice', 'Bill', 'Tag', 'Post']
const apps = ['alpha', 'beta', 'gamma']

const fieldSpec = fc.record({
  name: fc.constantFrom(...fieldNames),
  shape: fc.nat(plainFields.length + 5),
  target: fc.nat(20),
  null: fc.boolean(),
  column: fc.option(fc.constantFrom('title', 'total', 'note', 'other'), { freq: 8 }),
})

const modelSpec = fc.record({
  app: fc.constantFrom(...apps),
  name: fc.constantFrom(...modelNames),
  fields: fc.uniqueArray(fieldSpec, { selector: ({ name }) => name, maxLength: 5 }),
  key: fc.constantFrom('id', 'id', 'id', 'code', 'both'),
  table: fc.option(fc.constantFrom('t1', 't2'), { freq: 8 }),
  comment: fc.option(fc.constantFrom('one', 'two'), { freq: 8 }),
  managed: fc.constantFrom(true, true, true, true, true, true, false),
  computed: fc.boolean(),
  index: fc.option(fc.record({ name: fc.option(fc.constantFrom('i1', 'i2')), field: fc.nat(9) })),
  constraint: fc.option(fc.record({ name: fc.constantFrom('c1', 'c2'), field: fc.nat(9), check: fc.boolean() })),
})

type ModelSpec = typeof modelSpec extends fc.Arbitrary<infer T> ? T : never

/** A valid State of what was drawn: what does not fit is left out. */
function stateFrom(specs: readonly ModelSpec[], enums: EnumSpecs): ProjectState {
  const single = specs.filter(({ key }) => key !== 'both').map(({ app, name }) => `${app}.${name}`)
  const tables = new Set<string | null>()
  const once = specs.map((spec) => {
    const table = tables.has(spec.table) ? null : spec.table
    tables.add(table)
    return { ...spec, table }
  })
  return withEnums(stateOf(once.map((spec) => newModel(spec, single, enums))), enums)
}

/** The State with the enum types that its fields are of. */
function withEnums(state: ProjectState, enums: EnumSpecs): ProjectState {
  const used = new Set([...modelsOf(state)].flatMap(({ fields }) => fields.map(({ field }) => field.native)))
  return enumNames
    .filter((name) => used.has(name))
    .reduce(
      (current, name) => withObject(current, enums[name].app, { kind: 'enum', name, values: enums[name].values }),
      state,
    )
}

function newModel(spec: ModelSpec, single: readonly string[], enums: EnumSpecs): NewModel {
  const fields: Record<string, Field> = {}
  if (spec.key === 'id') fields['id'] = f.bigAuto({ primaryKey: true })
  if (spec.key === 'code') fields['code'] = f.char({ maxLength: 10, primaryKey: true })
  if (spec.key === 'both') {
    fields['left'] = f.integer()
    fields['right'] = f.integer()
  }
  const columns = new Set(['id', 'code', 'left', 'right'])
  for (const { name, shape, target, null: isNull, column } of spec.fields) {
    const options = { ...(isNull ? { null: true as const } : {}), ...(column === null ? {} : { column }) }
    const field =
      enumField(shape, spec.app, enums, options) ?? fieldOf(shape, single[target % Math.max(1, single.length)], options)
    // A join table has a column for the key of its own model, which must be one.
    if (field.kind === 'manyToMany' && spec.key === 'both') continue
    const relation = field.to !== undefined
    const taken = field.kind === 'manyToMany' ? undefined : (field.column ?? (relation ? `${name}_id` : name))
    if (taken !== undefined && columns.has(taken)) continue
    if (taken !== undefined) columns.add(taken)
    fields[name] = field
  }
  const real = Object.keys(fields).filter((name) => fields[name]?.kind !== 'manyToMany')
  const [first = ''] = real
  if (spec.computed && real.includes('total')) {
    fields['computed'] = f.generated({ expression: { kind: 'column', name: 'total' }, output: f.text(), null: true })
  }
  return { app: spec.app, name: spec.name, fields, options: optionsOf(spec, real, first) }
}

interface GivenOptions {
  readonly null?: true
  readonly column?: string
}

function enumField(shape: number, app: string, enums: EnumSpecs, given: GivenOptions): Field | undefined {
  const name = enumNames[shape - plainFields.length - 4]
  if (name === undefined || enums[name].app !== app) return undefined
  const { values } = enums[name]
  const last = values.at(-1)
  return f.enum(values, { native: name, ...(values.length === 2 && last !== undefined && { default: last }), ...given })
}

function fieldOf(shape: number, target: string | undefined, given: GivenOptions): Field {
  const plain = plainFields[shape]
  if (plain !== undefined || target === undefined) return { ...(plain ?? f.text()), ...given }
  if (shape === plainFields.length) return f.manyToMany(target)
  if (shape === plainFields.length + 1) return f.oneToOne(target, { ...given })
  return f.foreignKey(target, { ...given })
}

function optionsOf(spec: ModelSpec, real: readonly string[], first: string): ModelOptions {
  const pick = (index: number): string => real[index % real.length] ?? first
  const indexes: readonly IndexDeclaration[] =
    spec.index === null
      ? []
      : [{ ...(spec.index.name === null ? {} : { name: spec.index.name }), parts: [{ field: pick(spec.index.field) }] }]
  const constraints: readonly ConstraintDeclaration[] =
    spec.constraint === null
      ? []
      : [
          spec.constraint.check
            ? {
                kind: 'check',
                name: spec.constraint.name,
                condition: { kind: 'isNull', operand: { kind: 'column', name: pick(spec.constraint.field) } },
              }
            : { kind: 'unique', name: spec.constraint.name, parts: [{ field: pick(spec.constraint.field) }] },
        ]
  return {
    ...(spec.table === null ? {} : { table: spec.table }),
    ...(spec.comment === null ? {} : { comment: spec.comment }),
    ...(spec.managed ? {} : { managed: false }),
    ...(spec.key === 'both' ? { primaryKey: ['left', 'right'] } : {}),
    ...(indexes.length > 0 ? { indexes } : {}),
    ...(constraints.length > 0 ? { constraints } : {}),
  }
}

const state = fc
  .tuple(fc.uniqueArray(modelSpec, { selector: ({ app, name }) => `${app}.${name}`, maxLength: 7 }), enumSpecs)
  .map(([specs, enums]) => stateFrom(specs, enums))

/** Answers whatever is asked, by dice. */
function answer(
  question: Question,
  dice: () => number,
  to: ProjectState,
  taken: Set<string>,
): readonly [string, Answer] {
  if (question.kind === 'fieldRenamed' || question.kind === 'modelRenamed') {
    const free = question.candidates.filter(
      ({ name }) =>
        !taken.has(`${question.kind}${question.kind === 'fieldRenamed' ? question.model : ''}${full(question, name)}`),
    )
    const chosen = free[dice() % (free.length + 1)]
    if (chosen === undefined) return [question.key, { kind: 'notRenamed' }]
    taken.add(`${question.kind}${question.kind === 'fieldRenamed' ? question.model : ''}${full(question, chosen.name)}`)
    return [question.key, { kind: 'renamedFrom', name: chosen.name }]
  }
  if (question.kind === 'relationChanged') {
    const way = question.ways[dice() % question.ways.length]
    return [question.key, { kind: way === 'keep' ? 'keepRows' : 'dropRows' }]
  }
  if (question.kind === 'merge') return [question.key, { kind: 'merge' }]
  if (question.kind === 'removalRestores') return [question.key, { kind: 'none' }]
  const model = findModel(to, question.model)
  const field = model && findField(model, question.field)?.field
  const { holder } = question
  assert.ok(field !== undefined && model !== undefined && holder !== undefined)
  const value = ['sent', 'a', 7, true, '2020-01-01', '6f2ae3a5-6b3e-4f0a-9d5a-3a8d2f0c9b11', { $json: {} }].find(
    (literal) => literalIn(holder, literal) !== undefined,
  )
  assert.ok(value !== undefined, `a value for ${JSON.stringify(field)}`)
  const inKey = field.primaryKey === true || model.options.primaryKey?.includes(question.field) === true
  const kinds: readonly Answer[] = [
    { kind: 'fill', value },
    ...(inKey ? [] : [{ kind: 'safeSteps', value } as const, { kind: 'makeNullable' } as const]),
  ]
  return [question.key, kinds[dice() % kinds.length] ?? { kind: 'stop' }]
}

function full(question: Exclude<Question, { kind: 'merge' }>, name: string): string {
  return name.includes('.') || question.kind === 'fieldRenamed' ? name : `${question.model.split('.')[0]}.${name}`
}

function migrationsFor(from: ProjectState, to: ProjectState, throws: readonly number[]) {
  let thrown = 0
  const dice = (): number => throws[thrown++ % throws.length] ?? 0
  const leaves = new Map([...from.apps.keys()].map((app) => [app, '0001_initial']))
  const taken = new Set<string>()
  let answers: Answers = new Map()
  for (;;) {
    const outcome = detectMigrations({ from, to, leaves, answers, now: new Date(0) })
    if (outcome.kind === 'migrations') return outcome
    answers = new Map([...answers, ...outcome.questions.map((question) => answer(question, dice, to, taken))])
  }
}

/** Migrations in the order in which a graph may run them: by their dependencies alone, the last detected first where it is free to choose. */
function inAnotherOrder(migrations: readonly DetectedMigration[]): readonly DetectedMigration[] {
  const waiting = migrations.toReversed()
  const missing = new Set(migrations.map(({ app, name }) => `${app}.${name}`))
  const order: DetectedMigration[] = []
  while (waiting.length > 0) {
    const index = waiting.findIndex(({ definition }) =>
      definition.dependencies.every(([app, name]) => !missing.has(`${app}.${name}`)),
    )
    const [next] = waiting.splice(index, 1)
    assert.ok(next !== undefined && index >= 0)
    missing.delete(`${next.app}.${next.name}`)
    order.push(next)
  }
  return order
}

function replay(from: ProjectState, migrations: readonly DetectedMigration[]): ProjectState {
  return migrations.reduce(
    (current, { app, name, definition }) => applyOperations(definition.operations, current, { app, migration: name }),
    from,
  )
}

const dice = fc.array(fc.nat(11), { minLength: 1, maxLength: 12 })

test('a State compared with itself has no changes', () => {
  fc.assert(
    fc.property(state, (a) => {
      const detection = detect({ from: a, to: a })
      assert.equal(detection.kind, 'operations')
      assert.deepEqual(detection.kind === 'operations' && detection.operations, [])
    }),
    { numRuns: runs },
  )
})

test('what is detected leads from one State to the other, in every order that the dependencies allow', () => {
  fc.assert(
    fc.property(state, state, dice, (from, to, throws) => {
      const { migrations, notices } = migrationsFor(from, to, throws)
      const wanted = notices.reduce((current, { model, field }) => {
        const present = findField(modelUnder(current, model), field)
        return withField(current, model, field, { ...(present?.field ?? f.text()), null: true })
      }, to)
      assert.ok(statesEqual(replay(from, migrations), wanted))
      assert.ok(statesEqual(replay(from, inAnotherOrder(migrations)), wanted))
    }),
    { numRuns: runs },
  )
})

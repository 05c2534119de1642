import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { f } from '../fields/f.ts'
import type { Field } from '../fields/field.ts'
import type { ConstraintDeclaration, IndexDeclaration, ModelOptions } from '../models/declarations.ts'
import { applyOperations } from '../operations/definitions.ts'
import { findField, findModel, type ProjectState } from '../state/project-state.ts'
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

const fieldNames = ['title', 'titles', 'total', 'note', 'amount']
const modelNames = ['Invoice', 'Bill', 'Tag', 'Post']
const apps = ['alpha', 'beta', 'gamma']

const fieldSpec = fc.record({
  name: fc.constantFrom(...fieldNames),
  shape: fc.nat(plainFields.length + 3),
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
function stateFrom(specs: readonly ModelSpec[]): ProjectState {
  const single = specs.filter(({ key }) => key !== 'both').map(({ app, name }) => `${app}.${name}`)
  const tables = new Set<string | null>()
  const once = specs.map((spec) => {
    const table = tables.has(spec.table) ? null : spec.table
    tables.add(table)
    return { ...spec, table }
  })
  return stateOf(once.map((spec) => newModel(spec, single)))
}

function newModel(spec: ModelSpec, single: readonly string[]): NewModel {
  const fields: Record<string, Field> = {}
  if (spec.key === 'id') fields['id'] = f.bigAuto({ primaryKey: true })
  if (spec.key === 'code') fields['code'] = f.char({ maxLength: 10, primaryKey: true })
  if (spec.key === 'both') {
    fields['left'] = f.integer()
    fields['right'] = f.integer()
  }
  const columns = new Set(['id', 'code', 'left', 'right'])
  for (const { name, shape, target, null: isNull, column } of spec.fields) {
    const field = fieldOf(shape, single[target % Math.max(1, single.length)], isNull, column ?? undefined)
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

function fieldOf(shape: number, target: string | undefined, isNull: boolean, column: string | undefined): Field {
  const plain = plainFields[shape]
  const given = { ...(isNull ? { null: true as const } : {}), ...(column === undefined ? {} : { column }) }
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
  .uniqueArray(modelSpec, { selector: ({ app, name }) => `${app}.${name}`, maxLength: 7 })
  .map((specs) => stateFrom(specs))

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
  if (question.kind === 'removalRestores') return [question.key, { kind: 'none' }]
  const model = findModel(to, question.model)
  const field = model && findField(model, question.field)?.field
  const { holder } = question
  assert.ok(field !== undefined && model !== undefined && holder !== undefined)
  const value = ['sent', 7, true, '2020-01-01', '6f2ae3a5-6b3e-4f0a-9d5a-3a8d2f0c9b11', { $json: {} }].find(
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

function full(question: Question, name: string): string {
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


import { project } from '../state/project.ts'
import { sqlite } from '../dialects/sqlite/index.ts'
import { applyOperation, describe } from '../operations/definitions.ts'
test('stepwise', () => {
  const seen = new Map<string, number>()
  let n = 0, ok = 0
  const d = sqlite()
  const shown: string[] = []
  const safe = (s: ProjectState) => { try { project(s, d); return '' } catch (e) { return (e as Error).message } }
  fc.assert(fc.property(state, state, dice, (from, to, throws) => {
    if (safe(from) || safe(to)) { seen.set('endpoint ' + (safe(from)||safe(to)).slice(0,40), (seen.get('endpoint ' + (safe(from)||safe(to)).slice(0,40))??0)+1); return }
    ok++
    const { migrations } = migrationsFor(from, to, throws)
    let current = from
    const trail: string[] = []
    for (const m of migrations) for (const op of m.definition.operations) {
      n++
      trail.push(m.app + ': ' + describe(op) + ' ' + JSON.stringify(op))
      current = applyOperation(op, current, { app: m.app, migration: m.name })
      const e = safe(current)
      if (e) { const k = op.kind + ' | ' + e.replace(/\w+\.\w+(\.\w+)?/g,'X'); seen.set(k.slice(0,150), (seen.get(k.slice(0,150)) ?? 0) + 1)
        if (process.env.SHOW && k.includes(process.env.SHOW) && shown.length < 2) shown.push(e + '\n' + trail.join('\n')) }
    }
  }), { numRuns: 2000, seed: 5 })
  console.log(n, ok, [...seen].sort((a,b)=>b[1]-a[1]).slice(0,25))
  console.log(shown.join('\n----\n'))
})

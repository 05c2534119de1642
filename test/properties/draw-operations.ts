import { GodwitError } from '../../src/errors/error.ts'
import { f } from '../../src/fields/f.ts'
import type { Field } from '../../src/fields/field.ts'
import type { Migration } from '../../src/history/migration.ts'
import { check } from '../../src/models/parts.ts'
import { q } from '../../src/models/q.ts'
import { applyOperation } from '../../src/operations/definitions.ts'
import * as make from '../../src/operations/index.ts'
import type { AlterField, Operation } from '../../src/operations/operation.ts'
import type { ProjectState } from '../../src/state/project-state.ts'
import { type NewModel, stateOf } from '../../src/state/with-model.ts'

/** The app whose operations are drawn. */
export const app = 'blog'

/** An operation as numbers: what it does, and to which of the things that are there. */
export type Draw = readonly [kind: number, a: number, b: number, c: number]

// Not numbered: no check of MariaDB or MySQL may read what is.
const id = f.bigInteger({ primaryKey: true })

const ground: readonly NewModel[] = [
  { app, name: 'B', fields: { id, x: f.text({ null: true }), m: f.integer() } },
  {
    app,
    name: 'A',
    fields: {
      id,
      x: f.text(),
      y: f.char({ maxLength: 30, null: true }),
      n: f.integer({ null: true }),
      b: f.foreignKey('B', { null: true }),
    },
    options: { indexes: [{ name: 'a_x', parts: [{ field: 'x' }] }] },
  },
  { app, name: 'C', fields: { id, tags: f.manyToMany('B') }, options: { table: 'custom_c' } },
  { app: 'shop', name: 'D', fields: { id, x: f.text({ null: true }) } },
]

/** Where drawn operations begin. */
export const drawingGround = stateOf(ground)

/** What leads there. */
export const groundMigrations: readonly Migration[] = [...Map.groupBy(ground, (model) => model.app)].map(
  ([label, models]) => ({
    app: label,
    name: '0001_initial',
    definition: { operations: models.map(({ app: _, ...model }) => make.createModel(model)) },
  }),
)

/** Operations drawn by numbers, each from what is there at its moment, without those that do not fit. */
export function drawOperations(
  draws: readonly Draw[],
  makersOf: (state: ProjectState, draw: Draw) => Makers,
): readonly Operation[] {
  const operations: Operation[] = []
  let state = drawingGround
  for (const draw of draws) {
    const makers = makersOf(state, draw)
    const operation = pick(makers, draw[0], () => make.runSql({ forwards: '' }))()
    try {
      state = applyOperation(operation, state, { app, migration: '0001' })
      operations.push(operation)
    } catch (error) {
      if (!(error instanceof GodwitError)) throw error
    }
  }
  return operations
}

type Makers = readonly (() => Operation)[]

/** What any list may hold. */
export function allMakers(state: ProjectState, draw: Draw): Makers {
  const [, a, , c] = draw
  const { model, name, constraint, index, newName } = siteIn(state, draw)
  const values = pick([['a'], ['a', 'b'], ['b', 'a']], c, ['a'])
  return [
    ...makersOverRows(state, draw),
    ...makersOverRows(state, draw),
    () => make.addIndexConcurrently({ model, index }),
    () => make.removeIndexConcurrently({ model, index: pick(indexesOf(state, model), c, index) }),
    () => make.alterModelOptions({ name: model, options: c % 2 === 0 ? {} : { managed: false } }),
    () => make.createEnum({ name: 'mood', values }),
    () => make.alterEnum({ name: 'mood', values }),
    () => make.deleteEnum({ name: 'mood', values }),
    () => make.addField({ model, name: newName, field: f.enum(['a'], { native: 'mood' }) }),
    () => make.createCollation({ name: 'nocase', locale: 'und' }),
    () => make.deleteCollation({ name: 'nocase' }),
    () => make.moveModel({ model: 'shop.D' }),
    () => make.addConstraint({ model, constraint: { ...constraint, kind: 'unique', parts: [{ field: name }] } }),
    () => (a % 2 === 0 ? make.runSql({ forwards: 'x', elidable: true }) : make.runCode({ forwards: () => {} })),
  ]
}

/** What a list may hold that is carried out over rows. */
export function makersOverRows(state: ProjectState, draw: Draw): Makers {
  const [, , b, c] = draw
  const { model, name, newName, newModel, to, index, constraint } = siteIn(state, draw)
  const field = pick(fieldsTo(to), b, f.text())
  const fill = { ...(b % 2 === 0 && { fillExisting: valueFor(field) }) }
  const altered = pick(fieldsTo(to), b + c, f.text())
  const alter = (): AlterField =>
    make.alterField({
      model,
      name,
      field: altered,
      ...(altered.null === true ? {} : { fillExisting: valueFor(altered) }),
    })
  const known = constraintsOf(state, model)
  return [
    () =>
      make.createModel({
        name: newModel,
        fields: { id, [newName]: field },
        ...(c % 3 === 0 && { options: { indexes: [{ name: `i${c}`, parts: [{ field: newName }] }] } }),
      }),
    () => make.deleteModel({ name: model }),
    () => make.renameModel({ from: model, to: newModel }),
    () => make.alterModelTable({ name: model, ...(c % 3 > 0 && { table: `t${c}` }) }),
    () => make.alterModelTableComment({ name: model, ...(c % 2 > 0 && { comment: `words ${b}` }) }),
    () => make.addField({ model, name: newName, field, ...fill }),
    () => make.addField({ model, name: newName, field, ...fill }),
    () =>
      make.addField({
        model,
        name: newName,
        field: f.generated({ expression: q.concat(name, 'x'), output: f.text() }),
      }),
    () => make.removeField({ model, name }),
    () => make.removeField({ model, name }),
    alter,
    alter,
    () => make.alterField({ ...alter(), field: { ...altered, null: true } }),
    () => make.renameField({ model, from: name, to: newName }),
    () => make.renameField({ model, from: name, to: newName }),
    () => make.addIndex({ model, index }),
    () => make.removeIndex({ model, index: pick(indexesOf(state, model), b, index) }),
    () => make.renameIndex({ model, index: pick(indexesOf(state, model), b, index), name: `r${c}` }),
    () => make.addConstraint({ model, constraint }),
    () => make.addConstraintNotValid({ model, constraint }),
    () => make.validateConstraint({ model, name: pick(known, b, constraint).name ?? '' }),
    () => make.removeConstraint({ model, constraint: pick(known, b, constraint) }),
    () => make.alterConstraint({ model, name: pick(known, b, constraint).name ?? '', constraint }),
  ]
}

/** What happens to two fields of one model, one thing after the other. */
export function makersOverFields(state: ProjectState, [kind, , b, c]: Draw): Makers {
  const name = pick(['x', 'y'], b, 'x')
  const altered = pick(fieldsTo('blog.B').slice(0, 12), c, f.text())
  const fill = { ...(b % 3 > 0 && { fillExisting: valueFor(altered) }), ...(b % 3 > 1 && { fillRestored: 'back' }) }
  const isThere = state.apps
    .get(app)
    ?.get('A')
    ?.fields.some((field) => field.name === name)
  if (isThere !== true) return [() => make.addField({ model: 'A', name, field: altered, ...fill })]
  return [
    () => make.alterField({ model: 'A', name, field: altered, ...fill }),
    () => make.alterField({ model: 'A', name, field: kind % 2 === 0 ? f.text({ null: true }) : f.text(), ...fill }),
    () => make.alterField({ model: 'A', name, field: altered, ...fill }),
    () => make.renameField({ model: 'A', from: name, to: name === 'x' ? 'y' : 'x' }),
    () => make.removeField({ model: 'A', name }),
  ]
}

function fieldsTo(to: string): readonly Field[] {
  return [
    f.text(),
    f.text({ null: true }),
    f.text({ default: 'd' }),
    f.text({ default: 'e', null: true }),
    f.text({ null: true, unique: true }),
    f.char({ maxLength: 20 }),
    f.char({ maxLength: 30, default: '7' }),
    f.integer({ null: true }),
    f.integer({ default: 1 }),
    f.bigInteger({ default: 2 }),
    f.bigInteger(),
    f.decimal({ maxDigits: 10, decimalPlaces: 2, null: true }),
    f.text({ column: 'y' }),
    f.foreignKey(to, { null: true }),
    f.manyToMany(to),
  ]
}

function valueFor({ kind, null: isNullable }: Field): string | number {
  const number = kind === 'integer' || kind === 'bigInteger' || kind === 'decimal'
  return number ? (isNullable === true ? 4 : 5) : isNullable === true ? '6' : 'filled'
}

function siteIn(state: ProjectState, [, a, b, c]: Draw) {
  const models = [...(state.apps.get(app)?.values() ?? [])]
  const { name: model = 'A', fields = [] } = pick(models, a, undefined) ?? {}
  const present = fields.map(({ name }) => name).filter((name) => name !== 'id')
  const name = pick(present, b, 'x')
  const index = { ...(c % 3 > 0 && { name: `i${c}` }), parts: [{ field: name }] }
  return {
    model,
    name,
    index,
    newModel: pick(['A', 'B', 'C', 'D', 'E'], c, 'A'),
    newName: pick(['x', 'y', 'z', 'w'], c, 'x'),
    to: `${app}.${pick(models, c, undefined)?.name ?? model}`,
    constraint: check({ name: `u${c}`, condition: q.gt('id', b % 2 === 0 ? 0 : -1) }),
  }
}

function indexesOf(state: ProjectState, model: string) {
  return state.apps.get(app)?.get(model)?.options.indexes ?? []
}

function constraintsOf(state: ProjectState, model: string) {
  return state.apps.get(app)?.get(model)?.options.constraints ?? []
}

function pick<Thing>(list: readonly Thing[], number: number, otherwise: Thing): Thing {
  return list[number % list.length] ?? otherwise
}

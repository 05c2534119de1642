import { fieldSource, fillOf, type GeneratedField, nullableKey, randomColumn, withOptions } from './fields.ts'
import type { Random } from './random.ts'
import { type Call, call, type Source } from './source.ts'

/** A model while its project grows. */
export interface GeneratedModel {
  readonly app: string
  readonly name: string
  readonly fields: Map<string, GeneratedField>
  /** Its indexes: each is over one field. */
  indexes: readonly string[]
  /** How many fields it has ever had: numbers the names, so that none comes twice. */
  fieldCount: number
}

/** One operation of a migration, and the app beside its own that it needs. */
export interface GeneratedOperation {
  readonly source: Call
  readonly needs?: string
}

type Evolution = (model: GeneratedModel, random: Random, others: Others) => GeneratedOperation | undefined

/** The models that a new foreign key can point at. */
export type Others = readonly [GeneratedModel, ...GeneratedModel[]]

/** Each stands here as often as it is likely; what does not fit the model at that moment gives way to a new field or its removal. */
const evolutions: readonly [Evolution, ...Evolution[]] = [
  changeFields,
  ...Array<Evolution>(8).fill(changeFields),
  ...[changeIndexes, changeIndexes, changeIndexes, renameField, renameField, widen, widen],
  ...[makeBig, makeNullable, makeRequired, makeRequired],
]

const additions: readonly [Evolution, ...Evolution[]] = [
  addNullable,
  ...[addNullable, addNullable, addNullable, addWithDefault, addWithDefault, addFilled, addFilled],
  ...[addForeignKey, addForeignKey],
]

/** Changes a model in one way, and returns the operation that says so. */
export function evolve(model: GeneratedModel, random: Random, others: Others): GeneratedOperation {
  return random.pick(evolutions)(model, random, others) ?? changeFields(model, random, others)
}

// Models neither grow nor shrink for ever, and hover about the size that they start with: the five thousandth migration must be as much work as
// the five hundredth, or comparing them says nothing about the tool.
function changeFields(model: GeneratedModel, random: Random, others: Others): GeneratedOperation {
  const shrinks = random.below(18) < model.fields.size
  const removed = shrinks ? removeField(model, random) : undefined
  return removed ?? random.pick(additions)(model, random, others) ?? addNullable(model, random)
}

function changeIndexes(model: GeneratedModel, random: Random): GeneratedOperation | undefined {
  return random.below(3) < model.indexes.length ? removeIndex(model) : addIndex(model, random)
}

/** A field's name that the model has never had: `title7`. */
export function newName(model: GeneratedModel, noun: string): string {
  model.fieldCount += 1
  return `${noun}${model.fieldCount}`
}

/** How migrations speak of a model. */
export function byKey(key: string): Source {
  return key
}

function addField(
  model: GeneratedModel,
  noun: string,
  field: GeneratedField,
  fillExisting?: Source,
): GeneratedOperation {
  const name = newName(model, noun)
  model.fields.set(name, field)
  return { source: call('addField', { model: model.name, name, field: fieldSource(field, byKey), fillExisting }) }
}

function addNullable(model: GeneratedModel, random: Random): GeneratedOperation {
  const { noun, field } = randomColumn(random)
  return addField(model, noun, withOptions(field, { null: true }))
}

function addWithDefault(model: GeneratedModel, random: Random): GeneratedOperation {
  const { noun, field, fill } = randomColumn(random)
  return addField(model, noun, withOptions(field, { default: fill }))
}

function addFilled(model: GeneratedModel, random: Random): GeneratedOperation {
  const { noun, field, fill } = randomColumn(random)
  return addField(model, noun, field, fill)
}

function addForeignKey(model: GeneratedModel, random: Random, others: Others): GeneratedOperation {
  const target = random.pick(others)
  const operation = addField(model, 'related', nullableKey(`${target.app}.${target.name}`))
  return target.app === model.app ? operation : { ...operation, needs: target.app }
}

function alterField(
  model: GeneratedModel,
  name: string,
  field: GeneratedField,
  fillExisting?: Source,
): GeneratedOperation {
  model.fields.set(name, field)
  return { source: call('alterField', { model: model.name, name, field: fieldSource(field, byKey), fillExisting }) }
}

function widen(model: GeneratedModel, random: Random): GeneratedOperation | undefined {
  const found = someField(model, random, (field) => field.kind === 'char')
  if (found === undefined) return undefined
  const [name, field] = found
  return alterField(model, name, withOptions(field, { maxLength: Number(field.options['maxLength']) + 10 }))
}

function makeBig(model: GeneratedModel, random: Random): GeneratedOperation | undefined {
  const found = someField(model, random, (field) => field.kind === 'integer')
  return found && alterField(model, found[0], { ...found[1], kind: 'bigInteger' })
}

function makeNullable(model: GeneratedModel, random: Random): GeneratedOperation | undefined {
  const found = someField(model, random, (field) => field.to === undefined && field.options['null'] === undefined)
  return found && alterField(model, found[0], withOptions(found[1], { null: true }))
}

function makeRequired(model: GeneratedModel, random: Random): GeneratedOperation | undefined {
  const found = someField(model, random, (field) => fillOf(field) !== undefined && field.options['null'] !== undefined)
  return found && alterField(model, found[0], withOptions(found[1], { null: undefined }), fillOf(found[1]))
}

function addIndex(model: GeneratedModel, random: Random): GeneratedOperation | undefined {
  const indexed = new Set(model.indexes)
  const found = someField(model, random, (field, name) => field.to === undefined && !indexed.has(name))
  if (found === undefined) return undefined
  model.indexes = [...model.indexes, found[0]]
  return { source: call('addIndex', { model: model.name, index: indexSource(found[0]) }) }
}

function removeIndex(model: GeneratedModel): GeneratedOperation | undefined {
  const [first, ...others] = model.indexes
  if (first === undefined) return undefined
  model.indexes = others
  return { source: call('removeIndex', { model: model.name, index: indexSource(first) }) }
}

function renameField(model: GeneratedModel, random: Random): GeneratedOperation | undefined {
  const found = someField(model, random, () => true)
  if (found === undefined) return undefined
  const [from] = found
  const to = newName(model, from.replace(/\d+$/, ''))
  const rename = (name: string): string => (name === from ? to : name)
  const renamed = [...model.fields].map(([name, kept]) => [rename(name), kept] as const)
  model.fields.clear()
  for (const [name, kept] of renamed) model.fields.set(name, kept)
  model.indexes = model.indexes.map(rename)
  return { source: call('renameField', { model: model.name, from, to }) }
}

function removeField(model: GeneratedModel, random: Random): GeneratedOperation | undefined {
  const indexed = new Set(model.indexes)
  const found = someField(model, random, (_, name) => !indexed.has(name))
  if (found === undefined) return undefined
  model.fields.delete(found[0])
  return { source: call('removeField', { model: model.name, name: found[0] }) }
}

/** SQL of the project's own over a model's table. */
export function runSql(model: GeneratedModel): GeneratedOperation {
  const table = `${model.app}_${model.name.toLowerCase()}`
  return { source: call('runSql', { forwards: `DELETE FROM ${table} WHERE id < 0`, backwards: [] }) }
}

function someField(
  model: GeneratedModel,
  random: Random,
  fits: (field: GeneratedField, name: string) => boolean,
): readonly [string, GeneratedField] | undefined {
  const fitting = [...model.fields].filter(([name, field]) => name !== 'id' && fits(field, name))
  return fitting[random.below(Math.max(fitting.length, 1))]
}

/** An index as source. */
export function indexSource(field: string): Call {
  return call('index', { fields: [field] })
}

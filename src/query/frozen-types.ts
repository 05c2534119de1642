import { keyOf, type ModelState, type ProjectState, splitModelKey } from '../state/project-state.ts'
import { rowTypeText } from './row-types.ts'
import { type Attribute, type Shape, shapeOf } from './shape.ts'

/** Row types of models at a point of history, as source text. */
export interface FrozenTypes {
  /** The interfaces, one for each model that was named and for each that a relation of those leads to. */
  readonly text: string
  /** What the text needs of `godwit/migrations`, as an import has it: `type ToOne`. */
  readonly specifiers: readonly string[]
  /** The names of the interfaces, by the keys of the models that were named, in their order. */
  readonly names: ReadonlyMap<string, string>
}

/**
 * Writes down what the fields of some models hold, and where their relations lead, so that the compiler checks a data migration against the schema of
 * its own time. The models that relations lead to are written with their columns; from there on, nothing is known.
 */
export function frozenTypes(state: ProjectState, models: readonly ModelState[]): FrozenTypes {
  const shapes = models.map((model) => shapeOf(state, model))
  const neighbours = shapes.flatMap(({ relations }) => [...relations.values()].map(({ target }) => target))
  const all = [...new Map([...models, ...neighbours].map((model) => [keyOf(model) as string, model])).values()]
  const names = interfaceNames(all)
  const used = new Set<string>()
  const interfaces = all.map((model) => interfaceOf(shapeOf(state, model), names, used))
  return {
    text: interfaces.join('\n\n'),
    specifiers: [...used].toSorted().map((word) => `type ${word}`),
    names: new Map(models.map((model) => [keyOf(model), names.get(keyOf(model)) ?? model.name])),
  }
}

/** Model names, with the app before them where two apps have one of the same name. */
function interfaceNames(models: readonly ModelState[]): ReadonlyMap<string, string> {
  const byName = Map.groupBy(models, ({ name }) => (reserved.has(name) ? '' : name))
  return new Map(
    models.map((model) => [
      keyOf(model),
      byName.get(model.name)?.length === 1 ? model.name : `${capitalised(model.app)}${model.name}`,
    ]),
  )
}

/** Types that the text itself uses. */
const reserved: ReadonlySet<string> = new Set([
  ...['AnyFields', 'Computed', 'Date', 'Defaulted', 'Json', 'ToMany', 'ToOne', 'Uint8Array'],
])

function interfaceOf(shape: Shape, names: ReadonlyMap<string, string>, used: Set<string>): string {
  const use = (word: string): string => {
    used.add(word)
    return word
  }
  const columns = [...shape.attributes.values()].map(
    (attribute) => `  ${keyText(attribute.name)}: ${attributeText(attribute, use)}`,
  )
  const relations = [...shape.relations.values()].map(({ name, target, many }) => {
    const other = names.get(keyOf(target)) ?? use('AnyFields')
    return `  ${keyText(name)}: ${use(many ? 'ToMany' : 'ToOne')}<${other}>`
  })
  const { app, name } = splitModelKey(shape.key)
  return [`/** ${app}.${name} */`, `interface ${names.get(shape.key)} {`, ...columns, ...relations, '}'].join('\n')
}

function attributeText({ field, type, nullable, role }: Attribute, use: (word: string) => string): string {
  const plain = choicesText(field) ?? rowTypeText(type)
  if (/\bJson\b/.test(plain)) use('Json')
  const value = nullable ? `${plain} | null` : plain
  if (role === 'plain') return value
  return `${use(role === 'computed' ? 'Computed' : 'Defaulted')}<${value}>`
}

/** The values that a column with choices can hold, where the database sees to it. */
function choicesText({ choices, enforce }: Attribute['field']): string | undefined {
  if (!Array.isArray(choices) || enforce === false) return undefined
  return choices.map((choice) => (typeof choice === 'string' ? textLiteral(choice) : String(choice))).join(' | ')
}

function keyText(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : textLiteral(name)
}

function textLiteral(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

function capitalised(app: string): string {
  return app.replace(/(?:^|[_-])(\w)/g, (_, letter: string) => letter.toUpperCase())
}

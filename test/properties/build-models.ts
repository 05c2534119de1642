import { check, exclusion, type Field, f, index, model, now, q, unique, uuid } from '../../src/index.ts'
import { defined } from '../../src/lib/defined.ts'
import { resolveModels } from '../../src/state/resolve-models.ts'
import {
  enumValues,
  type FieldSpec,
  type IndexSpec,
  type ModelSpec,
  type ProjectSpec,
  type UniqueSpec,
} from './project-spec.ts'

/** The State that a project's models declare, by the same way that a user's models go. */
export function stateOf(project: ProjectSpec) {
  const labels = new Map<string, ReturnType<typeof modelOf>[]>()
  for (const spec of project.models) {
    labels.set(spec.app, [...(labels.get(spec.app) ?? []), modelOf(spec, project)])
  }
  return resolveModels(labels).state
}

function modelOf(spec: ModelSpec, project: ProjectSpec) {
  const nameOf = (id: number): string => spec.fields.find((field) => field.id === id)?.name ?? 'absent'
  const fields = Object.fromEntries(spec.fields.map((field) => [field.name, fieldOf(field, project, nameOf)]))
  const { table, schema, comment } = spec
  return model(spec.name, fields, {
    ...defined({ table, schema, comment }),
    indexes: spec.indexes.map((one) => indexOf(one, nameOf)),
    constraints: [
      ...spec.uniques.map((one) => uniqueOf(one, nameOf)),
      ...spec.checks.map(({ name, field, least }) => check({ name, condition: q.gte(nameOf(field), least) })),
      ...(spec.exclusions ?? []).map(({ name, field, operator, method }) =>
        exclusion({ name, ...defined({ method }), elements: [{ field: nameOf(field), operator }] }),
      ),
    ],
  })
}

function indexOf(spec: IndexSpec, nameOf: (id: number) => string) {
  const { name, fields: ids, descending, partial, method, include, operatorClass, nulls, prefixLength } = spec
  const [first = 'absent'] = ids.map(nameOf)
  return index({
    ...defined({ name, method, include: include?.map(nameOf) }),
    fields: ids.map((id, position) => (descending && position === 0 ? `-${nameOf(id)}` : nameOf(id))),
    ...(partial ? { where: q.isNotNull(first) } : {}),
    ...(operatorClass === undefined ? {} : { operatorClasses: { [first]: operatorClass } }),
    ...(nulls === undefined ? {} : { nulls: { [first]: nulls } }),
    ...(prefixLength === undefined ? {} : { prefixLengths: { [first]: prefixLength } }),
  })
}

function uniqueOf(spec: UniqueSpec, nameOf: (id: number) => string) {
  const { name, fields, include, nullsNotDistinct, deferrable } = spec
  return unique({
    ...defined({ name, nullsNotDistinct, deferrable, include: include?.map(nameOf) }),
    fields: fields.map(nameOf),
  })
}

function fieldOf(spec: FieldSpec, project: ProjectSpec, nameOf: (id: number) => string): Field {
  const options = { ...spec.options, ...defaultOf(spec.options['default']) }
  if (spec.kind === 'enum') return enumOf(options)
  if (spec.kind === 'generated') return generatedOf(spec, nameOf)
  if (spec.kind === 'array') return arrayOf(spec, options)
  if (spec.target === undefined) return (f as unknown as PlainFactories)[spec.kind]?.(options) ?? unknownKind(spec)
  const target = project.models.find(({ id }) => id === spec.target)
  return (
    (f as unknown as RelationFactories)[spec.kind]?.(`${target?.app}.${target?.name}`, options) ?? unknownKind(spec)
  )
}

function enumOf({ values, ...options }: Readonly<Record<string, unknown>>): Field {
  return f.enum(Array.isArray(values) ? values : enumValues, options as never)
}

/** One more than another field of the row holds. */
function generatedOf({ source = 0, options }: FieldSpec, nameOf: (id: number) => string): Field {
  return f.generated({ ...options, expression: q.add(nameOf(source), 1), output: f.bigInteger() } as never) as never
}

/** The elements of an array are of a native enum of its own where they are of one. */
function arrayOf({ id }: FieldSpec, { of, ...options }: Readonly<Record<string, unknown>>): Field {
  const element =
    of === 'enum'
      ? f.enum(enumValues, { native: `of_array_${id}` })
      : (f as unknown as PlainFactories)[String(of)]?.({})
  return f.array(element ?? f.integer(), options as never)
}

type AnyField = ReturnType<typeof f.integer>
type PlainFactories = Record<string, (options: object) => AnyField>
type RelationFactories = Record<string, (to: string, options: object) => AnyField>

function defaultOf(value: unknown): { default?: unknown } {
  if (value === undefined) return {}
  if (typeof value !== 'object' || Array.isArray(value)) return { default: value }
  return { default: value !== null && 'now' in value ? now() : uuid() }
}

function unknownKind(spec: FieldSpec): never {
  throw new Error(`No factory for ${spec.kind}`)
}

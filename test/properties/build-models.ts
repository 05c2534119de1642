import { check, f, index, model, now, q, unique, uuid } from '../../src/index.ts'
import { resolveModels } from '../../src/state/resolve-models.ts'
import type { FieldSpec, ModelSpec, ProjectSpec } from './project-spec.ts'

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
  const fields = Object.fromEntries(spec.fields.map((field) => [field.name, fieldOf(field, project)]))
  return model(spec.name, fields, {
    ...(spec.table === undefined ? {} : { table: spec.table }),
    indexes: spec.indexes.map(({ name, fields: ids, descending, partial }) =>
      index({
        ...(name === undefined ? {} : { name }),
        fields: ids.map((id, position) => (descending && position === 0 ? `-${nameOf(id)}` : nameOf(id))),
        ...(partial ? { where: q.isNotNull(nameOf(ids[0] ?? 0)) } : {}),
      }),
    ),
    constraints: [
      ...spec.uniques.map(({ name, fields: ids }) =>
        unique({ ...(name === undefined ? {} : { name }), fields: ids.map(nameOf) }),
      ),
      ...spec.checks.map(({ name, field, least }) => check({ name, condition: q.gte(nameOf(field), least) })),
    ],
  })
}

function fieldOf(spec: FieldSpec, project: ProjectSpec) {
  const options = { ...spec.options, ...defaultOf(spec.options['default']) }
  if (spec.target === undefined) return (f as unknown as PlainFactories)[spec.kind]?.(options) ?? unknownKind(spec)
  const target = project.models.find(({ id }) => id === spec.target)
  return (
    (f as unknown as RelationFactories)[spec.kind]?.(`${target?.app}.${target?.name}`, options) ?? unknownKind(spec)
  )
}

type AnyField = ReturnType<typeof f.integer>
type PlainFactories = Record<string, (options: object) => AnyField>
type RelationFactories = Record<string, (to: string, options: object) => AnyField>

function defaultOf(value: unknown): { default?: unknown } {
  if (value === undefined) return {}
  if (typeof value !== 'object') return { default: value }
  return { default: value !== null && 'now' in value ? now() : uuid() }
}

function unknownKind(spec: FieldSpec): never {
  throw new Error(`No factory for ${spec.kind}`)
}

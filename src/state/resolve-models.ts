import type { GodwitError } from '../errors/error.ts'
import { relationOf, withoutHints } from '../fields/database-options.ts'
import { f } from '../fields/f.ts'
import type { Field } from '../fields/field.ts'
import { fieldKinds } from '../fields/kinds.ts'
import type { ConstraintDeclaration, ModelOptions } from '../models/declarations.ts'
import type { AnyModel, DeclaredMeta } from '../models/model.ts'
import { type BoundModel, type BoundModels, bindModels } from './bind-models.ts'
import { mistake, refuse } from './mistakes/mistake.ts'
import { isFieldName } from './mistakes/names.ts'
import { rules } from './mistakes/rules.ts'
import { withNativeEnums } from './native-enums.ts'
import type { ModelState, ProjectState } from './project-state.ts'
import { resolveTarget } from './resolve-target.ts'

/** What models say they were called before: answers to questions that the autodetector would ask. */
export interface RenameHints {
  /** By `app.Model`, what `renamedFrom` says. */
  readonly models: ReadonlyMap<string, string>
  /** By `app.Model.field`. */
  readonly fields: ReadonlyMap<string, string>
}

/** The models of today as a State, and the hints that stood in them. */
export interface ResolvedModels {
  readonly state: ProjectState
  readonly hints: RenameHints
}

const metaOptions = ['table', 'schema', 'comment', 'managed', 'primaryKey', 'indexes', 'constraints', 'renamedFrom']
const constraintKinds: readonly string[] = ['unique', 'check', 'exclusion'] satisfies ConstraintDeclaration['kind'][]

/**
 * Makes a State of the models that the apps export: targets found, the implicit primary key written out. Refuses all mistakes at once: a single one
 * by its own code, several as `models.several`.
 */
export function resolveModels(apps: ReadonlyMap<string, readonly AnyModel[]>): ResolvedModels {
  const models = bindModels(apps)
  const mistakes: GodwitError[] = [...models.mistakes]
  const hints = { models: new Map<string, string>(), fields: new Map<string, string>() }
  const states = new Map([...apps.keys()].map((app) => [app, new Map<string, ModelState>()]))
  let nextIdentity = 1
  const identity = (): string => String(nextIdentity++)
  for (const bound of models.byKey.values()) {
    const { app, key, model } = bound
    const own = identity()
    const fields = [...resolveFields(models, bound, mistakes)].map(([name, field]) => {
      if (field.renamedFrom !== undefined) hints.fields.set(`${key}.${name}`, field.renamedFrom)
      return { name, identity: identity(), field: withoutHints(field) }
    })
    if (model.meta.renamedFrom !== undefined) hints.models.set(key, model.meta.renamedFrom)
    mistakes.push(...metaMistakes(bound))
    const options = modelOptions(model.meta)
    states.get(app)?.set(model.name, { app, name: model.name, identity: own, fields, options })
  }
  const state = withNativeEnums({ apps: states, objects: new Map(), nextIdentity })
  refuse([...mistakes, ...rules.flatMap((rule) => [...rule(state)])])
  return { state, hints }
}

function* resolveFields(models: BoundModels, bound: BoundModel, mistakes: GodwitError[]): Generator<[string, Field]> {
  const { key, model } = bound
  const declared = Object.entries(model.fields)
  if (model.meta.primaryKey === undefined && !declared.some(([, field]) => isField(field) && field.primaryKey)) {
    if (declared.some(([name]) => name === 'id')) mistakes.push(mistake('models.idTaken', { model: key }))
    else yield ['id', f.bigAuto({ primaryKey: true })]
  }
  for (const [name, field] of declared) {
    if (!isFieldName(name)) mistakes.push(mistake('models.invalidFieldName', { model: key, field: name }))
    if (isField(field)) yield [name, withTargets(models, bound, name, field, mistakes)]
    else mistakes.push(mistake('models.notAField', { model: key, field: name }))
  }
}

function isField(value: unknown): value is Field {
  return typeof value === 'object' && value !== null && 'kind' in value && Object.hasOwn(fieldKinds, String(value.kind))
}

/** The field with every model that it names as `'app.Model'`; one that was not found stays in words, for the rules to pass over. */
function withTargets(
  models: BoundModels,
  bound: BoundModel,
  name: string,
  field: Field,
  mistakes: GodwitError[],
): Field {
  const found = (target: unknown): string => {
    const resolved = resolveTarget(models, bound, name, target)
    if ('key' in resolved) return resolved.key
    mistakes.push(resolved.mistake)
    return 'unknown'
  }
  return {
    ...field,
    ...(relationOf(field) === undefined ? {} : { to: found(field.to) }),
    ...(field.through === undefined ? {} : { through: found(field.through) }),
  }
}

function* metaMistakes({ key, model }: BoundModel): Generator<GodwitError> {
  for (const option of Object.keys(model.meta)) {
    if (metaOptions.includes(option)) continue
    yield mistake('models.unknownMetaOption', { model: key, option, known: metaOptions })
  }
  const { indexes = [], constraints = [] } = model.meta
  if (indexes.some((part) => !('parts' in part) || 'kind' in part)) {
    yield mistake('models.misplacedPart', { model: key, list: 'indexes' })
  }
  if (constraints.some((part) => !constraintKinds.includes(part.kind))) {
    yield mistake('models.misplacedPart', { model: key, list: 'constraints' })
  }
}

function modelOptions({
  table,
  schema,
  comment,
  managed,
  primaryKey,
  indexes,
  constraints,
}: DeclaredMeta): ModelOptions {
  return {
    ...(table === undefined ? {} : { table }),
    ...(schema === undefined ? {} : { schema }),
    ...(comment === undefined ? {} : { comment }),
    ...(managed === false ? { managed } : {}),
    ...(primaryKey === undefined ? {} : { primaryKey }),
    ...(indexes === undefined || indexes.length === 0 ? {} : { indexes }),
    ...(constraints === undefined || constraints.length === 0 ? {} : { constraints }),
  }
}

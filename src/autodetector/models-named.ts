import { databaseOptions } from '../fields/database-options.ts'
import type { Field } from '../fields/field.ts'
import { nativeEnumOf } from '../fields/native-enum.ts'
import { assertNever } from '../lib/assert-never.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import { modelOf } from '../operations/batched.ts'
import type { Operation } from '../operations/operation.ts'
import { objectKey } from '../schema/schema.ts'
import {
  findField,
  findModel,
  type ModelState,
  modelKey,
  type ProjectState,
  splitModelKey,
} from '../state/project-state.ts'
import { namedModels } from '../state/state-field.ts'
import { keyFields } from '../state/table-facets.ts'

/**
 * The models that an operation names: those that it makes, renames, moves or deletes or whose primary key it changes, which is what others see of
 * a model; and those that must merely be there. Enum types are named likewise, as `app.enum mood`, by the app that made them.
 */
export interface NamedModels {
  readonly settled: ReadonlySet<string>
  readonly read: ReadonlySet<string>
  /** Models that a field points at no more: they may not go before, but nothing is asked of them. */
  readonly left: ReadonlySet<string>
}

/** What an operation of an app names, by the States around it. */
export function modelsNamedBy(
  operation: Operation,
  app: string,
  { before, after }: { readonly before: ProjectState; readonly after: ProjectState },
): NamedModels {
  const { settled, read, left } = namedInText(operation, app, { before, after })
  const rekeyed = [...read].filter((key) => {
    const [old, now] = [findModel(before, key), findModel(after, key)]
    return old !== now && old !== undefined && now !== undefined && !structuralEqual(keyOfModel(old), keyOfModel(now))
  })
  return rekeyed.length === 0
    ? { settled, read, left }
    : { settled: settled.union(new Set(rekeyed)), read: read.difference(new Set(rekeyed)), left }
}

/** A model's key, as far as relations to it read it. */
function keyOfModel(model: ModelState): readonly unknown[] {
  return keyFields(model).map(({ name, field }) => [name, databaseOptions(field)])
}

function namedInText(
  operation: Operation,
  app: string,
  { before: state, after }: { readonly before: ProjectState; readonly after: ProjectState },
): NamedModels {
  const named = (names: Names): NamedModels => namedIn(names, state)
  switch (operation.kind) {
    case 'createModel':
      return named({ settled: [modelKey(app, operation.name)], fields: Object.values(operation.fields) })
    case 'deleteModel': {
      const key = modelKey(app, operation.name)
      return named({ settled: [key], left: findModel(state, key)?.fields.map(({ field }) => field) ?? [] })
    }
    case 'renameModel':
      return named({ settled: [modelKey(app, operation.from), modelKey(app, operation.to)] })
    case 'moveModel':
      return named({ settled: [operation.model, modelKey(app, splitModelKey(operation.model).name)] })
    case 'addField':
      return named({ model: modelKey(app, operation.model), fields: [operation.field] })
    case 'removeField':
      return named({ model: modelKey(app, operation.model), left: fieldsUnder(state, app, operation) })
    case 'alterField':
      return named({
        model: modelKey(app, operation.model),
        fields: [operation.field],
        left: fieldsUnder(state, app, operation),
      })
    case 'alterModelTable':
    case 'alterModelTableComment':
    case 'alterModelOptions':
      return named({ model: modelKey(app, operation.name) })
    case 'renameField':
    case 'addIndex':
    case 'removeIndex':
    case 'renameIndex':
    case 'addConstraint':
    case 'removeConstraint':
    case 'alterConstraint':
    case 'addIndexConcurrently':
    case 'removeIndexConcurrently':
    case 'addConstraintNotValid':
    case 'validateConstraint':
      return named({ model: modelKey(app, operation.model) })
    case 'batched':
      return named({ model: modelOf(operation, { app }) })
    case 'createEnum':
      return named({ settled: enumKeys([operation.name], after) })
    case 'alterEnum':
    case 'deleteEnum':
      return named({ settled: enumKeys([operation.name], state) })
    case 'createExtension':
    case 'deleteExtension':
    case 'createCollation':
    case 'deleteCollation':
    case 'runSql':
    case 'runCode':
    case 'separateDatabaseAndState':
    case 'custom':
      return named({})
    default:
      return assertNever(operation)
  }
}

interface Names {
  readonly settled?: readonly string[]
  readonly model?: string
  readonly fields?: readonly Field[]
  readonly left?: readonly Field[]
}

function namedIn({ settled = [], model, fields = [], left = [] }: Names, state: ProjectState): NamedModels {
  const namedBy = (field: Field): readonly string[] => [
    ...namedModels(field),
    ...enumKeys([nativeEnumOf(field)?.name ?? []].flat(), state),
  ]
  const own = new Set(settled)
  const read = new Set([...fields.flatMap(namedBy), ...(model === undefined ? [] : [model])]).difference(own)
  return { settled: own, read, left: new Set(left.flatMap(namedBy)).difference(own).difference(read) }
}

/** What enum types are called among the keys of models, none of which has a blank. */
function enumKeys(names: readonly string[], { objects }: ProjectState): readonly string[] {
  return names.flatMap((name) => {
    const owned = objects.get(objectKey({ kind: 'enum', name }))
    return owned === undefined ? [] : [modelKey(owned.app, `enum ${name}`)]
  })
}

function fieldsUnder(
  state: ProjectState,
  app: string,
  { model, name }: { readonly model: string; readonly name: string },
): readonly Field[] {
  const found = findModel(state, modelKey(app, model))
  const entry = found && findField(found, name)
  return entry === undefined ? [] : [entry.field]
}

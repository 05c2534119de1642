import type { Field } from '../fields/field.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import type {
  ConstraintDeclaration,
  CoveringDeclaration,
  IndexDeclaration,
  ModelOptions,
} from '../models/declarations.ts'
import { applyChanges } from '../schema/apply-changes.ts'
import type { Change } from '../schema/change.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Schema, Table } from '../schema/schema.ts'
import { columnName } from '../state/names.ts'
import { projectModel } from '../state/project-model.ts'
import { type FieldState, keyOf, type ModelState, type ProjectState } from '../state/project-state.ts'
import { withModel } from '../state/with-model.ts'
import { adoptedField } from './adopted-field.ts'
import { freshNames } from './identifiers.ts'
import { readModels } from './read-models.ts'
import { asFound } from './repair-changes.ts'

/** A model whose table is another than it should be. */
export interface ModelToAdopt {
  readonly model: ModelState
  readonly found: Table
  /** What would make the table what it should be. */
  readonly changes: readonly Change[]
}

/** Both sides of the comparison, and the models as they were. */
export interface AdoptingSite {
  readonly state: ProjectState
  readonly inspected: Schema
  readonly dialect: Dialect
}

/**
 * The model that says what its table is, as far as a model can: both forms of the table are read as models, and what differs between the readings is changed
 * in the model that there is. Undefined where the table is none that a model could say.
 */
export function adoptedModel({ model, found, changes }: ModelToAdopt, site: AdoptingSite): ModelState | undefined {
  // What does not differ is in the same words on both sides.
  const schema = applyChanges({ ...site.inspected, others: [] }, changes.map(asFound))
  const mended = schema.tables.get(found.name)
  const was = mended && readAlone(mended, schema, model, site)
  const is = readAlone(found, site.inspected, model, site)
  if (was === undefined || is === undefined) return undefined
  const gone = changes.flatMap(namesOfDeclared)
  const stripped = gone.reduce((left, name) => withoutObjectNamed(left, name, site), model)
  const { fields, names } = adoptedFields(stripped, was, is)
  return { ...stripped, fields, options: adoptedOptions(stripped.options, was, is, names) }
}

/** A table as the model that would make it; relations lead to the models that there are. */
function readAlone(
  table: Table,
  schema: Schema,
  model: ModelState,
  { state, dialect }: AdoptingSite,
): ModelState | undefined {
  const { indexes: _, constraints: __, ...options } = model.options
  // The names that it gives are free to be read again.
  const known = withModel(state, { ...model, options })
  const { models } = readModels([table], { schema, dialect, app: model.app, known })
  const [read] = models
  if (read === undefined) return undefined
  const own = keyOf(read.model)
  const fields = read.model.fields.map((entry) =>
    entry.field.to === own ? { ...entry, field: { ...entry.field, to: keyOf(model) } } : entry,
  )
  return { ...read.model, fields }
}

/** The model without what makes an object of this name in its table: a declaration, or an option of a field. */
function withoutObjectNamed(model: ModelState, name: string, { state, dialect }: AdoptingSite): ModelState {
  const has = (candidate: ModelState): boolean =>
    projectModel(withModel(state, candidate), candidate, dialect).some(
      ({ uniques, indexes, checks, exclusions = [] }) =>
        [...uniques, ...indexes, ...checks, ...exclusions].some((object) => object.name === name),
    )
  if (!has(model)) return model
  return [...lessDeclared(model)].find((candidate) => !has(candidate)) ?? model
}

function* lessDeclared(model: ModelState): Generator<ModelState> {
  const { indexes = [], constraints = [] } = model.options
  for (const index of indexes) yield withOptions(model, { indexes: indexes.filter((other) => other !== index) })
  for (const one of constraints) yield withOptions(model, { constraints: constraints.filter((other) => other !== one) })
}

function withOptions(model: ModelState, changed: Partial<ModelOptions>): ModelState {
  const options = Object.entries({ ...model.options, ...changed }).filter(
    ([, content]) => content !== undefined && !(Array.isArray(content) && content.length === 0),
  )
  return { ...model, options: Object.fromEntries(options) }
}

/** What a change would give a table that lacks it, by its name: it is gone, or another is in its place. */
function namesOfDeclared(change: Change): readonly string[] {
  switch (change.kind) {
    case 'addIndex':
      return [change.index.name]
    case 'addUnique':
      return [change.unique.name]
    case 'addCheck':
      return [change.check.name]
    case 'addExclusion':
      return [change.exclusion.name]
    case 'renameIndex':
    case 'renameUnique':
    case 'renameCheck':
    case 'renameExclusion':
      return [change.after.name]
    default:
      return []
  }
}

interface AdoptedFields {
  readonly fields: readonly FieldState[]
  /** Of each field of the reading, what the model calls it. */
  readonly names: ReadonlyMap<string, string>
}

function adoptedFields(model: ModelState, was: ModelState, is: ModelState): AdoptedFields {
  const byColumn = (read: ModelState): ReadonlyMap<string, FieldState> =>
    new Map(read.fields.map((entry) => [columnName(entry.name, entry.field), entry]))
  const [before, after] = [byColumn(was), byColumn(is)]
  const names = new Map<string, string>()
  const kept = model.fields.flatMap((entry): readonly FieldState[] => {
    const column = columnName(entry.name, entry.field)
    const [declared, found] = [before.get(column), after.get(column)]
    if (declared === undefined) return [entry]
    names.set(declared.name, entry.name)
    if (found === undefined) return []
    names.set(found.name, entry.name)
    const field = adoptedField(entry.field, plain(declared.field), plain(found.field))
    return field === entry.field ? [entry] : [{ ...entry, field: inColumn(entry.name, field, column) }]
  })
  const taken = freshNames(kept.map(({ name }) => name))
  const added = [...after].flatMap(([column, { name: wanted, field, identity }]): readonly FieldState[] => {
    if (before.has(column)) return []
    const name = taken.claim(wanted)
    names.set(wanted, name)
    return [{ name, identity: `${identity}.adopted`, field: inColumn(name, plain(field), column) }]
  })
  return { fields: [...kept, ...added], names }
}

/** What a reading says for want of the names that the model has. */
function plain({ column: _, relatedName: __, ...field }: Field): Field {
  return field
}

function inColumn(name: string, { column: _, ...field }: Field, column: string): Field {
  return columnName(name, field) === column ? field : { ...field, column }
}

function adoptedOptions(
  own: ModelOptions,
  was: ModelState,
  is: ModelState,
  names: ReadonlyMap<string, string>,
): ModelOptions {
  const [before, after] = [was.options, is.options]
  const isNew = <T>(list: readonly T[] | undefined) => {
    const left = [...(list ?? [])]
    return (entry: T): boolean => {
      const at = left.findIndex((other) => structuralEqual(other, entry))
      if (at >= 0) left.splice(at, 1)
      return at < 0
    }
  }
  const indexes = [
    ...(own.indexes ?? []),
    ...(after.indexes ?? []).filter(isNew(before.indexes)).map((index) => renamedIndex(index, names)),
  ]
  const constraints = [
    ...(own.constraints ?? []),
    ...(after.constraints ?? []).filter(isNew(before.constraints)).map((one) => renamedConstraint(one, names)),
  ]
  const { comment: _, indexes: __, constraints: ___, primaryKey: ____, ...rest } = own
  const comment = before.comment === after.comment ? own.comment : after.comment
  const primaryKey = structuralEqual(before.primaryKey, after.primaryKey)
    ? own.primaryKey
    : after.primaryKey?.map((name) => names.get(name) ?? name)
  return {
    ...rest,
    ...(comment !== undefined && { comment }),
    ...(primaryKey !== undefined && { primaryKey }),
    ...(indexes.length > 0 && { indexes }),
    ...(constraints.length > 0 && { constraints }),
  }
}

type Renames = ReadonlyMap<string, string>

function renamedIndex(index: IndexDeclaration, names: Renames): IndexDeclaration {
  return { ...index, ...renamedParts(index, names) }
}

function renamedConstraint(constraint: ConstraintDeclaration, names: Renames): ConstraintDeclaration {
  switch (constraint.kind) {
    case 'unique':
      return { ...constraint, ...renamedParts(constraint, names) }
    case 'exclusion':
      return {
        ...constraint,
        elements: constraint.elements.map((element) =>
          'field' in element ? { ...element, field: names.get(element.field) ?? element.field } : element,
        ),
      }
    case 'check':
      return constraint
  }
}

function renamedParts(
  { parts, include }: CoveringDeclaration,
  names: Renames,
): Pick<CoveringDeclaration, 'parts' | 'include'> {
  return {
    parts: parts.map((part) => ('field' in part ? { ...part, field: names.get(part.field) ?? part.field } : part)),
    ...(include !== undefined && { include: include.map((field) => names.get(field) ?? field) }),
  }
}

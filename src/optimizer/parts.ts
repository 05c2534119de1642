import { hasColumn, relationOf } from '../fields/database-options.ts'
import type { Field } from '../fields/field.ts'
import { nativeEnumOf } from '../fields/native-enum.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import type { AddField, AlterField, CreateModel } from '../operations/operation.ts'
import { columnName, joinTableName, tableName } from '../state/names.ts'
import { modelKey } from '../state/project-state.ts'
import { namedModels, qualifiedKey } from '../state/state-field.ts'
import { fieldsIn } from '../state/uses-of-field.ts'

/** A model, or one thing of it: a field, an index, its table, the fact that it exists. `all` overlaps with every other part. */
export interface Part {
  readonly model: string
  readonly part: string
}

/**
 * What an operation changes and what it counts on. Two operations can change places unless one changes what the other changes or counts on, or takes
 * what the other may give up: a taker never comes before who stands before it and frees. A `barrier` changes places with nothing.
 */
export type Footprint =
  | 'barrier'
  | {
      readonly writes: readonly Part[]
      readonly reads: readonly Part[]
      /** What it may give up, where only the State knows which one it is. */
      readonly frees: readonly Part[]
      /** What it counts on that others may have given up. */
      readonly takes: readonly Part[]
    }

/** The part that stands for the whole model. */
export const all = 'all'

/** Of no model: who gives up a relation frees it, who deletes a model takes it, for a model can be deleted once nothing refers to it. */
export const relations = shared('relations')

/** Of no model: who may give up an enum type frees it, who alters or deletes one takes it. */
export const enums = shared('enums')

/** Of no model: who gives up a table frees it, with all the names that are on it, who gives an index or a constraint a name takes it. */
export const names = shared('names')

/** Of no model: who may give up a table's name frees it, who takes one takes it. */
export const tables = shared('tables')

/** Of a model: who changes what names its fields frees it, who removes a field takes it, for a field can be removed once nothing names it. */
export function uses(model: string): Part {
  return { model, part: 'uses' }
}

/** Of a model: who gives up a column frees it, who takes one takes it. */
export function columns(model: string): Part {
  return { model, part: 'columns' }
}

interface Parts {
  readonly writes?: readonly string[]
  readonly reads?: readonly string[]
  readonly frees?: readonly ((model: string) => Part)[]
  readonly takes?: readonly ((model: string) => Part)[]
  readonly shared?: Partial<Exclude<Footprint, 'barrier'>>
}

/** The footprint of what concerns a model that is there: parts of the model, and those of no model. */
export function of(app: string, name: string, parts: Parts): Footprint {
  const { writes = [], reads = [], frees = [], takes = [], shared: more = {} } = parts
  const model = modelKey(app, name)
  return {
    writes: [...writes.map((part) => ({ model, part })), ...(more.writes ?? [])],
    reads: [existence(model), ...reads.map((part) => ({ model, part })), ...(more.reads ?? [])],
    frees: [...frees.map((part) => part(model)), ...(more.frees ?? [])],
    takes: [...takes.map((part) => part(model)), ...(more.takes ?? [])],
  }
}

/** The footprint of a model that is called otherwise from now on, and its table with it. */
export function renamed(before: readonly Part[], after: readonly Part[]): Footprint {
  return { writes: [...before, ...after], reads: [], frees: [], takes: [tables] }
}

/** The footprint of a field that is added. */
export function ofAddedField(app: string, { model, name, field, copyFrom }: AddField): Footprint {
  return of(app, model, {
    writes: [`field ${name}`, ...columnParts(name, field)],
    reads: [...fieldsRead(field), ...fieldParts(copyFrom === undefined ? [] : [copyFrom])],
    takes: [columns],
    shared: {
      writes: hasJoinTable(field) ? [joinTablePart(app, model, name, field)] : [],
      reads: [...targets(app, model, [field]), ...enumParts([field])],
      takes: hasJoinTable(field) ? [tables] : [],
    },
  })
}

/** The footprint of a field that is altered; one that is known to keep its column neither takes nor gives up any. */
export function ofAlteredField(app: string, { model, name, field }: AlterField, former: Field | undefined): Footprint {
  const taken = columnParts(name, field)
  const known = former === undefined ? [] : columnParts(name, former)
  const keepsColumn = former !== undefined && structuralEqual(taken, known)
  return of(app, model, {
    writes: [`field ${name}`, ...(keepsColumn ? [] : [...taken, ...known])],
    reads: fieldsRead(field),
    frees: former === undefined ? [uses, columns] : [uses],
    takes: keepsColumn ? [] : [columns],
    shared: {
      writes: hasJoinTable(field) ? [joinTablePart(app, model, name, field)] : [],
      reads: [...targets(app, model, [field]), ...enumParts([field])],
      frees: [...formerParts(former), ...(hasJoinTable(field) ? [tables] : [])],
      takes: hasJoinTable(field) ? [tables] : [],
    },
  })
}

/** What a field may give up that is no column: all that it can be where it is not known. */
export function formerParts(former: Field | undefined): readonly Part[] {
  if (former === undefined) return [relations, enums]
  return [
    ...(relationOf(former) === undefined ? [] : [relations]),
    ...(nativeEnumOf(former) === undefined ? [] : [enums]),
  ]
}

/** The column of a field, if it has one. */
export function columnParts(
  name: string,
  field: Pick<Field, 'column' | 'to'> & { readonly kind?: string },
): readonly string[] {
  return field.kind !== undefined && !hasColumn({ kind: field.kind }) ? [] : [`column ${columnName(name, field)}`]
}

interface Named {
  readonly name?: string
}

/** The footprint of an index or a constraint that goes, one that comes, or one that becomes another. */
export function ofObjects(
  app: string,
  model: string,
  { gone, added }: { readonly gone?: Named; readonly added?: Named },
  fields: ReadonlySet<string>,
): Footprint {
  const objects = [gone, added].filter((object) => object !== undefined)
  return of(app, model, {
    writes: objects.map((object) => `object ${object.name ?? canonicalJson(object)}`),
    reads: fieldParts(fields),
    // It does not say what the one that goes was over.
    frees: gone !== undefined && added !== undefined ? [uses] : [],
    shared: { writes: nameParts(objects), takes: added?.name === undefined ? [] : [names] },
  })
}

/** A part of no model: what all models share. */
function shared(part: string): Part {
  return { model: '', part }
}

function fieldsRead(field: Field): readonly string[] {
  return field.expression === undefined ? [] : fieldParts(fieldsIn([field.expression]))
}

function hasJoinTable(field: Field): boolean {
  return relationOf(field) === 'manyToMany' && field.through === undefined
}

/** The models that fields refer to. */
export function targets(app: string, model: string, fields: readonly Field[]): readonly Part[] {
  return fields.flatMap(namedModels).map((key) => existence(qualifiedKey(key, app, model)))
}

/** A model with all that belongs to it. */
export function whole(model: string): Part {
  return { model, part: all }
}

/** A model, and the table that it has where it does not say otherwise. */
export function wholeWithTable(app: string, name: string): readonly Part[] {
  return [whole(modelKey(app, name)), tablePart(tableName(app, name))]
}

/** The names that were given. */
export function nameParts(objects: readonly Named[]): readonly Part[] {
  return objects.flatMap(({ name }) => (name === undefined ? [] : [shared(`name ${name}`)]))
}

/** A table, by its name. */
export function tablePart(table: string): Part {
  return shared(`table ${table}`)
}

/** The join table that a field has where neither it nor its model says otherwise. */
export function joinTablePart(app: string, model: string, field: string, options: Pick<Field, 'table'> = {}): Part {
  return tablePart(joinTableName(tableName(app, model), field, options))
}

/** The join tables that a new model brings along. */
export function joinTableParts(table: string, fields: CreateModel['fields']): readonly Part[] {
  const joined = Object.entries(fields).filter(([, field]) => hasJoinTable(field))
  return joined.map(([name, field]) => tablePart(joinTableName(table, name, field)))
}

/** An enum type. */
export function enumPart(name: string): Part {
  return shared(`enum ${name}`)
}

/** The enum types that fields have. */
export function enumParts(fields: readonly Field[]): readonly Part[] {
  return fields.flatMap((field) => {
    const native = nativeEnumOf(field)
    return native === undefined ? [] : [enumPart(native.name)]
  })
}

function existence(model: string): Part {
  return { model, part: 'existence' }
}

/** Fields, by their names. */
export function fieldParts(fields: Iterable<string>): readonly string[] {
  return [...fields].map((name) => `field ${name}`)
}

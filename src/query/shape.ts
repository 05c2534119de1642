import { relationOf } from '../fields/database-options.ts'
import type { Field } from '../fields/field.ts'
import { isNumbered, kindOf } from '../fields/kinds.ts'
import type { ColumnType } from '../schema/column-type.ts'
import { columnNames } from '../state/column-expressions.ts'
import { tableName } from '../state/names.ts'
import {
  type FieldState,
  findField,
  keyOf,
  type ModelKey,
  type ModelState,
  type ProjectState,
} from '../state/project-state.ts'
import { resolveTarget } from '../state/relations.ts'
import { keyFields, targetKey } from '../state/table-facets.ts'
import { type RelationEnd, relationEnds } from './relation-ends.ts'

/** A field of a model that has a column, as rows show it. */
export interface Attribute {
  /** What rows call it: the field's own name, and `authorId` for the key that the relation `author` holds. */
  readonly name: string
  /** The field that says which values it holds: of a relation's key that of what it points at, of a computed column its output. */
  readonly field: Field
  readonly column: string
  readonly type: ColumnType
  readonly nullable: boolean
  /** `defaulted`: a new row can leave it out. `computed`: nobody writes it. */
  readonly role: 'plain' | 'defaulted' | 'computed'
}

/** A model as queries see it: its table, what rows hold, where relations lead. */
export interface Shape {
  readonly key: ModelKey
  readonly model: ModelState
  /** As a Schema has it: `schema.table` outside the default schema. */
  readonly table: string
  /** By the name that rows have for them, in the order of declaration. */
  readonly attributes: ReadonlyMap<string, Attribute>
  readonly primaryKey: readonly Attribute[]
  /** By name, forwards and backwards. */
  readonly relations: ReadonlyMap<string, RelationEnd>
  /** Names that several relations from other models would have here, and who they are: `blog.Post.editor`. */
  readonly ambiguous: ReadonlyMap<string, readonly string[]>
}

/** What queries need to know of a model at a point of history. */
export function shapeOf(state: ProjectState, model: ModelState): Shape {
  const known = shapes.get(state) ?? new Map<ModelState, Shape>()
  shapes.set(state, known)
  const shape = known.get(model) ?? newShape(state, model)
  known.set(model, shape)
  return shape
}

const shapes = new WeakMap<ProjectState, Map<ModelState, Shape>>()

function newShape(state: ProjectState, model: ModelState): Shape {
  const byField = new Map(model.fields.flatMap((entry) => attributeOf(state, model, entry) ?? []))
  const { relations, ambiguous } = relationEnds(state, model)
  return {
    key: keyOf(model),
    model,
    table: tableName(model.app, model.name, model.options),
    attributes: new Map([...byField.values()].map((attribute) => [attribute.name, attribute])),
    primaryKey: keyFields(model).flatMap(({ name }) => byField.get(name) ?? []),
    relations,
    ambiguous,
  }
}

function attributeOf(state: ProjectState, model: ModelState, entry: FieldState): [[string, Attribute]] | undefined {
  const column = columnNames(model).get(entry.name)
  if (column === undefined) return undefined
  const { field } = entry
  const isKey = keyFields(model).includes(entry)
  const attribute: Attribute = {
    name: attributeName(model, entry),
    column,
    nullable: field.null === true && !isKey,
    role: roleOf(field),
    ...(relationOf(field) === undefined
      ? { field: field.output ?? field, type: ownType(field) }
      : { field: keyField(state, field), type: targetKey(state, model, entry).key.type }),
  }
  return [[entry.name, attribute]]
}

/** What rows call a field: `authorId` for the key that `author` holds, unless the model has a field of that name. */
export function attributeName(model: ModelState, { name, field }: FieldState): string {
  if (relationOf(field) === undefined) return name
  const named = `${name}Id`
  return findField(model, named) === undefined ? named : name
}

function roleOf(field: Field): Attribute['role'] {
  if (field.expression !== undefined) return 'computed'
  return isNumbered(field) || field.default !== undefined ? 'defaulted' : 'plain'
}

function ownType(field: Field): ColumnType {
  const type = kindOf(field).columnType(field)
  if (type === undefined) throw new Error(`The field kind ${field.kind} declares no type.`)
  return type
}

/** The field that says what a relation's key can be: that of its target's key, through any number of models. */
function keyField(state: ProjectState, field: Field): Field {
  const target = resolveTarget(state, field)
  const [key] = target === undefined ? [] : keyFields(target)
  if (key === undefined) throw new Error(`The relation to ${String(field.to)} has no key to point at.`)
  return relationOf(key.field) === undefined ? key.field : keyField(state, key.field)
}

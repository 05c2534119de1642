import { relationOf } from '../fields/database-options.ts'
import { columnName, joinColumnNames, joinTableName, tableName } from '../state/names.ts'
import {
  type FieldState,
  findField,
  findModel,
  keyOf,
  type ModelState,
  type ProjectState,
} from '../state/project-state.ts'
import { relationsTo, resolveTarget } from '../state/relations.ts'
import { keyFields } from '../state/table-facets.ts'

/** A relation as one of its ends sees it. */
export interface RelationEnd {
  readonly name: string
  /** The model at the other end. */
  readonly target: ModelState
  /** Whether it leads to any number of rows. */
  readonly many: boolean
  readonly way: DirectWay | JoinedWay
  /** The field that declares the relation: `blog.Post.author`. */
  readonly declaredBy: string
}

/** A column of this model's table holds what a column of the other's does. */
export interface DirectWay {
  readonly kind: 'direct'
  readonly own: string
  readonly others: string
  /** Which of the two is the foreign key. */
  readonly holder: 'own' | 'others'
  readonly nullable: boolean
}

/** The rows of a table of links hold both keys. */
export interface JoinedWay {
  readonly kind: 'joined'
  readonly table: string
  /** The columns of the links, and the keys that they hold. */
  readonly own: { readonly column: string; readonly key: string }
  readonly others: { readonly column: string; readonly key: string }
  /** The join model, where it is one of the user's. */
  readonly through?: ModelState
}

/** The relations of a model by name: its own, and those of others that lead to it. */
export function relationEnds(
  state: ProjectState,
  model: ModelState,
): Pick<
  { relations: ReadonlyMap<string, RelationEnd>; ambiguous: ReadonlyMap<string, readonly string[]> },
  'relations' | 'ambiguous'
> {
  const relations = new Map<string, RelationEnd>()
  for (const entry of model.fields) {
    const end = forwardEnd(state, model, entry)
    if (end !== undefined) relations.set(entry.name, end)
  }
  const reverse = Map.groupBy(reverseEnds(state, model), ({ name }) => name)
  const ambiguous = new Map<string, readonly string[]>()
  for (const [name, ends] of reverse) {
    const [only, another] = ends
    // A field of the model's own hides what others call their relation to it.
    if (findField(model, name) !== undefined || only === undefined) continue
    if (another === undefined) relations.set(name, only)
    else
      ambiguous.set(
        name,
        ends.map(({ declaredBy }) => declaredBy),
      )
  }
  return { relations, ambiguous }
}

function forwardEnd(state: ProjectState, model: ModelState, entry: FieldState): RelationEnd | undefined {
  const { name, field } = entry
  const target = relationOf(field) === undefined ? undefined : resolveTarget(state, field)
  if (target === undefined) return undefined
  const declaredBy = `${keyOf(model)}.${name}`
  if (relationOf(field) === 'manyToMany') {
    const way = joinedWay(state, model, entry, target)
    return way && { name, target, many: true, way, declaredBy }
  }
  const key = keyColumn(target)
  if (key === undefined) return undefined
  const way: DirectWay = {
    kind: 'direct',
    own: columnName(name, field),
    others: key,
    holder: 'own',
    nullable: field.null === true,
  }
  return { name, target, many: false, way, declaredBy }
}

function reverseEnds(state: ProjectState, model: ModelState): readonly RelationEnd[] {
  return relationsTo(state, keyOf(model)).flatMap(({ model: owner, field: entry }): readonly RelationEnd[] => {
    // A field that only goes through this model is no relation to it.
    if (entry.field.to !== keyOf(model)) return []
    const forward = forwardEnd(state, owner, entry)
    if (forward === undefined) return []
    return [
      {
        name: entry.field.relatedName ?? lowerFirst(owner.name),
        target: owner,
        many: relationOf(entry.field) !== 'oneToOne',
        way: reversed(forward.way),
        declaredBy: forward.declaredBy,
      },
    ]
  })
}

function reversed(way: RelationEnd['way']): RelationEnd['way'] {
  return way.kind === 'joined'
    ? { ...way, own: way.others, others: way.own }
    : { ...way, own: way.others, others: way.own, holder: way.holder === 'own' ? 'others' : 'own', nullable: true }
}

function joinedWay(
  state: ProjectState,
  model: ModelState,
  { name, field }: FieldState,
  target: ModelState,
): JoinedWay | undefined {
  const [ownKey, othersKey] = [keyColumn(model), keyColumn(target)]
  if (ownKey === undefined || othersKey === undefined) return undefined
  if (field.through === undefined) {
    const columns = joinColumnNames(model.name, target.name)
    const table = joinTableName(tableName(model.app, model.name, model.options), name, field)
    return {
      kind: 'joined',
      table,
      own: { column: columns.source, key: ownKey },
      others: { column: columns.target, key: othersKey },
    }
  }
  const through = findModel(state, String(field.through))
  if (through === undefined) return undefined
  const keys = through.fields.filter((entry) => ['foreignKey', 'oneToOne'].includes(relationOf(entry.field) ?? ''))
  const [toOwn, ...others] = keys.filter((entry) => entry.field.to === keyOf(model))
  const toTarget = model === target ? others[0] : keys.find((entry) => entry.field.to === keyOf(target))
  const [source = toOwn?.name, sink = toTarget?.name] = field.throughFields ?? []
  const [sourceField, sinkField] = [source, sink].map((key) =>
    key === undefined ? undefined : findField(through, key),
  )
  if (sourceField === undefined || sinkField === undefined) return undefined
  return {
    kind: 'joined',
    table: tableName(through.app, through.name, through.options),
    own: { column: columnName(sourceField.name, sourceField.field), key: ownKey },
    others: { column: columnName(sinkField.name, sinkField.field), key: othersKey },
    through,
  }
}

/** The column of a model's primary key, where that is one column. */
function keyColumn(model: ModelState): string | undefined {
  const [key, another] = keyFields(model)
  return key === undefined || another !== undefined ? undefined : columnName(key.name, key.field)
}

/** `Post` → `post`: what a relation is called from the other end when it was given no name for it. */
function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

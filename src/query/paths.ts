import { fail } from '../errors/error.ts'
import type { Expr } from '../schema/queries.ts'
import { column, findAttribute, otherEnd, type Place, siteOf, unknownField } from './place.ts'
import type { Attribute } from './shape.ts'
import { asExpression, named, type Select } from './tables.ts'

/** A field that a path leads to, and what stands for it in a query. */
export interface PathEnd {
  readonly attribute: Attribute
  readonly value: Expr
  /** Whether there may be no value: the field can be NULL, or a row on the way be missing. */
  readonly nullable: boolean
}

/**
 * What stands for a field in a query: its column, or behind `author.username` a query for the one row there. Fails where a relation leads to many.
 */
export function pathEnd(place: Place, path: string): PathEnd {
  const [first = '', ...rest] = path.split('.')
  if (rest.length === 0) {
    const attribute = findAttribute(place.shape, first)
    if (attribute === undefined) return noValue(place, first)
    return { attribute, value: column(place, attribute), nullable: attribute.nullable }
  }
  const end = place.shape.relations.get(first)
  if (end === undefined) {
    if (place.shape.attributes.has(first)) return notRelation(place, first, 'one')
    return unknownField(place, first)
  }
  if (end.many) fail('query.manyRows', { ...siteOf(place), path, relation: first })
  const { query, other } = otherEnd(place, end)
  const { attribute, value } = pathEnd(other, rest.join('.'))
  return { attribute, value: scalar(query, value), nullable: true }
}

/** A query for one value. */
export function scalar(query: Select, value: Expr): Expr {
  return asExpression(query.select(named(value, 'value')))
}

/** A relation is no value of its own, but for the key that it may hold. */
function noValue(place: Place, name: string): never {
  const end = place.shape.relations.get(name)
  if (end === undefined) return unknownField(place, name)
  return fail('query.manyRows', { ...siteOf(place), path: name, relation: name })
}

/** Fails: the name is no relation that leads where it is wanted to. */
export function notRelation(
  place: Pick<Place, 'around' | 'shape'>,
  field: string,
  wanted: 'one' | 'many' | 'links',
): never {
  const { relations } = place.shape
  const known = [...relations.values()]
    .filter(({ many, way }) => (wanted === 'links' ? way.kind === 'joined' : many === (wanted === 'many')))
    .map(({ name }) => name)
  return fail('query.notRelation', { ...siteOf(place), field, wanted, known })
}

import type { QuerySite } from '../errors/catalogue/query.ts'
import { fail } from '../errors/error.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expr } from '../schema/queries.ts'
import { findModel, type ModelState, type ProjectState } from '../state/project-state.ts'
import { type Maker, makerOf } from './maker.ts'
import type { RelationEnd } from './relation-ends.ts'
import { type Attribute, type Shape, shapeOf } from './shape.ts'
import { builderOf, columnOf, type Db, type Select, tableAs } from './tables.ts'

/** What all queries of one code step share. */
export interface Surroundings {
  readonly state: ProjectState
  readonly dialect: Dialect
  readonly db: Db
  readonly make: Maker
  /** `blog.0002_fill`, for messages. */
  readonly migration: string
}

export function surroundings(options: Omit<Surroundings, 'make'>): Surroundings {
  return { ...options, make: makerOf(builderOf(options.db), options.dialect.queries) }
}

/** A table in a query, under its name there, seen as the model that it is of. */
export interface Place {
  readonly around: Surroundings
  readonly shape: Shape
  /** Absent: the only table of the statement. */
  readonly alias: string | undefined
  readonly aliases: Aliases
}

/** Gives each table of one query a name of its own. */
interface Aliases {
  next(table: string): string
  /** The tables that were given one, each as often as it was. */
  readonly tables: readonly string[]
}

function newAliases(): Aliases {
  const tables: string[] = []
  return {
    tables,
    next: (table) => {
      tables.push(table)
      return `t${tables.length}`
    },
  }
}

/** The table that a new query is about. */
export function newPlace(around: Surroundings, shape: Shape): Place {
  const aliases = newAliases()
  return { around, shape, alias: aliases.next(shape.table), aliases }
}

/** Whether what was made for a place up to now reads its table once more, besides being about it. */
export function readsItself({ shape, aliases }: Place): boolean {
  return aliases.tables.filter((table) => table === shape.table).length > 1
}

/** The same model as the only table of a statement, where a name for it cannot be given. */
export function barePlace(around: Surroundings, shape: Shape): Place {
  return { around, shape, alias: undefined, aliases: newAliases() }
}

/** Another table of the same query. */
export function placeOf({ around, aliases }: Place, model: ModelState): Place {
  const shape = shapeOf(around.state, model)
  return { around, shape, alias: aliases.next(shape.table), aliases }
}

/** The rows of a place, to be narrowed and selected from. */
export function from(place: Place): Select {
  return place.around.db.selectFrom(tableAs(place.shape.table, place.alias ?? place.aliases.next(place.shape.table)))
}

export function column(place: Place, { column: name }: Pick<Attribute, 'column'>): Expr {
  return columnOf(place.alias, name)
}

/** Where a sentence about a query begins. */
export function siteOf({ around, shape }: Pick<Place, 'around' | 'shape'>): QuerySite {
  return { migration: around.migration, model: shape.key }
}

/** The field of a name that rows have; a relation to one row stands for the key that it holds. */
export function findAttribute({ attributes, relations }: Shape, name: string): Attribute | undefined {
  const own = attributes.get(name)
  const way = relations.get(name)?.way
  if (own !== undefined || way?.kind !== 'direct' || way.holder !== 'own') return own
  return [...attributes.values()].find(({ column: held }) => held === way.own)
}

/** Fails with `query.unknownField`, or with `query.ambiguousRelation` where several relations have the name. */
export function unknownField(place: Pick<Place, 'around' | 'shape'>, name: string): never {
  const { attributes, relations, ambiguous } = place.shape
  const meant = ambiguous.get(name)
  if (meant !== undefined) fail('query.ambiguousRelation', { ...siteOf(place), name, relations: meant })
  const known = [...new Set([...attributes.keys(), ...relations.keys()])]
  return fail('query.unknownField', { ...siteOf(place), field: name, known })
}

/** The model under a key, in these surroundings. */
export function shapeUnder(state: ProjectState, key: string): Shape | undefined {
  const model = findModel(state, key)
  return model && shapeOf(state, model)
}

/** The rows at the other end of a relation that belong to the row of a place. For a many-to-many also the links between the two. */
export function otherEnd(place: Place, end: RelationEnd): { readonly query: Select; readonly other: Place } {
  const { make } = place.around
  const other = placeOf(place, end.target)
  const { way } = end
  if (way.kind === 'direct') {
    const joined = make.compare(columnOf(other.alias, way.others), '=', columnOf(place.alias, way.own))
    return { query: from(other).where(joined), other }
  }
  const links = other.aliases.next(way.table)
  const query = from(other)
    .innerJoin(tableAs(way.table, links), (join) =>
      join.on(make.compare(columnOf(links, way.others.column), '=', columnOf(other.alias, way.others.key))),
    )
    .where(make.compare(columnOf(links, way.own.column), '=', columnOf(place.alias, way.own.key)))
  return { query, other }
}

import { fail } from '../errors/error.ts'
import type { Condition, Expr } from '../schema/queries.ts'
import { isPlain, isTagged } from './is-plain.ts'
import { compared, written } from './literals.ts'
import { notRelation } from './paths.ts'
import { barePlace, column, from, newPlace, type Place, placeOf, siteOf } from './place.ts'
import type { Links, LinkTarget } from './query-set.ts'
import { send } from './read-rows.ts'
import type { JoinedWay, RelationEnd } from './relation-ends.ts'
import { type Attribute, shapeOf } from './shape.ts'
import { isAmong, type Rows } from './spec.ts'
import { columnOf, named, type Select, tableAs } from './tables.ts'
import { deleteFrom } from './update-rows.ts'
import { writable } from './write-rows.ts'

/** What is known of a set that was handed over as the other end of links. */
export type RowsOf = (given: object) => Rows | undefined

/** The links of the rows of a set by a many-to-many. Fails with `query.notRelation`. */
export function linksOf(
  rows: Rows,
  name: string,
  rowsOf: RowsOf,
  fields: Readonly<Record<string, unknown>> = {},
): Links {
  const end = rows.shape.relations.get(name)
  if (end?.way.kind !== 'joined') return notRelation(rows, name, 'links')
  const links: Joined = { rows, end, way: end.way, rowsOf, fields }
  return {
    async add(...targets) {
      await refuseWrong(links, targets)
      return addLinks(links, targets)
    },
    remove: async (...targets) => (targets.length === 0 ? 0 : removeLinks(links, targets, true)),
    async set(...targets) {
      // Before any is taken away, which outside a transaction would be gone.
      await refuseWrong(links, targets)
      await removeLinks(links, targets, false)
      await addLinks(links, targets)
    },
    clear: () => removeLinks(links, [], false),
    with: (more) => linksOf(rows, name, rowsOf, { ...fields, ...more }),
  }
}

interface Joined {
  readonly rows: Rows
  readonly end: RelationEnd
  readonly way: JoinedWay
  readonly rowsOf: RowsOf
  readonly fields: Readonly<Record<string, unknown>>
}

/** Fails where links to these cannot be made. */
async function refuseWrong(links: Joined, targets: readonly LinkTarget[]): Promise<void> {
  if (targets.length === 0) return
  furtherColumns(links)
  await refuseUnknown(links, targets)
}

/** One statement for all pairs that are not linked yet. */
async function addLinks(links: Joined, targets: readonly LinkTarget[]): Promise<number> {
  if (targets.length === 0) return 0
  const { rows, way } = links
  const { around } = rows
  const { make, db } = around
  const place = newPlace(around, rows.shape)
  const other = placeOf(place, links.end.target)
  const linked = place.aliases.next(way.table)
  const isLinked = make
    .select(tableAs(way.table, linked))
    .select(named(make.constant(1), 'one'))
    .where(make.compare(columnOf(linked, way.own.column), '=', columnOf(place.alias, way.own.key)))
    .where(make.compare(columnOf(linked, way.others.column), '=', columnOf(other.alias, way.others.key)))
  const further = furtherColumns(links)
  const pairs = from(place)
    .innerJoin(tableAs(other.shape.table, String(other.alias)), (join) => join.on(isOneOf(links, other, targets)))
    .where(isAmong(place, rows))
    .where(make.not(make.exists(isLinked)))
    .select([
      named(columnOf(place.alias, way.own.key), 'own'),
      named(columnOf(other.alias, way.others.key), 'others'),
      ...further.map(([name, value]) => named(value, name)),
    ])
  const columns = [way.own.column, way.others.column, ...further.map(([name]) => name)]
  const insert = db.insertInto(way.table).columns(columns).expression(pairs)
  return Number((await send(place, insert)).numAffectedRows ?? 0n)
}

/** What the rows of a join model hold beside the two keys. */
function furtherColumns({ rows: { around }, way, fields, end }: Joined): readonly (readonly [string, Expr])[] {
  if (way.through === undefined) {
    const [name] = Object.keys(fields)
    if (name === undefined) return []
    const owner = barePlace(around, shapeOf(around.state, end.target))
    return fail('query.notWritable', {
      ...siteOf(owner),
      field: name,
      problem: `is no field of the links of ${end.declaredBy}, which hold two keys and nothing else`,
      fix: 'Leave out with().',
    })
  }
  const through = barePlace(around, shapeOf(around.state, way.through))
  const given = Object.entries(fields).map(([name, value]): readonly [Attribute, unknown] => [
    writable(through, name),
    value,
  ])
  const held = new Set([way.own.column, way.others.column, ...given.map(([{ column: name }]) => name)])
  const missing = [...through.shape.attributes.values()].filter(
    ({ role, nullable, column: name }) => role === 'plain' && !nullable && !held.has(name),
  )
  if (missing.length > 0) {
    fail('query.missingFields', { ...siteOf(through), fields: missing.map(({ name }) => name) })
  }
  const { make, dialect } = around
  return given.map(([attribute, value]) => [
    attribute.column,
    // In the SELECT nothing tells the type of a bound value.
    dialect.queries.typed(make.bound(written(through, attribute, value)), attribute.type, make),
  ])
}

/** Takes links away: those to some rows, or those to all but some. */
async function removeLinks(
  { rows, way, end, rowsOf }: Joined,
  targets: readonly LinkTarget[],
  wanted: boolean,
): Promise<number> {
  const { around } = rows
  const { make } = around
  const owner = newPlace(around, rows.shape)
  const links = owner.aliases.next(way.table)
  const own = from(owner)
    .where(isAmong(owner, rows))
    .select(named(columnOf(owner.alias, way.own.key), 'key'))
  const other = placeOf(owner, end.target)
  const others = from(other)
    .where(isOneOf({ rows, way, end, rowsOf }, other, targets))
    .select(named(columnOf(other.alias, way.others.key), 'key'))
  const among = make.isIn([columnOf(links, way.others.column)], others)
  const query = deleteFrom(owner, way.table, links)
    .where(make.isIn([columnOf(links, way.own.column)], own))
    .where(wanted ? among : make.not(among))
  return Number((await send(owner, query)).numAffectedRows ?? 0n)
}

/** The condition that a row at the other end is one of those that were named. */
function isOneOf(
  { rows, end, rowsOf }: Pick<Joined, 'rows' | 'way' | 'end' | 'rowsOf'>,
  other: Place,
  targets: readonly LinkTarget[],
): Condition {
  const { make } = rows.around
  const key = keyOf(other)
  const sets = targets.flatMap((target) => (typeof target === 'object' ? (rowsOf(target) ?? []) : []))
  const keys = keysAmong(other, key, targets, rowsOf).map((value) => compared(other, key, value))
  return make.or([
    make.oneOf(column(other, key), keys),
    ...sets.map((set) => {
      if (set.shape.key !== other.shape.key) {
        const leads = { relation: end.name, target: other.shape.key, given: set.shape.key }
        fail('query.wrongLinks', { ...siteOf(rows), ...leads })
      }
      return isAmong(other, set)
    }),
  ])
}

async function refuseUnknown({ rows, end, rowsOf }: Joined, targets: readonly LinkTarget[]): Promise<void> {
  const { around } = rows
  const { make } = around
  const other = newPlace(around, shapeOf(around.state, end.target))
  const key = keyOf(other)
  const keys = keysAmong(other, key, targets, rowsOf)
  const wanted = new Set(keys.map(String)).size
  if (wanted === 0) return
  const query: Select = from(other)
    .where(
      make.oneOf(
        column(other, key),
        keys.map((value) => compared(other, key, value)),
      ),
    )
    .select(named(make.call('count', make.constant(1)), 'count'))
  const found = Number((await send(other, query)).rows[0]?.['count'])
  if (found === wanted) return
  fail('query.unknownLinks', {
    ...siteOf(rows),
    relation: end.name,
    target: other.shape.key,
    missing: wanted - found,
  })
}

/** The keys that were given as such, or within a row. */
function keysAmong(other: Place, key: Attribute, targets: readonly LinkTarget[], rowsOf: RowsOf): readonly unknown[] {
  return targets.flatMap((target): readonly unknown[] => {
    if (typeof target !== 'object') return [target]
    if (rowsOf(target) !== undefined) return []
    if (isPlain(target) && !isTagged(target) && key.name in target) return [target[key.name]]
    return isPlain(target) && isTagged(target)
      ? [target]
      : fail('query.missingFields', { ...siteOf(other), fields: [key.name] })
  })
}

function keyOf({ shape }: Place): Attribute {
  const [key] = shape.primaryKey
  if (key === undefined) throw new Error(`${shape.key} has no primary key to be linked by.`)
  return key
}

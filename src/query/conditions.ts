import { fail } from '../errors/error.ts'
import type { Condition } from '../schema/queries.ts'
import { lookupNames } from './filter-types.ts'
import { isPlain, isTagged } from './is-plain.ts'
import { inWords } from './literals.ts'
import { attributeCondition } from './lookups.ts'
import { findAttribute, otherEnd, type Place, siteOf, unknownField } from './place.ts'
import type { RelationEnd } from './relation-ends.ts'
import { type Attribute, type Shape, shapeOf } from './shape.ts'

/**
 * The condition that a row of the place fits a filter or, with `wanted` false, that it does not. SQL knows three answers and a filter two: what is
 * unknown because of a NULL does not fit. Negation is therefore carried to the leaves, where it is `IS NOT TRUE` or `NOT EXISTS`.
 */
export function fits(place: Place, filter: unknown, wanted: boolean): Condition {
  const { make } = place.around
  if (!isPlain(filter)) return fail('query.badFilter', { ...siteOf(place), problem: inWords(filter) })
  const parts = Object.entries(filter).map(([name, asked]) => namedCondition(place, name, asked, wanted))
  return wanted ? make.and(parts) : make.or(parts)
}

function namedCondition(place: Place, name: string, asked: unknown, wanted: boolean): Condition {
  const { attributes, relations } = place.shape
  if (asked === undefined) {
    // A filter that says nothing where something was meant would take in every row.
    fail('query.badFilter', { ...siteOf(place), problem: `${name}: undefined, which is no value` })
  }
  const attribute = attributes.get(name)
  if (attribute !== undefined) return attributeCondition(place, attribute, asked, wanted)
  const end = relations.get(name)
  if (end !== undefined) return relationCondition(place, end, asked, wanted)
  if (name === 'not') return fits(place, asked, !wanted)
  if (name === 'or' || name === 'and') return combined(place, name, asked, wanted)
  return unknownField(place, name)
}

function combined(place: Place, word: 'or' | 'and', asked: unknown, wanted: boolean): Condition {
  const { make } = place.around
  if (!Array.isArray(asked)) {
    return fail('query.badFilter', {
      ...siteOf(place),
      problem: `${word}: ${inWords(asked)}, which is no list of filters`,
    })
  }
  const parts = asked.map((filter: unknown) => fits(place, filter, wanted))
  return (word === 'and') === wanted ? make.and(parts) : make.or(parts)
}

function relationCondition(place: Place, end: RelationEnd, asked: unknown, wanted: boolean): Condition {
  const { make } = place.around
  if (!isPlain(asked) || isTagged(asked)) return keyCondition(place, end, asked, wanted)
  const target = shapeOf(place.around.state, end.target)
  const entries = Object.entries(asked)
  const isLookup = ([name, value]: readonly [string, unknown]): boolean => isKeyLookup(target, name, value)
  const onKey = entries.filter(isLookup)
  const beyond = entries.filter((entry) => !isLookup(entry))
  const parts = onKey.map(([lookup, value]) => keyCondition(place, end, { [lookup]: value }, wanted))
  // Without lookups of the key even an empty filter says that there is a row.
  const others =
    beyond.length > 0 || onKey.length === 0 ? [existsBeyond(place, end, Object.fromEntries(beyond), wanted)] : []
  return wanted ? make.and([...parts, ...others]) : make.or([...parts, ...others])
}

const lookups: ReadonlySet<string> = new Set(lookupNames)

/** Whether a name asks for the key that a relation leads to. `not` does where it is followed by a value or lookups, and is a word of filters elsewhere. */
function isKeyLookup(target: Shape, name: string, value: unknown): boolean {
  const { attributes, relations, ambiguous } = target
  if (!lookups.has(name) || attributes.has(name) || relations.has(name) || ambiguous.has(name)) return false
  return name !== 'not' || !isPlain(value) || Object.entries(value).every((entry) => isKeyLookup(target, ...entry))
}

function existsBeyond(place: Place, end: RelationEnd, filter: object, wanted: boolean): Condition {
  const { make } = place.around
  const { query, other } = otherEnd(place, end)
  const found = make.exists(query.select((build) => build.lit(1).as('found')).where(fits(other, filter, true)))
  return wanted ? found : make.not(found)
}

/** What is asked of the key that a relation leads to, and not of the row. */
function keyCondition(place: Place, end: RelationEnd, asked: unknown, wanted: boolean): Condition {
  const { way } = end
  if (way.kind === 'direct' && way.holder === 'own') {
    const own = findAttribute(place.shape, end.name)
    if (own !== undefined) return attributeCondition(place, own, asked, wanted)
  }
  const isNull = asked === null ? true : isPlain(asked) && 'isNull' in asked ? asked['isNull'] : undefined
  if (typeof isNull === 'boolean') return existsBeyond(place, end, {}, isNull !== wanted)
  const [key, ...more] = shapeOf(place.around.state, end.target).primaryKey
  if (key === undefined || more.length > 0) {
    const problem = `${end.name}: ${inWords(asked)}, but ${keyInWords([key, ...more])}`
    return fail('query.badFilter', { ...siteOf(place), problem })
  }
  return existsBeyond(place, end, { [key.name]: asked }, wanted)
}

function keyInWords(key: readonly (Attribute | undefined)[]): string {
  const names = key.flatMap((part) => part?.name ?? [])
  return names.length === 0 ? 'rows there have no key' : `a key there is made of ${names.join(', ')}`
}

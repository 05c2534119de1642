import { fail } from '../errors/error.ts'
import type { Condition, Expr, TextMatch } from '../schema/queries.ts'
import { type LookupName, lookupNames } from './filter-types.ts'
import { isPlain, isTagged } from './is-plain.ts'
import { compared, inWords } from './literals.ts'
import { column, type Place, siteOf } from './place.ts'
import type { Attribute } from './shape.ts'

/** The condition that a field holds a value, NULL, or what lookups ask for; with `wanted` false, that it does not. */
export function attributeCondition(place: Place, attribute: Attribute, asked: unknown, wanted: boolean): Condition {
  // An object is lookups and no document; whatever is tagged is a literal.
  if (!isPlain(asked) || isTagged(asked)) return lookupCondition(place, attribute, 'equals', asked, wanted)
  const { make } = place.around
  const parts = Object.entries(asked).map(([name, value]) => {
    const lookup = lookupNames.find((known) => known === name)
    return lookup === undefined
      ? fail('query.unknownLookup', { ...siteOf(place), field: attribute.name, lookup: name, known: lookupNames })
      : lookupCondition(place, attribute, lookup, value, wanted)
  })
  return wanted ? make.and(parts) : make.or(parts)
}

function lookupCondition(
  place: Place,
  attribute: Attribute,
  lookup: LookupName,
  asked: unknown,
  wanted: boolean,
): Condition {
  const { make } = place.around
  const held = column(place, attribute)
  if (asked === undefined) {
    fail('query.badFilter', { ...siteOf(place), problem: `${attribute.name}.${lookup}: undefined, which is no value` })
  }
  if (lookup === 'isNull') return nullCondition(place, attribute, asked, wanted)
  if (lookup === 'not') return attributeCondition(place, attribute, asked, !wanted)
  if (asked === null && lookup === 'equals') return isNull(place, held, wanted)
  refuseLookup(place, attribute, lookup)
  const certain = (condition: Condition): Condition => (wanted ? condition : make.isNotTrue(condition))
  const compare = (operator: '<' | '<=' | '>' | '>=', value: unknown): Condition =>
    ordered(place, attribute, operator, value)
  switch (lookup) {
    case 'equals':
      return certain(equal(place, attribute, asked))
    case 'gt':
      return certain(compare('>', asked))
    case 'gte':
      return certain(compare('>=', asked))
    case 'lt':
      return certain(compare('<', asked))
    case 'lte':
      return certain(compare('<=', asked))
    case 'range': {
      const [from, to] = listOf(place, attribute, lookup, asked, 2)
      return certain(make.and([compare('>=', from), compare('<=', to)]))
    }
    case 'in':
      return oneOf(place, attribute, listOf(place, attribute, lookup, asked), wanted)
    default:
      return certain(textCondition(place, attribute, lookup, asked))
  }
}

function nullCondition(place: Place, attribute: Attribute, asked: unknown, wanted: boolean): Condition {
  if (typeof asked !== 'boolean') {
    const problem = `${attribute.name}.isNull: ${inWords(asked)}, which is neither true nor false`
    return fail('query.badFilter', { ...siteOf(place), problem })
  }
  return isNull(place, column(place, attribute), asked === wanted)
}

function isNull({ around: { make } }: Place, held: Expr, wanted: boolean): Condition {
  return wanted ? make.isNull(held) : make.isNotNull(held)
}

/** Types that no database compares as another does: only whether there is a value can be asked. */
const incomparable: ReadonlySet<string> = new Set(['json', 'custom'])
/** Types that have no order, or each database its own. */
const unordered: ReadonlySet<string> = new Set(['boolean', 'binary', 'enum', 'ipAddress', 'array', 'range', 'uuid'])
const texts: ReadonlySet<string> = new Set(['varchar', 'text', 'enum'])

function refuseLookup(place: Place, attribute: Attribute, lookup: LookupName): void {
  const { type } = attribute.type
  const isForTexts = textLookups.has(lookup)
  const isForOrders = ['gt', 'gte', 'lt', 'lte', 'range'].includes(lookup)
  if (!incomparable.has(type) && (!isForTexts || texts.has(type)) && (!isForOrders || !unordered.has(type))) return
  fail('query.lookupNotFor', { ...siteOf(place), field: attribute.name, lookup, type: attribute.field.kind })
}

/** The end of the millisecond in which a moment lies: databases keep more digits than a Date shows. */
const millisecond = 1

function equal(place: Place, attribute: Attribute, asked: unknown): Condition {
  const { make } = place.around
  if (attribute.type.type !== 'timestamp') {
    const value = compared(place, attribute, asked)
    return exactly(place, attribute, (held, spelled) => make.compare(held, '=', spelled(value)))
  }
  return make.and([ordered(place, attribute, '>=', asked), ordered(place, attribute, '<=', asked)])
}

/**
 * A comparison of equality, once more to the last letter where the database by itself takes texts for equal that are not. A collation that the field
 * declares says what is equal.
 */
function exactly(
  place: Place,
  attribute: Attribute,
  compare: (held: Expr, spelled: (value: Expr) => Expr) => Condition,
): Condition {
  const { make, dialect } = place.around
  const held = column(place, attribute)
  const plain = compare(held, (value) => value)
  const { exact } = dialect.queries
  if (exact === undefined || !texts.has(attribute.type.type) || attribute.field.collation !== undefined) return plain
  return make.and([plain, compare(exact(held, make), (value) => exact(value, make))])
}

/** A comparison of order. Of moments, whole milliseconds are compared, so that a row's own Date finds the row. */
function ordered(place: Place, attribute: Attribute, operator: '<' | '<=' | '>' | '>=', asked: unknown): Condition {
  const { make } = place.around
  const held = column(place, attribute)
  const value = compared(place, attribute, asked)
  if (attribute.type.type !== 'timestamp' || operator === '<' || operator === '>=') {
    return make.compare(held, operator, value)
  }
  // The value is known to be a moment by now. Behind the last one that can be written there is none to compare with.
  const next = new Date(new Date(asked instanceof Date ? asked : String(asked)).getTime() + millisecond)
  if (next.getUTCFullYear() > 9999) return make.compare(held, operator, value)
  return make.compare(held, operator === '<=' ? '<' : '>=', compared(place, attribute, next))
}

/** NULL in the list stands for rows without a value; of an empty list no row is one. */
function oneOf(place: Place, attribute: Attribute, list: readonly unknown[], wanted: boolean): Condition {
  const { make } = place.around
  const held = column(place, attribute)
  const values = list.filter((value) => value !== null)
  const isMoment = attribute.type.type === 'timestamp'
  const among = isMoment
    ? make.or(values.map((value) => equal(place, attribute, value)))
    : exactly(place, attribute, (operand, spelled) =>
        make.oneOf(
          operand,
          values.map((value) => spelled(compared(place, attribute, value))),
        ),
      )
  const certain = wanted ? among : values.length === 0 ? make.and([]) : make.isNotTrue(among)
  if (values.length === list.length) return certain
  return wanted ? make.or([certain, make.isNull(held)]) : make.and([certain, make.isNotNull(held)])
}

const textLookups: ReadonlySet<string> = new Set(['contains', 'startsWith', 'endsWith', 'iexact'])

function textCondition(place: Place, attribute: Attribute, how: TextMatch, asked: unknown): Condition {
  const { make, dialect } = place.around
  const held = column(place, attribute)
  if (typeof asked !== 'string') {
    const problem = `${attribute.name}.${how}: ${inWords(asked)}, which is no text`
    return fail('query.badFilter', { ...siteOf(place), problem })
  }
  // Every text has the empty one in it.
  if (asked === '' && how !== 'iexact') return make.isNotNull(held)
  return dialect.queries.match(how, held, asked, make, attribute.field.collation !== undefined)
}

function listOf(
  place: Place,
  attribute: Attribute,
  lookup: LookupName,
  asked: unknown,
  length?: number,
): readonly unknown[] {
  if (Array.isArray(asked) && (length === undefined || asked.length === length)) return asked
  const wanted = length === undefined ? 'a list of values' : 'a list of two values'
  const problem = `${attribute.name}.${lookup}: ${inWords(asked)}, which is not ${wanted}`
  return fail('query.badFilter', { ...siteOf(place), problem })
}

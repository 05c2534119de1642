import type { Expr } from '../schema/queries.ts'
import {
  Computed,
  canHold,
  common,
  expected,
  isNumber,
  isText,
  numberOf,
  operandOf,
  type Sort,
  sortOf,
  widest,
  wrong,
} from './computed.ts'
import { fits } from './conditions.ts'
import { notRelation, pathEnd, scalar } from './paths.ts'
import { otherEnd, type Place } from './place.ts'
import type { AnyFields } from './query-set.ts'
import type { RelationEnd } from './relation-ends.ts'
import type { Attribute } from './shape.ts'
import { rawSql } from './tables.ts'
import type { Operand, RowExpressions } from './update-types.ts'

/** What a function of an update computes for a field, ready to be stored. Fails with `query.wrongComputation` where the field can't hold it. */
export function computed(
  place: Place,
  attribute: Attribute,
  compute: (row: RowExpressions<AnyFields>) => unknown,
): Expr {
  const { make, dialect } = place.around
  const subject = `the value for ${attribute.name}`
  const { value, sort } = operandOf(place, subject, compute(rowExpressions(place, attribute)), attribute)
  const wanted = sortOf(attribute.type)
  if (sort === 'NULL' && !attribute.nullable) wrong(place, subject, 'is NULL, which the field never is')
  if (!canHold(wanted, sort)) wrong(place, subject, `is of the sort ${sort}, and the field of the sort ${wanted}`)
  return dialect.queries.stored(value, attribute.type, make)
}

function rowExpressions(place: Place, target: Attribute): RowExpressions<AnyFields> {
  const { make } = place.around
  const text = (name: string, given: Operand): Computed =>
    expected(place, name, operandOf(place, `an operand of ${name}`, given), isText, 'a text')
  const arithmetic =
    (operator: '+' | '-' | '*', name: string) =>
    (...given: readonly Operand[]): Computed =>
      given
        .map((one) => numberOf(place, name, one))
        .reduce(
          ({ value, sort }, next) => new Computed(make.binary(value, operator, next.value), widest(sort, next.sort)),
        )
  const ofText = (name: string, sort: Sort) => (given: Operand) =>
    new Computed(make.call(name, make.cast(text(name, given).value, 'text')), sort)
  return {
    column: (path) => columnValue(place, path),
    add: arithmetic('+', 'add'),
    subtract: arithmetic('-', 'subtract'),
    multiply: arithmetic('*', 'multiply'),
    divide: (first, second) => quotient(place, numberOf(place, 'divide', first), numberOf(place, 'divide', second)),
    round(given) {
      const exact = make.cast(numberOf(place, 'round', given).value, 'numeric')
      return new Computed(make.cast(make.call('round', exact), 'bigint'), 'integer')
    },
    concat: (...given) => joined(place, given),
    lower: ofText('lower', 'text'),
    upper: ofText('upper', 'text'),
    trim: ofText('trim', 'text'),
    length: ofText('length', 'integer'),
    abs(given) {
      const { value, sort } = numberOf(place, 'abs', given)
      return new Computed(make.call('abs', value), sort)
    },
    coalesce(...given) {
      const all = given.map((one) => operandOf(place, 'an operand of coalesce', one, target))
      return new Computed(make.call('coalesce', ...all.map(({ value }) => value)), common(place, 'coalesce', all))
    },
    when(filter, then, otherwise) {
      const [yes, no] = [then, otherwise].map((one) => operandOf(place, 'a value of when', one, target))
      if (yes === undefined || no === undefined) return wrong(place, 'when', 'wants two values')
      const chosen = make.group(make.choose(fits(place, filter, true), yes.value, no.value))
      return new Computed(chosen, common(place, 'when', [yes, no]))
    },
    count(relation) {
      const { query } = otherEnd(place, manyEnd(place, relation))
      return new Computed(scalar(query, make.call('count', make.constant(1))), 'integer')
    },
    sum(path) {
      const { value, sort } = aggregate(place, 'sum', path)
      const total = make.call('coalesce', value, make.constant(0))
      // A sum of whole numbers is a decimal to some databases, and would be divided as one.
      return new Computed(sort === 'integer' ? make.cast(total, 'bigint') : total, sort)
    },
    min: (path) => aggregate(place, 'min', path),
    max: (path) => aggregate(place, 'max', path),
    sql(text, ...operands) {
      // Whoever hands over a text that was put together has told its values and its SQL apart by no means.
      if (!Array.isArray(text) || !('raw' in text)) return wrong(place, 'sql', 'wants a template: sql`…`')
      const values = operands.map((one) => operandOf(place, 'an operand of sql', one).value)
      return new Computed(make.group(rawSql(text, values)), 'unknown')
    },
  }
}

/** A field; one of few texts as text, which a type of the database's own is not. */
function columnValue(place: Place, path: string): Computed {
  const { attribute, value } = pathEnd(place, path)
  const isNative = attribute.type.type === 'enum' && attribute.type.native !== undefined
  return new Computed(isNative ? place.around.make.cast(value, 'text') : value, sortOf(attribute.type))
}

function quotient(place: Place, left: Computed, right: Computed): Computed {
  const { make, dialect } = place.around
  const sort = widest(left.sort, right.sort)
  const typed =
    sort === 'decimal' || sort === 'double' ? dialect.queries.typed(left.value, numeric[sort], make) : left.value
  // Some databases fail over a division by zero, others give NULL.
  const divisor = make.call('nullif', right.value, make.constant(0))
  return new Computed(sort === 'integer' ? make.wholeQuotient(typed, divisor) : make.binary(typed, '/', divisor), sort)
}

const numeric = { decimal: { type: 'decimal', precision: 65, scale: 30 }, double: { type: 'double' } } as const

/** Texts and whole numbers one after the other. What else there is, databases write each its way. */
function joined(place: Place, given: readonly Operand[]): Computed {
  const { make } = place.around
  const empty = make.cast(make.bound(''), 'text')
  const isWritable = (sort: Sort): boolean => isText(sort) || sort === 'integer' || sort === 'uuid'
  const parts = given.map((one) => {
    const operand = operandOf(place, 'an operand of concat', one)
    const { value } = expected(place, 'concat', operand, isWritable, 'a text or a whole number')
    return make.call('coalesce', make.cast(value, 'text'), empty)
  })
  return new Computed(
    parts.reduce((left, right) => make.binary(left, '||', right), empty),
    'text',
  )
}

/** Over all rows that a relation leads to, the first name of the path; the rest leads from each to one value. */
function aggregate(place: Place, name: 'sum' | 'min' | 'max', path: string): Computed {
  const [first = '', ...rest] = path.split('.')
  const end = manyEnd(place, first)
  if (rest.length === 0) wrong(place, name, `wants a field behind ${first}, as in '${first}.id'`)
  const { query, other } = otherEnd(place, end)
  const { value, sort } = columnValue(other, rest.join('.'))
  if (name === 'sum' && !isNumber(sort)) wrong(place, name, `wants a number and is given one of the sort ${sort}`)
  return new Computed(scalar(query, place.around.make.call(name, value)), sort)
}

function manyEnd(place: Place, name: string): RelationEnd {
  const end = place.shape.relations.get(name)
  return end?.many === true ? end : notRelation(place, name, 'many')
}

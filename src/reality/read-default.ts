import { sqlDefault } from '../fields/default-functions.ts'
import type { Field, FieldDefault } from '../fields/field.ts'
import { kindOf } from '../fields/kinds.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import type { ColumnType } from '../schema/column-type.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { Json, Value } from '../schema/value.ts'
import { textOf } from './source.ts'

/**
 * The default of a column as its field would say it: a literal, `now()` or `uuid()` where the database would spell that one in the same way, and the
 * database's own text otherwise. `type` is what a literal is written for.
 */
export function readDefault(inspected: Expression, field: Field, type: ColumnType, dialect: Dialect): FieldDefault {
  const { spelling, comparison, reading } = dialect
  const kind = kindOf(field)
  for (const called of kind.defaultFunctions ?? []) {
    const spelled = spelling.defaultExpression(called, type)
    if (comparison.sameExpression(spelled, inspected)) return { $default: called }
  }
  const literal = reading.literal(inspected)
  const forms = literal === undefined ? [] : formsOf(literal)
  for (const form of forms) {
    const value = kind.literal(form, field)
    if (value === undefined || value === null) continue
    const spelled = spelling.defaultExpression({ value }, type)
    const same = comparison.sameExpression(spelled, inspected) || structuralEqual(reading.literal(spelled), literal)
    if (same && isChoice(value, field)) return value
  }
  return sqlDefault({ [dialect.name]: textOf(inspected, dialect) })
}

/** What a literal can be to a field: databases keep truth as numbers, and documents as texts. */
function formsOf(literal: Value): readonly unknown[] {
  if (literal === 0 || literal === 1) return [literal, literal === 1]
  if (typeof literal !== 'string') return [literal]
  return [...momentIn(literal), literal, ...documentIn(literal)]
}

/** A moment or a time as a person writes it: databases fill up its places, and leave out that it is in UTC. */
function momentIn(text: string): readonly string[] {
  const [whole, day, time, fraction = ''] = /^(?:(\d{4}-\d\d-\d\d) )?(\d\d:\d\d:\d\d)(?:\.(\d*?)0*)?$/.exec(text) ?? []
  if (whole === undefined) return []
  const short = `${time}${fraction === '' ? '' : `.${fraction}`}`
  return [day === undefined ? short : `${day}T${short}Z`]
}

function documentIn(text: string): readonly { readonly $json: Json }[] {
  try {
    return [{ $json: JSON.parse(text) as Json }]
  } catch {
    return []
  }
}

function isChoice(value: Value, { choices }: Field): boolean {
  return choices === undefined || choices.some((choice) => structuralEqual(choice, value))
}

import type { Expression } from '../../schema/expression.ts'
import { type Sql, sql, verbatim } from '../../schema/sql.ts'
import { spellingOf } from './column-types.ts'
import { toText } from './statement-text.ts'
import type { Flavour } from './variant.ts'

/**
 * What stands behind DEFAULT for a column of a type: a literal and the current moment stand bare, anything else needs parentheses
 * (https://dev.mysql.com/doc/refman/9.7/en/data-type-defaults.html), and so does a literal for a type of any length on some servers.
 */
export function defaultDefinition(fallback: Expression, type: string, flavour: Flavour): Sql {
  const rendered = spellingOf(flavour).expression(fallback)
  const { value, onUpdate } = withoutOnUpdate(toText(rendered))
  const isBare = fallback.kind === 'value' || bareForm.test(value)
  const isLong = flavour.variant.types.parenthesesAroundLongDefaults && isOfAnyLength(type)
  if (isBare && !isLong) return rendered
  return onUpdate === '' ? sql`(${rendered})` : verbatim(`(${value})${onUpdate}`)
}

/** The current moment, a number or a text: as the server prints them, and as people write them. */
const bareForm =
  /^(?:(?:current_timestamp(?:\(\d?\))?|now\(\d?\)|null)|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|[xb]?'(?:[^'\\]|''|\\[\s\S])*')$/i

/** What a column is set to when its row changes is said behind its default, and is no part of what is computed. */
function withoutOnUpdate(text: string): { readonly value: string; readonly onUpdate: string } {
  const [onUpdate = ''] = /\s+on\s+update\s+\w+(?:\(\d?\))?\s*$/i.exec(text) ?? []
  return { value: text.slice(0, text.length - onUpdate.length), onUpdate }
}

/** Whether the values of a type have no greatest length: texts, bytes, documents and shapes. */
export function isOfAnyLength(type: string): boolean {
  return /^(?:(?:tiny|medium|long)?(?:text|blob)|json|geometry|point|linestring|polygon|multi\w+|geometrycollection)\b/.test(
    type,
  )
}

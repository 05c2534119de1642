import { isDefaultFunction } from '../fields/default-functions.ts'
import type { FieldDefault } from '../fields/field.ts'
import { invariant } from '../lib/invariant.ts'
import type { SqlText } from '../schema/expression.ts'
import type { Json, Value } from '../schema/value.ts'
import type { Doc } from './layout.ts'
import { symbol } from './layout.ts'
import { arrayDoc, callDoc, longTextDoc, objectDoc, stringText } from './syntax.ts'

/** A literal as a person writes it, for places where the factory knows the field and so what is meant. */
export function literalDoc(value: Value): Doc {
  if (typeof value === 'object' && value !== null && '$json' in value) {
    return isPlainEnough(value.$json) ? jsonDoc(value.$json) : objectDoc([['$json', jsonDoc(value.$json)]])
  }
  return scalarDoc(value)
}

/** A literal in the form in which it is kept, tags included, for places where nothing is known of what it is for. */
export function dataDoc(value: Value): Doc {
  return jsonDoc(value as Json)
}

/** A default: a literal, or `now()`, `uuid()`, `sqlDefault('…')`. */
export function defaultDoc(fallback: FieldDefault): Doc {
  if (!isDefaultFunction(fallback)) return literalDoc(fallback)
  if (fallback.$default === 'sql') return callDoc(symbol('sqlDefault'), [sqlTextDoc(fallback.sql)])
  return callDoc(symbol(fallback.$default), [])
}

/** SQL of the user's own: one text, or one for each kind of database. */
export function sqlTextDoc(sql: SqlText): Doc {
  if (typeof sql === 'string') return longTextDoc(sql)
  return objectDoc(Object.entries(sql).map(([database, text]) => [database, longTextDoc(text)]))
}

/** A JSON document as an object literal. */
export function jsonDoc(json: Json): Doc {
  if (Array.isArray(json)) return arrayDoc(json.map(jsonDoc))
  if (typeof json === 'object' && json !== null) {
    return objectDoc(Object.entries(json).map(([key, content]) => [key, jsonDoc(content)]))
  }
  return scalarDoc(json as Exclude<Json, object>)
}

/** The number as source: JavaScript writes minus zero without its sign, and exponents with one that formatters take away. */
export function numberText(number: number): string {
  return Object.is(number, -0) ? '-0' : String(number).replace('e+', 'e')
}

function scalarDoc(value: Exclude<Value, { readonly $json: Json }>): Doc {
  if (typeof value === 'string') return stringText(value)
  if (typeof value === 'number') return numberText(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if ('$bigint' in value) return `${value.$bigint}n`
  invariant('$bytes' in value, 'a value is a literal or one of the tagged kinds')
  return `Buffer.from(${stringText(value.$bytes)}, 'hex')`
}

/** Whether a document is still one when its tag is left out: null means no default, and keys with `$` are tags. */
function isPlainEnough(json: Json): boolean {
  if (json === null) return false
  return typeof json !== 'object' || Array.isArray(json) || !Object.keys(json).some((key) => key.startsWith('$'))
}

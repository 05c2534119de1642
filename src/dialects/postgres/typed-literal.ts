import type { Json, Value } from '../../schema/value.ts'
import { literalText, textLiteral } from './literal.ts'

/**
 * A value as PostgreSQL writes it for a column of a type. A literal that says its type is what the server prints for a default, and what an array
 * or a range needs. Where the type has a length or a scale the literal stays untyped: a cast to it would cut in silence.
 */
export function typedLiteral(value: Value, type: string): string {
  if (isJsonValue(value)) return type.endsWith('[]') ? cast(arrayText(value.$json, type), type) : literalText(value)
  if (typeof value !== 'string' || isText(type)) return literalText(value)
  if (/^(?:numeric|decimal)/.test(type) && /^-?\d+(?:\.\d+)?$/.test(value)) return value
  return cast(type === 'timestamp with time zone' ? momentText(value) : value, type)
}

function cast(text: string, type: string): string {
  return type.includes('(') ? textLiteral(text) : `${textLiteral(text)}::${type}`
}

/** A moment in UTC as the server prints it where the time zone is UTC. */
function momentText(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d*?)0*)?Z$/.exec(text)
  if (match === null) return text
  const [, day, time, fraction = ''] = match
  return `${day} ${time}${fraction === '' ? '' : `.${fraction}`}+00`
}

function isJsonValue(value: Value): value is { readonly $json: Json } {
  return typeof value === 'object' && value !== null && '$json' in value
}

function isText(type: string): boolean {
  return /^(?:text|character varying|character|varchar|char|bpchar)(?:\(\d+\))?$/.test(type)
}

/** An array as `array_out` writes it (https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO). */
function arrayText(content: Json, type: string): string {
  const element = type.replace(/\[\]$/, '')
  if (!Array.isArray(content)) return elementText(content, element)
  return `{${content.map((inner: Json) => (isNested(inner, element) ? arrayText(inner, type) : elementText(inner, element))).join(',')}}`
}

/** A list in a list is another dimension, but for documents, which may be lists themselves. */
function isNested(content: Json, element: string): boolean {
  return Array.isArray(content) && !isDocument(element)
}

/** An element is kept as a value is: documents, bytes and large integers by their tags. */
function elementText(kept: Json, element: string): string {
  const content = untagged(kept)
  if (isDocument(element)) return quotedElement(JSON.stringify(content))
  if (content === null) return 'NULL'
  if (typeof content === 'boolean') return content ? 't' : 'f'
  return quotedElement(typeof content === 'string' ? content : JSON.stringify(content))
}

function untagged(kept: Json): Json {
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return kept
  const [[tag, content] = []] = Object.entries(kept)
  if (tag === '$bytes') return `\\x${content}`
  return (tag === '$json' || tag === '$bigint') && content !== undefined ? content : kept
}

function isDocument(type: string): boolean {
  return type === 'json' || type === 'jsonb'
}

function quotedElement(text: string): string {
  const isBare = text !== '' && !/[{},"\\\s]/.test(text) && text.toLowerCase() !== 'null'
  return isBare ? text : `"${text.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`
}

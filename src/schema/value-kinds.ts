import type { BigIntValue, BytesValue, JsonValue, Value } from './value.ts'

/** A value apart from its tag, so that a dialect can say what it makes of each kind. */
export type ValueByKind =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly boolean: boolean }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'bigint'; readonly digits: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly hex: string }
  | { readonly kind: 'json'; readonly text: string }

/** Tells which kind of literal a value is. */
export function valueByKind(value: Value): ValueByKind {
  if (value === null) return { kind: 'null' }
  if (typeof value === 'boolean') return { kind: 'boolean', boolean: value }
  if (typeof value === 'number') return { kind: 'number', number: value }
  if (typeof value === 'string') return { kind: 'text', text: value }
  if (isBigInt(value)) return { kind: 'bigint', digits: value.$bigint }
  if (isBytes(value)) return { kind: 'bytes', hex: value.$bytes }
  return { kind: 'json', text: JSON.stringify(value.$json) }
}

function isBigInt(value: BigIntValue | BytesValue | JsonValue): value is BigIntValue {
  return '$bigint' in value
}

function isBytes(value: BytesValue | JsonValue): value is BytesValue {
  return '$bytes' in value
}

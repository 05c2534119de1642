import type { Json, Value } from '../schema/value.ts'

/**
 * A literal as people type it in an answer: `'draft'` or `"draft"`, `12`, `12.50`, `true`, a JSON list or object. Undefined when it is none of
 * these: a bare word may be a forgotten quote. Numbers that JavaScript cannot hold to the last digit keep all of theirs.
 */
export function parseLiteral(text: string): Value | undefined {
  const literal = text.trim()
  if (literal === 'true' || literal === 'false') return literal === 'true'
  if (literal === 'null') return null
  if (/^-?\d+$/.test(literal)) return wholeNumber(literal)
  if (/^-?\d*\.\d+$/.test(literal)) return literal.length <= 15 ? Number(literal) : literal
  if (/^'.*'$/s.test(literal)) return literal.slice(1, -1).replaceAll("''", "'")
  if (/^["[{]/.test(literal)) return jsonLiteral(literal)
  return undefined
}

/** The value as it is written in `--answer`, read back by `parseLiteral`. */
export function literalText(value: Value): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (typeof value !== 'object' || value === null) return String(value)
  if ('$bigint' in value) return value.$bigint
  return '$json' in value ? JSON.stringify(value.$json) : `'${value.$bytes}'`
}

function wholeNumber(digits: string): Value {
  const number = Number(digits)
  return Number.isSafeInteger(number) ? number : { $bigint: BigInt(digits).toString() }
}

function jsonLiteral(text: string): Value | undefined {
  let content: Json
  try {
    content = JSON.parse(text)
  } catch {
    return undefined
  }
  return typeof content === 'object' ? { $json: content } : content
}

import { textLiteral } from './literal.ts'

/** What is no placeholder although it may hold a question mark: strings, names and comments, as the pinned sql_mode reads them. */
const grammar =
  /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`(?:[^`]|``)*`|\/\*[\s\S]*?\*\/|#[^\n]*|--(?=\s)[^\n]*|\?/g

/**
 * A statement with its values in the places of its question marks. The driver would take every one for a place, in strings too, and spell a list out
 * where JSON is meant.
 */
export function withValues(text: string, parameters: readonly unknown[]): string {
  if (parameters.length === 0) return text
  let next = 0
  return text.replaceAll(grammar, (found) => {
    if (found !== '?' || next >= parameters.length) return found
    next += 1
    return valueText(parameters[next - 1])
  })
}

/** What code hands to a query, as a literal: numbers exact, moments in UTC, bytes as bytes, and any other object as JSON. */
function valueText(content: unknown): string {
  switch (typeof content) {
    case 'string':
      return textLiteral(content)
    case 'boolean':
    case 'bigint':
      return String(content)
    case 'number':
      // NaN and the infinities are no numbers to these servers; as text they are refused where a number is wanted.
      return Number.isFinite(content) ? String(content) : textLiteral(String(content))
    default:
      return objectText(content)
  }
}

function objectText(content: unknown): string {
  if (content === null || content === undefined) return 'NULL'
  if (content instanceof Date) return textLiteral(content.toISOString().replace('T', ' ').replace('Z', ''))
  if (content instanceof Uint8Array) return `x'${Buffer.from(content).toString('hex')}'`
  return textLiteral(JSON.stringify(content))
}

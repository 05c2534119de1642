import { literalBy } from '../shared/literal-text.ts'

/** A value as these servers write it, in the sql_mode that a session is pinned to and that a server has by default: a backslash escapes. */
export const literalText = literalBy({
  // MySQL takes no bare 0 for a condition, and both take these words wherever a number can stand.
  boolean: (value) => (value ? 'true' : 'false'),
  bytes: (hex) => `x'${hex.toLowerCase()}'`,
  text: textLiteral,
  json: textLiteral,
})

/** A text in single quotes. A zero byte is written as an escape, as some readers of scripts stop at it. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\0', '\\0')}'`
}

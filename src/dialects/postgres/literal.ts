import { literalBy } from '../shared/literal-text.ts'

/** A value as PostgreSQL writes it, with `standard_conforming_strings` on, as it is by default. */
export const literalText = literalBy({
  boolean: (value) => (value ? 'true' : 'false'),
  bytes: (hex) => `'\\x${hex.toLowerCase()}'::bytea`,
  text: textLiteral,
  json: (text) => `${textLiteral(text)}::jsonb`,
})

/** A text in single quotes. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

import { literalBy } from '../shared/literal-text.ts'

/** A value as SQLite writes it. */
export const literalText = literalBy({
  boolean: (value) => (value ? '1' : '0'),
  bytes: (hex) => `x'${hex}'`,
  text: textLiteral,
  json: textLiteral,
})

function textLiteral(text: string): string {
  // SQLite reads a statement up to its first zero character, so such a text is written as bytes.
  return text.includes('\0')
    ? `CAST(x'${Buffer.from(text, 'utf8').toString('hex')}' AS TEXT)`
    : `'${text.replaceAll("'", "''")}'`
}

import { sql } from '../../schema/sql.ts'
import type { CatalogueVariant } from '../mysql-family/catalogue-variant.ts'
import { isOfAnyLength } from '../mysql-family/default-definition.ts'
import { quoted } from '../mysql-family/statement-text.ts'
import { tokenize } from '../mysql-family/tokens.ts'

// The catalogue has no room for these characters: a question mark for each byte, or one for all.
const astral = { inExpressions: '????', inLiterals: '?' }

/** What the catalogue prints, on MariaDB. */
export const catalogue: CatalogueVariant = {
  // A default is SQL, where the word NULL is none; a text that says so stands in quotes.
  defaultText: ({ text }) => (text === undefined || text === 'NULL' ? undefined : text),
  expressionText: (printed) => printed,
  indexExpression: sql`NULL`,
  // https://mariadb.com/kb/en/information-schema-check_constraints-table/: the name is unique in its table only.
  checks: (inDatabase) => sql`SELECT table_name AS owner, constraint_name AS name, check_clause AS clause,
      IF(level = 'Column', constraint_name, NULL) AS of_column
    FROM information_schema.check_constraints WHERE ${inDatabase}`,
  // https://mariadb.com/kb/en/json-data-type/: JSON is an alias, and the check comes with it.
  isJson: ({ name, type, collation }, check) =>
    type === 'longtext' && collation === 'utf8mb4_bin' && check === `json_valid(${quoted(name)})`,
  createdDefault(printed, type, restore) {
    if (printed === 'NULL') return undefined
    // What has no greatest length keeps its default as an expression, whatever it is.
    const isLiteral = isText(printed) && !isOfAnyLength(type)
    return restore(printed, isLiteral ? astral.inLiterals : astral.inExpressions)
  },
  astral,
  descendingServes: true,
  narrowsUniques: false,
}

/** Whether an expression is one text. */
function isText(printed: string): boolean {
  const [first, ...more] = tokenize(printed)
  return first?.kind === 'string' && more.length === 0
}

import { sql } from '../../schema/sql.ts'
import type { CatalogueVariant } from '../mysql-family/catalogue-variant.ts'
import { bytesLiteral, isBinary, literalOf } from '../mysql-family/printed-type.ts'
import { tokenize } from '../mysql-family/tokens.ts'
import { unescaped } from './unescaped.ts'

const astral = { inExpressions: undefined, inLiterals: '?' }

/** What the catalogue prints, on MySQL. */
export const catalogue: CatalogueVariant = {
  // Only `extra` tells a text that happens to read `now()` from the function.
  defaultText({ type, text, extra }) {
    if (text === undefined) return undefined
    if (!/\bDEFAULT_GENERATED\b/.test(extra)) return literalOf(text, type)
    return /^CURRENT_TIMESTAMP\b/.test(text) ? text : `(${unescaped(text)})`
  },
  expressionText: unescaped,
  indexExpression: sql`expression`,
  // The view does not tell the table; the name is unique in the database.
  checks: (inDatabase) => sql`SELECT constraint_name AS name, check_clause AS clause
    FROM information_schema.check_constraints WHERE ${inDatabase}`,
  checkOwners: (inDatabase) => sql`SELECT table_name AS owner, constraint_name AS name, enforced AS enforced
    FROM information_schema.table_constraints WHERE ${inDatabase} AND constraint_type = 'CHECK'`,
  isJson: () => false,
  createdDefault(printed, type, restore) {
    if (printed === 'NULL') return undefined
    const [first, ...more] = tokenize(printed)
    if (first?.kind !== 'string' || !/^'/.test(first.text) || more.length > 0) {
      return restore(printed, astral.inExpressions)
    }
    return isBinary(type) ? bytesLiteral(first.value) : literalOf(restore(first.value, astral.inLiterals), type)
  },
  astral,
  descendingServes: false,
  narrowsUniques: true,
}

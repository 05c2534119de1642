import type { Capabilities } from '../../schema/dialect.ts'
import { isAtLeast } from '../shared/versions.ts'

/** What this PostgreSQL can do, as the release notes of its major say (https://www.postgresql.org/docs/release/). */
export interface PostgresCapabilities extends Capabilities {
  /** UNIQUE NULLS NOT DISTINCT: since 15. */
  readonly nullsNotDistinct: boolean
  /** `pg_input_is_valid` tells whether a text can be read as a type: since 16. */
  readonly inputIsValid: boolean
  /** ALTER COLUMN … SET EXPRESSION: since 17. */
  readonly setExpression: boolean
  /** Generated columns that are computed when they are read: since 18. */
  readonly virtualGenerated: boolean
}

/** The version that plans are made for when there is no database to ask: the newest one known. */
export const newestVersion = '18.4'

/** The oldest version that works: what is printed is the same since 14. */
export const oldestVersion = '14.0'

export function capabilitiesOf(version: string): PostgresCapabilities {
  return {
    transactionalDdl: true,
    comments: true,
    enumTypes: true,
    identifierLimit: 63,
    nullsNotDistinct: isAtLeast(version, '15.0'),
    inputIsValid: isAtLeast(version, '16.0'),
    setExpression: isAtLeast(version, '17.0'),
    virtualGenerated: isAtLeast(version, '18.0'),
  }
}

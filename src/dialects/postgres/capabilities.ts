import type { Capabilities } from '../../schema/dialect.ts'

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
    identifierLimit: 63,
    nullsNotDistinct: isAtLeast(version, '15.0'),
    inputIsValid: isAtLeast(version, '16.0'),
    setExpression: isAtLeast(version, '17.0'),
    virtualGenerated: isAtLeast(version, '18.0'),
  }
}

/** Whether a version is the other one or a later one. What follows the numbers says nothing: `16.4 (Debian 16.4-1)`, `18beta1`. */
export function isAtLeast(version: string, other: string): boolean {
  const [mine, theirs] = [numbersOf(version), numbersOf(other)]
  const differing = theirs.findIndex((number, index) => number !== (mine[index] ?? 0))
  return differing === -1 || (mine[differing] ?? 0) > (theirs[differing] ?? 0)
}

function numbersOf(version: string): readonly number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number)
}

import type { Capabilities } from '../../schema/dialect.ts'

/** What this SQLite can do, as its manual says (https://sqlite.org/lang_altertable.html). */
export interface SqliteCapabilities extends Capabilities {
  /** ALTER TABLE … ALTER COLUMN … SET / DROP NOT NULL and ADD / DROP CONSTRAINT … CHECK: since 3.53. */
  readonly altersConstraints: boolean
}

/** The version that plans are made for when there is no database to ask: the newest one known. */
export const newestVersion = '3.53.4'

/** The oldest version that works: `pragma_table_list` and STRICT tables came with 3.37. Node 22.18 brings 3.50. */
export const oldestVersion = '3.37.0'

export function capabilitiesOf(version: string): SqliteCapabilities {
  return {
    transactionalDdl: true,
    comments: false,
    identifierLimit: undefined,
    altersConstraints: isAtLeast(version, '3.53.0'),
  }
}

/** Whether a version is the other one or a later one. */
export function isAtLeast(version: string, other: string): boolean {
  const [mine, theirs] = [numbersOf(version), numbersOf(other)]
  const differing = theirs.findIndex((number, index) => number !== (mine[index] ?? 0))
  return differing === -1 || (mine[differing] ?? 0) > (theirs[differing] ?? 0)
}

function numbersOf(version: string): readonly number[] {
  return version.split('.').map(Number)
}

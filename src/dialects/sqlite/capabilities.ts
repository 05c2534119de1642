import type { Capabilities } from '../../schema/dialect.ts'
import { isAtLeast } from '../shared/versions.ts'

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
    enumTypes: false,
    identifierLimit: undefined,
    altersConstraints: isAtLeast(version, '3.53.0'),
  }
}

import type { Dialect } from '../../schema/dialect.ts'
import { name, sql } from '../../schema/sql.ts'
import { capabilitiesOf, newestVersion } from './capabilities.ts'
import { spelling } from './column-types.ts'
import { comparison } from './comparison.ts'
import { mayReplaceTables, needsFacts } from './facts.ts'
import { plan } from './plan.ts'
import { precheck } from './precheck.ts'
import { queries } from './queries.ts'
import { reading } from './reading.ts'
import { remake } from './remake.ts'
import { toText } from './statement-text.ts'
import { support } from './support.ts'

/** SQLite at one version. Without one, as for `sqlmigrate` offline, the newest that is known. */
export function sqlite(version: string = newestVersion): Dialect {
  const capabilities = capabilitiesOf(version)
  return {
    name: 'sqlite',
    version,
    capabilities,
    spelling,
    comparison,
    reading,
    queries,
    // Rows are numbered as they come, whatever their key is; a table without such numbers says so by an error.
    estimateRows: (table) => sql`SELECT max(rowid) AS rows FROM ${name(table)}`,
    support,
    plan: (input) => plan(input, capabilities),
    needsFacts: (changes) => needsFacts(changes, capabilities),
    precheck,
    aroundSuspended: {
      isWantedFor: (changes) => mayReplaceTables(changes, capabilities),
      before: [sql`PRAGMA foreign_keys = OFF`],
      after: [sql`PRAGMA foreign_keys = ON`],
    },
    toText,
    remake,
    // SQLite keeps every text to the letter, so there is nothing that the server would spell otherwise.
    canonicalise: async (declared) => declared,
  }
}

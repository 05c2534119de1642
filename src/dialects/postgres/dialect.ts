import type { Dialect } from '../../schema/dialect.ts'
import { canonicalise } from './canonicalise.ts'
import { capabilitiesOf, newestVersion } from './capabilities.ts'
import { spelling } from './column-types.ts'
import { comparison } from './comparison.ts'
import { estimateRows } from './estimate-rows.ts'
import { needsFacts } from './needs-facts.ts'
import { plan } from './plan.ts'
import { precheck } from './precheck.ts'
import { queries } from './queries.ts'
import { reading } from './reading.ts'
import { remake } from './remake.ts'
import { toText } from './statement-text.ts'
import { supportOf } from './support.ts'

/** PostgreSQL at one version, which PGlite is too. Without one, as for `sqlmigrate` offline, the newest that is known. */
export function postgres(version: string = newestVersion): Dialect {
  const capabilities = capabilitiesOf(version)
  return {
    name: 'postgres',
    version,
    capabilities,
    spelling,
    comparison,
    reading,
    queries,
    estimateRows,
    support: supportOf(capabilities),
    plan: (input) => plan(input, capabilities),
    needsFacts,
    precheck: (change, schema) => precheck(change, schema, capabilities),
    toText,
    remake,
    canonicalise,
  }
}

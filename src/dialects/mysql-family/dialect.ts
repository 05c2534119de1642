import type { Dialect } from '../../schema/dialect.ts'
import { canonicalise } from './canonicalise.ts'
import { capabilities } from './capabilities.ts'
import { spellingOf } from './column-types.ts'
import { comparisonOf } from './comparison.ts'
import { estimateRows } from './estimate-rows.ts'
import { needsFacts } from './needs-facts.ts'
import { plan } from './plan.ts'
import { precheck } from './precheck.ts'
import { queriesOf } from './queries.ts'
import { readingOf } from './reading.ts'
import { remake } from './remake.ts'
import { toText } from './statement-text.ts'
import { statementsOf } from './statements-of.ts'
import { supportOf } from './support.ts'
import type { Flavour } from './variant.ts'

/** MariaDB or MySQL at one version. */
export function dialectOf(flavour: Flavour): Dialect {
  return {
    name: flavour.variant.name,
    version: flavour.version,
    capabilities,
    spelling: spellingOf(flavour),
    comparison: comparisonOf(flavour),
    reading: readingOf(flavour),
    queries: queriesOf(flavour),
    estimateRows,
    support: supportOf(flavour),
    plan: (input) => plan(input, flavour),
    needsFacts,
    precheck: (change, schema) => precheck(change, schema, flavour),
    toText,
    remake,
    statementsOf,
    canonicalise: (declared, session, how) => canonicalise(declared, session, flavour, how),
  }
}

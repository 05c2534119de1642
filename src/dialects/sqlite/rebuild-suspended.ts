import { name, sql } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import {
  copyRows,
  createCopy,
  type Rebuild,
  releaseIndexes,
  restoreDependents,
  statement,
  takePlace,
} from './rebuild.ts'

/**
 * Rebuilds a table while foreign keys are off, in the order that the manual gives (https://sqlite.org/lang_altertable.html#otheralter): the old
 * table is dropped before the new one takes its name, or the foreign keys of others would follow the old one.
 */
export function rebuildSuspended(rebuild: Rebuild): readonly Step[] {
  releaseIndexes(rebuild)
  return [
    // Its own foreign keys name the final table: with foreign keys off and the legacy rename, no name is changed anywhere.
    createCopy(rebuild, (table) => table),
    ...copyRows(rebuild),
    statement(sql`DROP TABLE ${name(rebuild.table)}`),
    ...renamingOnly(takePlace(rebuild)),
    ...restoreDependents(rebuild),
  ]
}

/**
 * Renames without touching views and triggers. The new rename parses them all, and fails over a view that names the table which is away at this
 * moment (https://sqlite.org/pragma.html#pragma_legacy_alter_table).
 */
export function renamingOnly(steps: readonly Step[]): readonly Step[] {
  return [statement(sql`PRAGMA legacy_alter_table = ON`), ...steps, statement(sql`PRAGMA legacy_alter_table = OFF`)]
}

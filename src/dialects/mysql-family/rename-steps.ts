import type { Change } from '../../schema/change.ts'
import { join, name, sql } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import { definition } from './work.ts'

/**
 * Renames that can be made one after the other, in one statement that makes all of them or none
 * (https://mariadb.com/kb/en/atomic-ddl/, https://dev.mysql.com/doc/refman/9.7/en/atomic-ddl.html). Foreign keys follow by themselves.
 */
export function renameTables(renames: readonly Change<'renameTable'>[]): readonly Step[] {
  if (renames.length === 0) return []
  return [
    definition(
      sql`RENAME TABLE ${join(renames.map(({ from, to }) => sql`${name(from)} TO ${name(to)}`))}`,
      renames.map(({ from, to }) => ({ kind: 'renameTable', from, to })),
    ),
  ]
}

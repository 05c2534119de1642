import type { Change } from '../../schema/change.ts'
import { name, type Sql, sql } from '../../schema/sql.ts'
import { fold } from './raw-sql.ts'

/** The statements of a rename. SQLite rewrites every index, trigger, view and foreign key that names the table or column. */
export function renameStatements(change: Change<'renameTable' | 'renameColumn'>): readonly Sql[] {
  if (change.kind === 'renameColumn') {
    return [sql`ALTER TABLE ${name(change.table)} RENAME COLUMN ${name(change.from)} TO ${name(change.to)}`]
  }
  const { from, to } = change
  const rename = (old: string, now: string): Sql => sql`ALTER TABLE ${name(old)} RENAME TO ${name(now)}`
  // A name that differs only in case is the same name to SQLite, and taken.
  if (fold(from) !== fold(to)) return [rename(from, to)]
  return [rename(from, `godwit_new_${to}`), rename(`godwit_new_${to}`, to)]
}

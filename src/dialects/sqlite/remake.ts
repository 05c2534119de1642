import type { OtherObject } from '../../schema/schema.ts'
import { name, type Sql, sql, verbatim } from '../../schema/sql.ts'

/** SQLite keeps the statements of views and triggers to the letter; a virtual table has rows that no statement brings back. */
export function remake({ kind, name: called, definition }: OtherObject, isThere: boolean): readonly Sql[] | undefined {
  if ((kind !== 'view' && kind !== 'trigger') || definition === '') return undefined
  const drop = kind === 'view' ? sql`DROP VIEW ${name(called)}` : sql`DROP TRIGGER ${name(called)}`
  return [...(isThere ? [drop] : []), verbatim(definition)]
}

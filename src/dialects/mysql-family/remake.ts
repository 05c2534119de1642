import type { OtherObject } from '../../schema/schema.ts'
import { name, type Sql, sql, verbatim } from '../../schema/sql.ts'

/** The catalogue has views, triggers and unenforced checks whole; of routines it lacks the parameters, of events when they start and end. */
export function remake(object: OtherObject, isThere: boolean): readonly Sql[] | undefined {
  const drop = dropOf(object)
  if (drop === undefined || object.definition === '') return undefined
  return [...(isThere ? [drop] : []), verbatim(object.definition)]
}

function dropOf({ kind, name: called, table = '' }: OtherObject): Sql | undefined {
  switch (kind) {
    case 'view':
      return sql`DROP VIEW ${name(called)}`
    case 'trigger':
      return sql`DROP TRIGGER ${name(called)}`
    case 'check':
      return sql`ALTER TABLE ${name(table)} DROP CHECK ${name(called)}`
    default:
      return undefined
  }
}

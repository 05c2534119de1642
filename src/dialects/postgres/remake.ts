import type { OtherObject } from '../../schema/schema.ts'
import { name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import { tableName } from './table-name.ts'

/** The server prints whole statements of views, triggers, rules, statistics and routines; of a policy, a sequence, a domain or a partition not all is read. */
export function remake(object: OtherObject, isThere: boolean): readonly Sql[] | undefined {
  const { definition } = object
  if (definition === '' || definition.startsWith('CREATE AGGREGATE')) return undefined
  const make = verbatim(definition)
  // The statement of a routine replaces what is there.
  if (object.kind === 'function' || object.kind === 'procedure') return [make]
  const drop = dropOf(object)
  return drop && [...(isThere ? [drop] : []), make]
}

function dropOf({ kind, name: called, table = '' }: OtherObject): Sql | undefined {
  switch (kind) {
    case 'view':
      return sql`DROP VIEW ${tableName(called)}`
    case 'materialisedView':
      return sql`DROP MATERIALIZED VIEW ${tableName(called)}`
    case 'trigger':
      return sql`DROP TRIGGER ${name(called)} ON ${tableName(table)}`
    case 'rule':
      return sql`DROP RULE ${name(called)} ON ${tableName(table)}`
    case 'statistics':
      return sql`DROP STATISTICS ${name(called)}`
    default:
      return undefined
  }
}

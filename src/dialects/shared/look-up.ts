import type { LookUp } from '../../schema/change.ts'
import { name, type Sql, sql } from '../../schema/sql.ts'

/**
 * The value that another table holds beside the key of a row of the statement's table, which is called `own` in it. There is at most one, which the
 * precheck has seen to; where several rows say the same, they say one thing.
 */
export function lookedUp({ table, key, value, of }: LookUp, own: Sql, tableName: (table: string) => Sql): Sql {
  return sql`(SELECT DISTINCT pairs.${name(value)} FROM ${tableName(table)} AS pairs WHERE pairs.${name(key)} = ${own}.${name(of)} AND pairs.${name(value)} IS NOT NULL)`
}

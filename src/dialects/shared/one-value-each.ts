import type { LookUp } from '../../schema/change.ts'
import type { Column } from '../../schema/schema.ts'
import { name, type Sql, sql } from '../../schema/sql.ts'
import type { Precheck } from '../../schema/step.ts'

/** Whether each row of a table has one value where it is to be looked up; where its column can be NULL, none will do. `text` is what a CAST calls text. */
export function oneValueEach(
  table: string,
  column: Column,
  { table: other, key, value, of }: LookUp,
  tableName: (table: string) => Sql,
  text: Sql = sql`text`,
): Precheck {
  const wrong = column.nullable ? sql`> 1` : sql`<> 1`
  const found = sql`SELECT c.${name(of)} AS shown FROM ${tableName(table)} AS c LEFT JOIN ${tableName(other)} AS pairs ON pairs.${name(key)} = c.${name(of)} GROUP BY c.${name(of)} HAVING count(DISTINCT pairs.${name(value)}) ${wrong}`
  return {
    query: sql`SELECT count(*) AS "violations", min(CAST(shown AS ${text})) AS "example" FROM (${found}) AS found`,
    table,
    columns: [of],
    problem: 'notOneValue',
    rule: `${other} holds ${column.nullable ? 'at most' : 'exactly'} one ${value} for each ${of} of ${table}`,
  }
}

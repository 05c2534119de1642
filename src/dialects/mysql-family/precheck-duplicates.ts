import { join, name, type Sql, sql } from '../../schema/sql.ts'

/** One part of a key: what is compared, and how one of the equal rows shows it. */
export interface KeyPart {
  readonly compared: Sql
  /** Over a group of rows: an aggregate. */
  readonly shown: Sql
}

/** One row for each group of rows that are equal in all parts of a key. NULL is equal to nothing. */
export function equalRows(table: string, key: readonly KeyPart[]): Sql {
  const compared = key.map((part) => part.compared)
  const present = compared.map((part) => sql`(${part}) IS NOT NULL`)
  const shown = join(
    key.map((part) => part.shown),
    ", ', ', ",
  )
  return sql`SELECT concat(${shown}) AS shown FROM ${name(table)} WHERE ${join(present, ' AND ')} GROUP BY ${join(compared)} HAVING count(*) > 1`
}

/** How many groups there are, and one of them. */
export function countDuplicates(groups: readonly Sql[]): Sql {
  const found = join(groups, ' UNION ALL ')
  return sql`SELECT count(*) AS ${name('violations')}, min(shown) AS ${name('example')} FROM (${found}) AS duplicates`
}

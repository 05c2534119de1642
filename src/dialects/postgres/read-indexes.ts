import type { Row } from '../../schema/dialect.ts'
import { sql } from '../../schema/sql.ts'
import { byOwner, flag, numberList, optionalText, type Query, text, textList, wantedOids } from './catalog.ts'

/** An index as the catalogue has it, columns by number. */
export interface NumberedIndex {
  readonly oid: string
  readonly name: string
  readonly method: string
  readonly unique: boolean
  readonly valid: boolean
  readonly nullsNotDistinct: boolean
  /** Columns by number, 0 for an expression; those beyond the key are stored beside it. */
  readonly columns: readonly number[]
  readonly keyLength: number
  /** One for each part of the key: 1 descending, 2 NULLs first, or their sum. */
  readonly options: readonly number[]
  readonly where: string | undefined
  /** Where a part is no plain column of the usual sort: the statement that makes the index, and each part's bare text in it. */
  readonly definition: string | undefined
  readonly texts: readonly string[]
}

/**
 * Reads the indexes of some tables, by the oid of the table, in one query. How an expression is sorted unless somebody asks for another way stands
 * nowhere in the catalogue: there the server's own statement is read, which says what was asked for.
 */
export async function readIndexes(
  query: Query,
  oids: readonly string[],
): Promise<ReadonlyMap<string, readonly NumberedIndex[]>> {
  const rows = await query(sql`SELECT i.indrelid::text AS owner, i.indexrelid::text AS oid, c.relname::text AS name,
      m.amname::text AS method, i.indisunique AS is_unique, i.indisvalid AND i.indislive AS is_valid,
      i.indisunique AND coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS nulls_not_distinct,
      i.indkey::text AS columns, i.indnkeyatts AS key_length, i.indoption::text AS options,
      pg_get_expr(i.indpred, i.indrelid) AS predicate,
      CASE WHEN special.yes THEN pg_get_indexdef(i.indexrelid) END AS definition,
      CASE WHEN special.yes THEN (SELECT json_agg(pg_get_indexdef(i.indexrelid, n, false) ORDER BY n)::text
        FROM generate_series(1, i.indnkeyatts::integer) AS n) END AS texts
    FROM ${wantedOids(oids)}
    JOIN pg_catalog.pg_index AS i ON i.indrelid = wanted.oid AND NOT i.indisprimary
    JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
    JOIN pg_catalog.pg_am AS m ON m.oid = c.relam
    CROSS JOIN LATERAL (SELECT i.indexprs IS NOT NULL OR EXISTS (
      SELECT FROM pg_catalog.pg_attribute AS p
      JOIN pg_catalog.pg_opclass AS o ON o.oid = i.indclass[p.attnum - 1]
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[p.attnum - 1]
      WHERE p.attrelid = i.indexrelid AND p.attnum BETWEEN 1 AND i.indnkeyatts
        AND (NOT o.opcdefault OR p.attoptions IS NOT NULL OR a.attcollation <> i.indcollation[p.attnum - 1])
    )) AS special(yes)
    ORDER BY i.indrelid, i.indexrelid`)
  return byOwner(rows, readIndex)
}

function readIndex(row: Row): NumberedIndex {
  return {
    oid: text(row['oid']),
    name: text(row['name']),
    method: text(row['method']),
    unique: flag(row['is_unique']),
    valid: flag(row['is_valid']),
    nullsNotDistinct: flag(row['nulls_not_distinct']),
    columns: numberList(row['columns']),
    keyLength: Number(row['key_length']),
    options: numberList(row['options']),
    where: optionalText(row['predicate']),
    definition: optionalText(row['definition']),
    texts: textList(row['texts']),
  }
}

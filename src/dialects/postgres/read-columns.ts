import type { Row } from '../../schema/dialect.ts'
import type { Column } from '../../schema/schema.ts'
import { sql } from '../../schema/sql.ts'
import { byOwner, flag, namingFor, optionalText, placeOf, type Query, text, wantedOids } from './catalog.ts'

/** A column, with the number that constraints and indexes know it by. */
export interface NumberedColumn {
  readonly number: number
  readonly column: Column
}

/** Reads the columns of some tables, by the oid of the table, in one query. */
export async function readColumns(
  query: Query,
  oids: readonly string[],
): Promise<ReadonlyMap<string, readonly NumberedColumn[]>> {
  const rows = await query(sql`SELECT a.attrelid::text AS owner, a.attnum AS number, a.attname::text AS name,
      format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS not_null, a.attidentity::text AS identity,
      a.attgenerated::text AS generated, pg_get_expr(d.adbin, d.adrelid) AS expression,
      CASE WHEN pg_collation_is_visible(l.oid) THEN l.collname::text ELSE ln.nspname || '.' || l.collname END AS collation,
      col_description(a.attrelid, a.attnum) AS comment, sn.nspname::text AS schema, s.relname::text AS relation,
      coalesce(sn.nspname = current_schema(), false) AS is_default
    FROM ${wantedOids(oids)}
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = wanted.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_catalog.pg_collation AS l ON l.oid = a.attcollation AND a.attcollation <> t.typcollation
    LEFT JOIN pg_catalog.pg_namespace AS ln ON ln.oid = l.collnamespace
    LEFT JOIN pg_catalog.pg_depend AS o ON o.refclassid = 'pg_catalog.pg_class'::regclass AND o.refobjid = a.attrelid
      AND o.refobjsubid = a.attnum AND o.classid = 'pg_catalog.pg_class'::regclass AND o.deptype = 'a' AND EXISTS (
        SELECT FROM pg_catalog.pg_depend AS u WHERE u.classid = 'pg_catalog.pg_attrdef'::regclass AND u.objid = d.oid
          AND u.refclassid = 'pg_catalog.pg_class'::regclass AND u.refobjid = o.objid)
    LEFT JOIN pg_catalog.pg_class AS s ON s.oid = o.objid AND s.relkind = 'S'
    LEFT JOIN pg_catalog.pg_namespace AS sn ON sn.oid = s.relnamespace
    ORDER BY a.attrelid, a.attnum`)
  return byOwner(rows, (row) => ({ number: Number(row['number']), column: readColumn(row) }))
}

function readColumn(row: Row): Column {
  const generated = text(row['generated'])
  const sequence = serialSequence(row)
  const numbered = sequence !== undefined || text(row['identity']) !== ''
  const expression = sequence === undefined ? optionalText(row['expression']) : undefined
  const collation = optionalText(row['collation'])
  const comment = optionalText(row['comment'])
  return {
    name: text(row['name']),
    type: text(row['type']),
    nullable: !flag(row['not_null']),
    ...contentOf(expression, generated),
    ...(numbered ? { autoIncrement: true } : {}),
    ...(sequence === undefined ? {} : { sequence }),
    ...(collation === undefined ? {} : { collation }),
    ...(comment === undefined ? {} : { comment }),
  }
}

/** A default and a generated column's expression stand in the same place of the catalogue. */
function contentOf(text: string | undefined, generated: string): Pick<Column, 'default' | 'generated'> {
  if (text === undefined || (generated === '' && isNull(text))) return {}
  const expression = { kind: 'sql', sql: text } as const
  return generated === '' ? { default: expression } : { generated: { expression, stored: generated === 's' } }
}

/** The server leaves a bare `DEFAULT NULL` out, and keeps one with a cast. */
function isNull(expression: string): boolean {
  return /^NULL::[\w\s"().,[\]]+$/.test(expression)
}

/** `serial` is a default that takes the next number of a sequence which belongs to the column; any other default of that text is a default. */
function serialSequence(row: Row): string | undefined {
  const isNextNumber = /^nextval\('(?:[^']|'')*'::regclass\)$/.test(optionalText(row['expression']) ?? '')
  return isNextNumber && row['relation'] !== null ? namingFor()(placeOf(row)) : undefined
}

import type { Row } from '../../schema/dialect.ts'
import { objectKey, type SchemaObject } from '../../schema/schema.ts'
import { sql } from '../../schema/sql.ts'
import { flag, notOfAnExtension, optionalText, type Query, text, textList } from './catalog.ts'

/**
 * Reads the enum types and collations of the default schema and the extensions of the database, in one query. What every database has from the start
 * is left out. Where the locale of a collation stands was another column in PostgreSQL 14, 15 and 17.
 */
export async function readObjects(query: Query): Promise<ReadonlyMap<string, SchemaObject>> {
  const rows = await query(sql`SELECT 'enum' AS kind, t.typname::text AS name,
      (SELECT json_agg(v.enumlabel ORDER BY v.enumsortorder)::text FROM pg_catalog.pg_enum AS v WHERE v.enumtypid = t.oid) AS labels,
      NULL AS provider, NULL AS locale, NULL::boolean AS deterministic
    FROM pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
    WHERE t.typtype = 'e' AND n.nspname = current_schema() AND ${notOfAnExtension('pg_type', sql`t.oid`)}
    UNION ALL SELECT 'extension', x.extname::text, NULL, NULL, NULL, NULL
    FROM pg_catalog.pg_extension AS x WHERE x.extname <> 'plpgsql'
    UNION ALL SELECT 'collation', l.collname::text, NULL, l.collprovider::text,
      coalesce(to_jsonb(l) ->> 'colllocale', to_jsonb(l) ->> 'colliculocale', l.collcollate::text), l.collisdeterministic
    FROM pg_catalog.pg_collation AS l JOIN pg_catalog.pg_namespace AS n ON n.oid = l.collnamespace
    WHERE l.collprovider IN ('i', 'c') AND n.nspname = current_schema() AND n.nspname <> 'pg_catalog'
      AND ${notOfAnExtension('pg_collation', sql`l.oid`)}
    ORDER BY kind, name`)
  return new Map(rows.map(readObject).map((object) => [objectKey(object), object]))
}

function readObject(row: Row): SchemaObject {
  const name = text(row['name'])
  switch (row['kind']) {
    case 'enum':
      return { kind: 'enum', name, values: textList(row['labels']) }
    case 'extension':
      return { kind: 'extension', name }
    default:
      return {
        kind: 'collation',
        name,
        provider: text(row['provider']) === 'i' ? 'icu' : 'libc',
        locale: optionalText(row['locale']) ?? '',
        ...(flag(row['deterministic']) ? {} : { deterministic: false }),
      }
  }
}

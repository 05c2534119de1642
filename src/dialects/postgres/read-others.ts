import type { OtherObject } from '../../schema/schema.ts'
import { sql } from '../../schema/sql.ts'
import {
  inSchemas,
  namingFor,
  notOfAnExtension,
  placeOf,
  type Query,
  type Relation,
  text,
  wantedOids,
} from './catalog.ts'
import { quoted } from './statement-text.ts'

/** Which views are read: those that stand in some schemas, or those that name the tables. */
export type ViewScope = { readonly schemas: readonly string[] } | 'ofTheTables'

/** Reads the views and materialised views, and the triggers of the tables that were found, in one query. */
export async function readOthers(
  query: Query,
  relations: readonly Relation[],
  views: ViewScope,
): Promise<readonly OtherObject[]> {
  const oids = relations.map(({ oid }) => oid)
  const scope =
    views === 'ofTheTables'
      ? sql`EXISTS (SELECT FROM pg_catalog.pg_rewrite AS r JOIN pg_catalog.pg_depend AS d
          ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
          WHERE r.ev_class = c.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass
            AND d.refobjid IN (SELECT wanted.oid FROM ${wantedOids(oids)}))`
      : inSchemas(views.schemas)
  const rows = await query(sql`SELECT c.relkind::text AS kind, n.nspname::text AS schema, c.relname::text AS relation,
      coalesce(n.nspname = current_schema(), false) AS is_default, NULL AS name, pg_get_viewdef(c.oid) AS definition, NULL AS owner
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('v', 'm') AND ${scope} AND ${notOfAnExtension('pg_class', sql`c.oid`)}
    UNION ALL SELECT 'trigger', n.nspname::text, c.relname::text, coalesce(n.nspname = current_schema(), false),
      t.tgname::text, pg_get_triggerdef(t.oid), t.tgrelid::text
    FROM ${wantedOids(oids)}
    JOIN pg_catalog.pg_trigger AS t ON t.tgrelid = wanted.oid AND NOT t.tgisinternal
    JOIN pg_catalog.pg_class AS c ON c.oid = t.tgrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    ORDER BY kind DESC, schema, relation, name`)
  const tableNames = new Map(relations.map(({ oid, name }) => [oid, name]))
  const naming = namingFor()
  return rows.map((row): OtherObject => {
    const kind = text(row['kind'])
    const definition = text(row['definition'])
    if (kind === 'trigger') {
      return { kind, name: text(row['name']), table: tableNames.get(text(row['owner'])) ?? '', definition }
    }
    const place = placeOf(row)
    const name = place.isDefault ? quoted(place.relation) : `${quoted(place.schema)}.${quoted(place.relation)}`
    return {
      kind: 'view',
      name: naming(place) ?? name,
      definition: `CREATE ${kind === 'm' ? 'MATERIALIZED VIEW' : 'VIEW'} ${name} AS ${definition.trim().replace(/;$/, '')}`,
    }
  })
}

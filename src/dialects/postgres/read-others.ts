import type { Row } from '../../schema/dialect.ts'
import type { OtherKind, OtherObject } from '../../schema/schema.ts'
import { join, type Sql, sql } from '../../schema/sql.ts'
import {
  inSchemas,
  namingFor,
  notOfAnExtension,
  optionalText,
  placeOf,
  type Query,
  type Relation,
  text,
  wantedOids,
} from './catalog.ts'
import { quoted } from './statement-text.ts'

/** Which objects are read that stand on no table: those of some schemas, or of views only those that name the tables. */
export type OtherScope = { readonly schemas: readonly string[] } | 'ofTheTables'

/**
 * Reads what no model can declare, in one query: views of all kinds, triggers, rules, policies and statistics of the tables that were found, how
 * tables are divided, and where a whole database is read the sequences of nobody, foreign tables, routines, domains and other types of its schemas.
 * What came with something else, as the functions that make ranges did, is left out.
 */
export async function readOthers(
  query: Query,
  relations: readonly Relation[],
  scope: OtherScope,
): Promise<readonly OtherObject[]> {
  const ofTables = onTables(relations.map(({ oid }) => oid))
  const questions = scope === 'ofTheTables' ? ofTables : [...ofTables, ...inWhole(inSchemas(scope.schemas))]
  const views = viewsIn(scope === 'ofTheTables' ? namingAny(relations) : inSchemas(scope.schemas))
  const rows = await query(
    sql`${join([views, ...questions], ' UNION ALL ')} ORDER BY kind DESC, schema, relation, name`,
  )
  const tableNames = new Map(relations.map(({ oid, name }) => [oid, name]))
  return rows.map((row) => readOther(row, tableNames))
}

/** Each question gives: kind, schema, relation, is_default, name (where it is not the relation's), owner, definition. */
function viewsIn(scope: Sql): Sql {
  return sql`SELECT CASE c.relkind WHEN 'm' THEN 'materialisedView' ELSE 'view' END AS kind, n.nspname::text AS schema,
      c.relname::text AS relation, coalesce(n.nspname = current_schema(), false) AS is_default, NULL AS name, NULL AS owner,
      pg_get_viewdef(c.oid) AS definition
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('v', 'm') AND ${scope} AND ${notOfAnExtension('pg_class', sql`c.oid`)}`
}

function namingAny(relations: readonly Relation[]): Sql {
  return sql`EXISTS (SELECT FROM pg_catalog.pg_rewrite AS r JOIN pg_catalog.pg_depend AS d
    ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
    WHERE r.ev_class = c.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass
      AND d.refobjid IN (SELECT wanted.oid FROM ${wantedOids(relations.map(({ oid }) => oid))}))`
}

function onTables(oids: readonly string[]): readonly Sql[] {
  const ofTable = (kind: Sql, name: Sql, definition: Sql, from: Sql): Sql => sql`SELECT ${kind}, n.nspname::text,
      c.relname::text, coalesce(n.nspname = current_schema(), false), ${name}, c.oid::text, ${definition}
    FROM ${wantedOids(oids)} JOIN pg_catalog.pg_class AS c ON c.oid = wanted.oid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace ${from}`
  return [
    ofTable(
      sql`'trigger'`,
      sql`t.tgname::text`,
      sql`pg_get_triggerdef(t.oid)`,
      sql`JOIN pg_catalog.pg_trigger AS t ON t.tgrelid = c.oid AND NOT t.tgisinternal`,
    ),
    ofTable(
      sql`'rule'`,
      sql`r.rulename::text`,
      sql`pg_get_ruledef(r.oid)`,
      sql`JOIN pg_catalog.pg_rewrite AS r ON r.ev_class = c.oid`,
    ),
    ofTable(
      sql`'policy'`,
      sql`p.polname::text`,
      sql`concat('CREATE POLICY ', quote_ident(p.polname), ' ON ', c.oid::regclass, ' USING (', pg_get_expr(p.polqual, c.oid), ')')`,
      sql`JOIN pg_catalog.pg_policy AS p ON p.polrelid = c.oid`,
    ),
    ofTable(
      sql`'statistics'`,
      sql`s.stxname::text`,
      sql`pg_get_statisticsobjdef(s.oid)`,
      sql`JOIN pg_catalog.pg_statistic_ext AS s ON s.stxrelid = c.oid`,
    ),
    ofTable(
      sql`'partitionedTable'`,
      sql`NULL`,
      sql`concat('CREATE TABLE ', c.oid::regclass, ' (…) PARTITION BY ', pg_get_partkeydef(c.oid))`,
      sql`WHERE c.relkind = 'p'`,
    ),
    ofTable(
      sql`'partition'`,
      sql`p.oid::regclass::text`,
      sql`concat('CREATE TABLE ', p.oid::regclass, ' PARTITION OF ', c.oid::regclass, ' ', pg_get_expr(p.relpartbound, p.oid))`,
      sql`JOIN pg_catalog.pg_inherits AS h ON h.inhparent = c.oid
        JOIN pg_catalog.pg_class AS p ON p.oid = h.inhrelid AND p.relispartition`,
    ),
  ]
}

function inWhole(inSchema: Sql): readonly Sql[] {
  const standing = (kind: Sql, name: Sql, definition: Sql, from: Sql): Sql => sql`SELECT ${kind}, n.nspname::text,
      ${name}, coalesce(n.nspname = current_schema(), false), NULL, NULL, ${definition} FROM ${from} AND ${inSchema}`
  return [
    standing(
      sql`'sequence'`,
      sql`c.relname::text`,
      sql`concat('CREATE SEQUENCE ', c.oid::regclass)`,
      sql`pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'S' AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d
          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i', 'e'))`,
    ),
    standing(
      sql`'foreignTable'`,
      sql`c.relname::text`,
      sql`concat('CREATE FOREIGN TABLE ', c.oid::regclass, ' (…) SERVER ', quote_ident(s.srvname))`,
      sql`pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_foreign_table AS f ON f.ftrelid = c.oid
        JOIN pg_catalog.pg_foreign_server AS s ON s.oid = f.ftserver WHERE ${notOfAnExtension('pg_class', sql`c.oid`)}`,
    ),
    standing(
      sql`CASE f.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END`,
      sql`concat(f.proname, '(', pg_get_function_identity_arguments(f.oid), ')')`,
      sql`CASE f.prokind WHEN 'a' THEN concat('CREATE AGGREGATE ', f.oid::regprocedure) ELSE pg_get_functiondef(f.oid) END`,
      sql`pg_catalog.pg_proc AS f JOIN pg_catalog.pg_namespace AS n ON n.oid = f.pronamespace
        WHERE ${notOfAnExtension('pg_proc', sql`f.oid`)} AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d
          WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = f.oid AND d.deptype = 'i')`,
    ),
    standing(
      sql`CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END`,
      sql`t.typname::text`,
      sql`CASE t.typtype WHEN 'd' THEN concat('CREATE DOMAIN ', t.oid::regtype, ' AS ', format_type(t.typbasetype, t.typtypmod))
        WHEN 'r' THEN concat('CREATE TYPE ', t.oid::regtype, ' AS RANGE (…)')
        ELSE concat('CREATE TYPE ', t.oid::regtype, ' AS (…)') END`,
      sql`pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
        LEFT JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid
        WHERE (t.typtype IN ('d', 'r') OR (t.typtype = 'c' AND c.relkind = 'c'))
          AND ${notOfAnExtension('pg_type', sql`t.oid`)}`,
    ),
  ]
}

function readOther(row: Row, tableNames: ReadonlyMap<string, string>): OtherObject {
  const kind = kinds.find((one) => one === row['kind']) ?? 'type'
  const definition = text(row['definition']).trim().replace(/;$/, '')
  const place = placeOf(row)
  const own = optionalText(row['name'])
  const owner = optionalText(row['owner'])
  const whole = place.isDefault ? quoted(place.relation) : `${quoted(place.schema)}.${quoted(place.relation)}`
  const name = own ?? namingFor()(place) ?? whole
  if (owner !== undefined) return { kind, name, table: tableNames.get(owner) ?? '', definition }
  if (kind === 'view') return { kind, name, definition: `CREATE VIEW ${whole} AS ${definition}` }
  if (kind === 'materialisedView')
    return { kind, name, definition: `CREATE MATERIALIZED VIEW ${whole} AS ${definition}` }
  return { kind, name, definition }
}

const kinds: readonly OtherKind[] = [
  ...([
    'view',
    'materialisedView',
    'trigger',
    'rule',
    'policy',
    'statistics',
    'partitionedTable',
    'partition',
  ] as const),
  ...(['sequence', 'foreignTable', 'procedure', 'function', 'domain', 'type'] as const),
]

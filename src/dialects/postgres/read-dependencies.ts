import type { Row } from '../../schema/dialect.ts'
import { type Sql, sql, value } from '../../schema/sql.ts'
import { flag, type Naming, optionalText, placeOf, type Query, text } from './catalog.ts'
import { splitTableName } from './table-name.ts'

/** What changes are about to harm, by the names that it has now: a table, a column, or a type of the default schema. */
export type Target =
  | { readonly effect: 'dropTable'; readonly table: string }
  | { readonly effect: 'dropColumn' | 'setType'; readonly table: string; readonly column: string }
  | { readonly effect: 'dropType' | 'replaceType'; readonly type: string }

/** Something that the catalogue knows to depend on a target. */
export interface Dependency {
  /** The target, by its place in the list of targets. */
  readonly target: number
  /** Whether it goes along by itself, or keeps what it depends on from going. */
  readonly goesAlong: boolean
  readonly kind: string
  readonly name: string
  /** The table that it belongs to, where it belongs to one. */
  readonly owner: string | undefined
  /** Whether that is the target, or the table of the target. */
  readonly isOfTarget: boolean
}

/** Targets as a table: `number`, `effect`, `schema`, `relation`, `attribute`, `type`. */
export function targetRows(targets: readonly Target[]): Sql {
  const rows = targets.map((target, number) => {
    if ('type' in target) return { number, effect: target.effect, type: target.type }
    const { schema, table } = splitTableName(target.table)
    const column = 'column' in target ? { attribute: target.column } : {}
    return { number, effect: target.effect, relation: table, ...(schema === undefined ? {} : { schema }), ...column }
  })
  return sql`(SELECT a.number, a.effect, coalesce(a.schema, current_schema()) AS schema, a.relation, a.attribute, a.type
    FROM json_to_recordset(${value(JSON.stringify(rows))}::text::json)
      AS a(number integer, effect text, schema name, relation name, attribute name, type name))`
}

/**
 * Reads what the catalogue knows to depend on some tables, columns and types, in one query. A table's row type is the table too: a function may take
 * it. What only shows in the string body of a function is not among it.
 */
export async function readDependencies(
  query: Query,
  targets: readonly Target[],
  naming: Naming,
): Promise<readonly Dependency[]> {
  const rows = await query(sql`WITH asked AS ${targetRows(targets)}, found AS (
      SELECT a.number, c.oid, c.reltype, t.attnum FROM asked AS a
      JOIN pg_catalog.pg_namespace AS n ON n.nspname = a.schema
      JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = a.relation
      LEFT JOIN pg_catalog.pg_attribute AS t ON t.attrelid = c.oid AND t.attname = a.attribute AND NOT t.attisdropped
      WHERE a.attribute IS NULL OR t.attnum > 0
    ), target AS (
      SELECT f.number, f.oid AS of, 'pg_catalog.pg_class'::regclass AS class, f.oid, f.attnum FROM found AS f
      UNION ALL SELECT f.number, f.oid, 'pg_catalog.pg_type'::regclass, f.reltype, NULL FROM found AS f WHERE f.attnum IS NULL
      UNION ALL SELECT a.number, NULL, 'pg_catalog.pg_type'::regclass, u.oid, NULL FROM asked AS a
      JOIN pg_catalog.pg_namespace AS n ON n.nspname = a.schema
      JOIN pg_catalog.pg_type AS t ON t.typnamespace = n.oid AND t.typname = a.type
      CROSS JOIN LATERAL (VALUES (t.oid), (t.typarray)) AS u(oid)
    ), dependency AS (
      SELECT t.number, t.of, d.classid, d.objid, d.objsubid, bool_or(d.deptype = 'a') AS goes_along
      FROM target AS t JOIN pg_catalog.pg_depend AS d ON d.refclassid = t.class AND d.refobjid = t.oid
        AND (t.attnum IS NULL OR d.refobjsubid = t.attnum)
      WHERE d.deptype IN ('n', 'a') GROUP BY 1, 2, 3, 4, 5
    )
    SELECT d.number, d.goes_along, k.relname::text AS class, coalesce(d.of = o.oid, false) AS is_of_target,
      coalesce(c.conname, i.relname, w.rulename, g.tgname, p.polname, s.stxname, a.attname, y.pubname, u.typname)::text AS name,
      coalesce(i.relkind, o.relkind)::text AS relation_kind, c.contype::text AS constraint_type, f.prokind::text AS routine_kind,
      f.oid::regprocedure::text AS signature, a.attgenerated::text AS generated,
      n.nspname::text AS schema, o.relname::text AS relation, coalesce(n.nspname = current_schema(), false) AS is_default
    FROM dependency AS d
    JOIN pg_catalog.pg_class AS k ON k.oid = d.classid
    LEFT JOIN pg_catalog.pg_class AS i ON k.relname = 'pg_class' AND d.objsubid = 0 AND i.oid = d.objid
    LEFT JOIN pg_catalog.pg_index AS x ON x.indexrelid = i.oid
    LEFT JOIN pg_catalog.pg_rewrite AS w ON k.relname = 'pg_rewrite' AND w.oid = d.objid
    LEFT JOIN pg_catalog.pg_trigger AS g ON k.relname = 'pg_trigger' AND g.oid = d.objid
    LEFT JOIN pg_catalog.pg_policy AS p ON k.relname = 'pg_policy' AND p.oid = d.objid
    LEFT JOIN pg_catalog.pg_constraint AS l ON l.conrelid = x.indrelid AND l.conindid = i.oid AND l.contype IN ('p', 'u', 'x')
    LEFT JOIN pg_catalog.pg_constraint AS c ON c.oid = CASE k.relname WHEN 'pg_constraint' THEN d.objid ELSE l.oid END
    LEFT JOIN pg_catalog.pg_statistic_ext AS s ON k.relname = 'pg_statistic_ext' AND s.oid = d.objid
    LEFT JOIN pg_catalog.pg_proc AS f ON k.relname = 'pg_proc' AND f.oid = d.objid
    LEFT JOIN pg_catalog.pg_type AS u ON k.relname = 'pg_type' AND u.oid = d.objid
    LEFT JOIN pg_catalog.pg_publication_rel AS r ON k.relname = 'pg_publication_rel' AND r.oid = d.objid
    LEFT JOIN pg_catalog.pg_publication AS y ON y.oid = r.prpubid
    LEFT JOIN pg_catalog.pg_attrdef AS e ON k.relname = 'pg_attrdef' AND e.oid = d.objid
    LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = CASE k.relname WHEN 'pg_class' THEN d.objid ELSE e.adrelid END
      AND a.attnum = CASE k.relname WHEN 'pg_class' THEN d.objsubid ELSE e.adnum END AND a.attnum > 0
    LEFT JOIN pg_catalog.pg_class AS o ON o.oid = coalesce(
      w.ev_class, g.tgrelid, p.polrelid, c.conrelid, s.stxrelid, a.attrelid, r.prrelid, x.indrelid, i.oid)
    LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = o.relnamespace
    WHERE g.tgisinternal IS NOT TRUE AND coalesce(c.conparentid, 0) = 0
    ORDER BY d.number, k.relname, name, signature`)
  return rows.flatMap((row) => readDependency(row, naming))
}

function readDependency(row: Row, naming: Naming): readonly Dependency[] {
  const kind = kindOf(row)
  if (kind === undefined) return []
  const place = row['relation'] === null ? undefined : placeOf(row)
  const owner = place === undefined ? undefined : (naming(place) ?? `${place.schema}.${place.relation}`)
  const own = optionalText(row['signature']) ?? text(row['name'])
  const name = kind.endsWith('column') ? `${owner}.${own}` : isRelation(kind) ? (owner ?? own) : own
  return [
    {
      target: Number(row['number']),
      goesAlong: flag(row['goes_along']),
      kind,
      name,
      owner,
      isOfTarget: flag(row['is_of_target']),
    },
  ]
}

/** What a dependency is, in words; undefined for what is a part of something else, as a default is of its column. */
function kindOf(row: Row): string | undefined {
  const relationKind = relations[text(row['relation_kind'])]
  const generated = optionalText(row['generated'])
  switch (text(row['class'])) {
    case 'pg_rewrite':
      return text(row['name']) === '_RETURN' ? relationKind : 'rule'
    case 'pg_class':
      // The index of an exclusion depends on the columns of its condition by itself.
      if (generated === undefined) return constraints[text(row['constraint_type'])] ?? relationKind
      // A view is found by what it reads; that its columns are of the type besides says nothing more.
      if (relationKind !== 'table') return undefined
      return generated === '' ? 'column' : 'generated column'
    case 'pg_attrdef':
      return generated === '' ? undefined : 'generated column'
    case 'pg_constraint':
      return constraints[text(row['constraint_type'])]
    case 'pg_proc':
      return text(row['routine_kind']) === 'p' ? 'procedure' : 'function'
    default:
      return others[text(row['class'])]
  }
}

function isRelation(kind: string): boolean {
  return kind === 'table' || kind === 'view' || kind === 'materialised view'
}

const relations: Readonly<Record<string, string>> = {
  r: 'table',
  p: 'table',
  v: 'view',
  m: 'materialised view',
  i: 'index',
  I: 'index',
}

const constraints: Readonly<Record<string, string>> = {
  p: 'primary key',
  u: 'unique constraint',
  c: 'check',
  x: 'exclusion',
  f: 'foreign key',
}

const others: Readonly<Record<string, string>> = {
  pg_trigger: 'trigger',
  pg_policy: 'policy',
  pg_statistic_ext: 'statistics',
  pg_publication_rel: 'publication',
  pg_type: 'type',
}

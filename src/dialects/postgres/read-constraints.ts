import type { Row } from '../../schema/dialect.ts'
import type { Check, Deferrable, ReferentialAction } from '../../schema/schema.ts'
import { sql } from '../../schema/sql.ts'
import {
  byOwner,
  flag,
  type Naming,
  numberList,
  optionalText,
  placeOf,
  type Query,
  text,
  textList,
  wantedOids,
} from './catalog.ts'

/** A constraint, its columns by number. What an index stands behind names the index. */
export type NumberedConstraint =
  | { readonly kind: 'primaryKey'; readonly name: string; readonly columns: readonly number[] }
  | {
      readonly kind: 'unique'
      readonly name: string
      readonly index: string
      readonly deferrable?: Deferrable
    }
  | {
      readonly kind: 'exclusion'
      readonly name: string
      readonly index: string
      readonly deferrable?: Deferrable
      readonly operators: readonly string[]
    }
  | { readonly kind: 'check'; readonly check: Check }
  | {
      readonly kind: 'foreignKey'
      readonly name: string
      readonly columns: readonly number[]
      readonly references: { readonly table: string; readonly columns: readonly string[] }
      readonly onDelete: ReferentialAction
      readonly onUpdate: ReferentialAction
      readonly deferrable?: Deferrable
      readonly notValid?: true
    }

/**
 * Reads the constraints of some tables, by the oid of the table, in one query. Those that PostgreSQL 18 makes of NOT NULL are no objects here: the
 * column says it on all versions.
 */
export async function readConstraints(
  query: Query,
  oids: readonly string[],
  naming: Naming,
): Promise<ReadonlyMap<string, readonly NumberedConstraint[]>> {
  const rows = await query(sql`SELECT k.conrelid::text AS owner, k.conname::text AS name, k.contype::text AS type,
      array_to_string(k.conkey, ' ') AS columns, k.conindid::text AS index, k.condeferrable AS deferrable,
      k.condeferred AS deferred, k.convalidated AS validated, k.confdeltype::text AS on_delete,
      k.confupdtype::text AS on_update, pg_get_expr(k.conbin, k.conrelid) AS expression,
      f.relname::text AS relation, fn.nspname::text AS schema,
      coalesce(fn.nspname = current_schema(), false) AS is_default,
      CASE WHEN k.contype = 'f' THEN (SELECT json_agg(a.attname ORDER BY r.position)::text
        FROM unnest(k.confkey) WITH ORDINALITY AS r(number, position)
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = r.number) END AS referenced,
      CASE WHEN k.contype = 'x' THEN (SELECT json_agg(CASE WHEN pg_operator_is_visible(o.oid) THEN o.oprname::text
          ELSE 'OPERATOR(' || quote_ident(p.nspname) || '.' || o.oprname || ')' END ORDER BY e.position)::text
        FROM unnest(k.conexclop) WITH ORDINALITY AS e(operator, position)
        JOIN pg_catalog.pg_operator AS o ON o.oid = e.operator
        JOIN pg_catalog.pg_namespace AS p ON p.oid = o.oprnamespace) END AS operators
    FROM ${wantedOids(oids)}
    JOIN pg_catalog.pg_constraint AS k ON k.conrelid = wanted.oid
    LEFT JOIN pg_catalog.pg_class AS f ON f.oid = k.confrelid
    LEFT JOIN pg_catalog.pg_namespace AS fn ON fn.oid = f.relnamespace
    WHERE k.contype IN ('p', 'u', 'x', 'c', 'f') AND k.conparentid = 0
    ORDER BY k.conrelid, k.oid`)
  return byOwner(rows, (row) => readConstraint(row, naming))
}

function readConstraint(row: Row, naming: Naming): NumberedConstraint {
  const name = text(row['name'])
  const index = text(row['index'])
  const columns = numberList(row['columns'])
  const deferral = readDeferral(row)
  switch (text(row['type'])) {
    case 'p':
      return { kind: 'primaryKey', name, columns }
    case 'u':
      return { kind: 'unique', name, index, ...deferral }
    case 'x':
      return { kind: 'exclusion', name, index, ...deferral, operators: textList(row['operators']) }
    case 'c':
      return { kind: 'check', check: readCheck(row) }
    default: {
      const place = placeOf(row)
      return {
        kind: 'foreignKey',
        name,
        columns,
        references: {
          table: naming(place) ?? `${place.schema}.${place.relation}`,
          columns: textList(row['referenced']),
        },
        onDelete: actions[text(row['on_delete'])] ?? 'noAction',
        onUpdate: actions[text(row['on_update'])] ?? 'noAction',
        ...deferral,
        ...validityOf(row),
      }
    }
  }
}

function readCheck(row: Row): Check {
  return {
    name: text(row['name']),
    expression: { kind: 'sql', sql: optionalText(row['expression']) ?? '' },
    ...validityOf(row),
  }
}

function validityOf(row: Row): { readonly notValid?: true } {
  return flag(row['validated']) ? {} : { notValid: true }
}

function readDeferral(row: Row): { readonly deferrable?: Deferrable } {
  return flag(row['deferrable']) ? { deferrable: flag(row['deferred']) ? 'deferred' : 'immediate' } : {}
}

const actions: Readonly<Record<string, ReferentialAction>> = {
  a: 'noAction',
  r: 'restrict',
  c: 'cascade',
  n: 'setNull',
  d: 'setDefault',
}

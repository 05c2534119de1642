import type { Row } from '../../schema/dialect.ts'
import { join, type Sql, sql, value } from '../../schema/sql.ts'
import { splitTableName } from './table-name.ts'

/** Sends one statement and gives its rows. */
export type Query = (statement: Sql) => Promise<readonly Row[]>

/** A table that was found, and what the server calls it by. */
export interface Relation {
  readonly oid: string
  /** The name that a Schema has for it. */
  readonly name: string
  readonly comment: string | undefined
}

/** Where a relation stands, as the catalogue says it. */
export interface Place {
  readonly schema: string
  readonly relation: string
  readonly isDefault: boolean
}

/** What a Schema calls a relation by its place; undefined where the name would be taken for that of another. */
export type Naming = (place: Place) => string | undefined

/**
 * The rule of names: bare in the default schema, `schema.table` elsewhere. Who asks for a table of the default schema by its whole name finds it under
 * that name. The first dot ends the schema, so what has one before it cannot be said.
 */
export function namingFor(tables: readonly string[] = []): Naming {
  const asked = new Set(tables)
  return ({ schema, relation, isDefault }) => {
    const whole = `${schema}.${relation}`
    const isSayable = !(isDefault ? relation : schema).includes('.')
    if (asked.has(whole) && !schema.includes('.')) return whole
    if (!isSayable) return undefined
    return isDefault ? relation : whole
  }
}

/** Reads a place out of a row that has `schema`, `relation` and `is_default`. */
export function placeOf(row: Row, prefix = ''): Place {
  return {
    schema: text(row[`${prefix}schema`]),
    relation: text(row[`${prefix}relation`]),
    isDefault: flag(row[`${prefix}is_default`]),
  }
}

/** An object that an extension brought belongs to the extension. */
export function notOfAnExtension(catalogue: string, oid: Sql): Sql {
  return sql`NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS e
    WHERE e.classid = ${value(`pg_catalog.${catalogue}`)}::text::regclass AND e.objid = ${oid} AND e.deptype = 'e')`
}

/** Whether a namespace is the default one, or one of some others. */
export function inSchemas(schemas: readonly string[]): Sql {
  const others = schemas.length === 0 ? sql`` : sql` OR n.nspname IN (${join(schemas.map(value))})`
  return sql`(n.nspname = current_schema()${others})`
}

/** Some oids as a table of one column, `wanted.oid`. */
export function wantedOids(oids: readonly string[]): Sql {
  return sql`unnest(${value(`{${oids.join(',')}}`)}::text::oid[]) AS wanted(oid)`
}

/**
 * Finds tables: those of some schemas, or the named ones. What a partitioned table is made of belongs to it. Every relation of the catalogue is named
 * with its schema, since a temporary table of the same name comes first otherwise.
 */
export async function readRelations(
  query: Query,
  schemas: readonly string[],
  tables: readonly string[] | undefined,
): Promise<readonly Relation[]> {
  const scope = tables === undefined ? inSchemas(schemas) : sql`(n.nspname, c.relname) IN (${askedFor(tables)})`
  const rows = await query(sql`SELECT c.oid::text AS oid, n.nspname::text AS schema, c.relname::text AS relation,
      coalesce(n.nspname = current_schema(), false) AS is_default, obj_description(c.oid, 'pg_class') AS comment
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${scope} AND ${notOfAnExtension('pg_class', sql`c.oid`)}
    ORDER BY c.oid`)
  const naming = namingFor(tables)
  return rows.flatMap((row) => {
    const name = naming(placeOf(row))
    return name === undefined ? [] : [{ oid: text(row['oid']), name, comment: optionalText(row['comment']) }]
  })
}

/** Finds temporary tables of this session by name. */
export async function readTemporaryRelations(query: Query, names: readonly string[]): Promise<readonly Relation[]> {
  const rows = await query(sql`SELECT c.oid::text AS oid, c.relname::text AS name FROM pg_catalog.pg_class AS c
    WHERE c.relnamespace = pg_my_temp_schema() AND c.relkind = 'r' AND c.relname IN (${join(names.map(value))})`)
  return rows.map((row) => ({ oid: text(row['oid']), name: text(row['name']), comment: undefined }))
}

/** A query of the places that names of a Schema stand for: `schema`, `relation`. */
export function askedFor(tables: readonly string[]): Sql {
  const places = tables.map((name) => {
    const { schema, table } = splitTableName(name)
    return { schema: schema ?? null, relation: table }
  })
  return sql`SELECT coalesce(a.schema, current_schema()) AS schema, a.relation
    FROM json_to_recordset(${value(JSON.stringify(places))}::text::json) AS a(schema name, relation name)`
}

/** A text of a row. */
export function text(content: unknown): string {
  return String(content)
}

/** A text of a row that may be NULL. */
export function optionalText(content: unknown): string | undefined {
  return content === null || content === undefined ? undefined : String(content)
}

/** A boolean of a row, whether or not the driver reads it as one. */
export function flag(content: unknown): boolean {
  return content === true || content === 't'
}

/** A list of texts that the server gathered as JSON; NULL is the empty one. */
export function textList(content: unknown): readonly string[] {
  const list: unknown = JSON.parse(optionalText(content) ?? '[]')
  return Array.isArray(list) ? list.map(String) : []
}

/** Numbers with blanks between them, as a vector is printed. */
export function numberList(content: unknown): readonly number[] {
  return (optionalText(content) ?? '').split(' ').filter(Boolean).map(Number)
}

/** Rows by the oid of the table that they belong to. */
export function byOwner<T>(rows: readonly Row[], read: (row: Row) => T): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>()
  for (const row of rows) {
    const owner = text(row['owner'])
    const list = found.get(owner)
    if (list === undefined) found.set(owner, [read(row)])
    else list.push(read(row))
  }
  return found
}

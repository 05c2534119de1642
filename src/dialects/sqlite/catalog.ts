import type { Row } from '../../schema/dialect.ts'
import { join, type Sql, sql, value } from '../../schema/sql.ts'

/** The rows of SQLite's catalogue that an inspection needs. */
export interface Catalog {
  readonly objects: readonly CatalogObject[]
  readonly tables: readonly CatalogTable[]
  readonly columns: ReadonlyMap<string, readonly CatalogColumn[]>
  readonly indexes: ReadonlyMap<string, readonly CatalogIndex[]>
  /** By index: the columns of its key; null for an expression. */
  readonly indexColumns: ReadonlyMap<string, readonly (string | null)[]>
  readonly foreignKeys: ReadonlyMap<string, readonly CatalogForeignKey[]>
}

export interface CatalogObject {
  readonly type: string
  readonly name: string
  readonly table: string
  readonly sql: string | undefined
}

export interface CatalogTable {
  readonly name: string
  readonly type: string
  readonly withoutRowid: boolean
  readonly strict: boolean
}

export interface CatalogColumn {
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  readonly fallback: string | undefined
  /** Its place in the primary key, from 1; 0 when it has none. */
  readonly key: number
}

export interface CatalogIndex {
  readonly name: string
  readonly unique: boolean
  /** `c` made by CREATE INDEX, `u` by UNIQUE, `pk` by PRIMARY KEY. */
  readonly origin: string
}

export interface CatalogForeignKey {
  readonly id: number
  readonly sequence: number
  readonly table: string
  readonly from: string
  /** Undefined when the key of the other table is meant without being named. */
  readonly to: string | undefined
  readonly onUpdate: string
  readonly onDelete: string
}

type Query = (statement: Sql) => Promise<readonly Row[]>

/**
 * Reads the catalogue in six queries, however many tables there are. `PRAGMA` functions take the schema's name, or a temporary table would hide
 * the real one of the same name.
 */
export async function readCatalog(query: Query, tables: readonly string[] | undefined): Promise<Catalog> {
  const wanted = sql`SELECT l.name FROM pragma_table_list AS l WHERE l.schema = 'main' AND l.type = 'table'${only(tables)}`
  const list = sql`SELECT l.name, l.type, l.wr, l.strict FROM pragma_table_list AS l WHERE l.schema = 'main'${only(tables)}`
  const columns = sql`SELECT w.name AS owner, x.name, x.type, x."notnull", x.dflt_value, x.pk FROM (${wanted}) AS w
    JOIN pragma_table_xinfo(w.name, 'main') AS x ORDER BY w.name, x.cid`
  const indexes = sql`SELECT w.name AS owner, i.name, i."unique", i.origin FROM (${wanted}) AS w
    JOIN pragma_index_list(w.name, 'main') AS i ORDER BY w.name, i.seq DESC`
  const keys = sql`SELECT i.name AS owner, x.name FROM (${wanted}) AS w
    JOIN pragma_index_list(w.name, 'main') AS i JOIN pragma_index_xinfo(i.name, 'main') AS x
    WHERE x."key" = 1 ORDER BY i.name, x.seqno`
  const references = sql`SELECT w.name AS owner, f.id, f.seq, f."table", f."from", f."to", f.on_update, f.on_delete
    FROM (${wanted}) AS w JOIN pragma_foreign_key_list(w.name, 'main') AS f ORDER BY w.name, f.id DESC, f.seq`
  const objects = sql`SELECT type, name, tbl_name, sql FROM sqlite_schema${
    tables === undefined
      ? sql``
      : sql` WHERE type IN ('view', 'trigger') OR tbl_name COLLATE NOCASE IN (${join(tables.map(value))})`
  }`
  return {
    objects: (await query(objects)).map((row) => ({
      type: text(row['type']),
      name: text(row['name']),
      table: text(row['tbl_name']),
      sql: optionalText(row['sql']),
    })),
    tables: (await query(list)).map((row) => ({
      name: text(row['name']),
      type: text(row['type']),
      withoutRowid: Number(row['wr']) === 1,
      strict: Number(row['strict']) === 1,
    })),
    columns: byOwner(await query(columns), (row) => ({
      name: text(row['name']),
      type: text(row['type']),
      notNull: Number(row['notnull']) === 1,
      fallback: optionalText(row['dflt_value']),
      key: Number(row['pk']),
    })),
    indexes: byOwner(await query(indexes), (row) => ({
      name: text(row['name']),
      unique: Number(row['unique']) === 1,
      origin: text(row['origin']),
    })),
    indexColumns: byOwner(await query(keys), (row) => optionalText(row['name']) ?? null),
    foreignKeys: byOwner(await query(references), (row) => ({
      id: Number(row['id']),
      sequence: Number(row['seq']),
      table: text(row['table']),
      from: text(row['from']),
      to: optionalText(row['to']),
      onUpdate: text(row['on_update']),
      onDelete: text(row['on_delete']),
    })),
  }
}

function only(tables: readonly string[] | undefined): Sql {
  return tables === undefined ? sql`` : sql` AND l.name COLLATE NOCASE IN (${join(tables.map(value))})`
}

function byOwner<T>(rows: readonly Row[], read: (row: Row) => T): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>()
  for (const row of rows) {
    const owner = text(row['owner'])
    const list = found.get(owner)
    if (list === undefined) found.set(owner, [read(row)])
    else list.push(read(row))
  }
  return found
}

function text(content: unknown): string {
  return String(content)
}

function optionalText(content: unknown): string | undefined {
  return content === null || content === undefined ? undefined : String(content)
}

import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { Row } from './shop.ts'

/** The shop's database, as an application sees it that has never heard of Godwit. */
export interface ShopDatabase {
  /** As the config names it. */
  readonly url: string
  /** What stands before a query when it is shown. */
  readonly prompt: string
  /** What is peculiar to this kind of database is told by this name. */
  readonly kind: 'sqlite' | 'postgres'
  run(text: string): Promise<void>
  rows(query: string): Promise<readonly Row[]>
  /** The names of the shop's tables; Godwit's own are left out. */
  tables(): Promise<readonly string[]>
  /** Everything that the database holds besides rows, in its own words. */
  schema(): Promise<readonly Row[]>
}

/** The database that a URL names: `sqlite:./shop.db` in the folder of the shop, or a server's. */
export function shopDatabase(url: string, file: string): ShopDatabase {
  return url.startsWith('sqlite:') ? sqliteDatabase(url, file) : postgresDatabase(url)
}

function sqliteDatabase(url: string, file: string): ShopDatabase {
  const use = <Answer>(work: (db: DatabaseSync) => Answer): Answer => {
    const db = new DatabaseSync(file)
    try {
      return work(db)
    } finally {
      db.close()
    }
  }
  const rows = async (query: string): Promise<readonly Row[]> => use((db) => db.prepare(query).all())
  const ofTheShop = "tbl_name NOT LIKE 'godwit%' AND tbl_name NOT LIKE 'sqlite%'"
  return {
    url,
    prompt: 'sqlite>',
    kind: 'sqlite',
    run: async (text) => use((db) => db.exec(text)),
    rows,
    async tables() {
      const found = await rows(`SELECT name FROM sqlite_schema WHERE type = 'table' AND ${ofTheShop}`)
      return found.map(({ name }) => String(name))
    },
    schema: () => rows(`SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE ${ofTheShop} ORDER BY type, name`),
  }
}

function postgresDatabase(url: string): ShopDatabase {
  const use = async <Answer>(work: (client: pg.Client) => Promise<Answer>): Promise<Answer> => {
    const client = new pg.Client({ connectionString: url, types: { getTypeParser } })
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }
  const rows = (query: string): Promise<readonly Row[]> => use(async (client) => (await client.query(query)).rows)
  return {
    url,
    prompt: '=>',
    kind: 'postgres',
    run: (text) => use(async (client) => void (await client.query(text))),
    rows,
    async tables() {
      const found = await rows(`SELECT c.relname AS name FROM pg_class c WHERE c.relkind = 'r' AND ${ofTheShop}`)
      return found.map(({ name }) => String(name))
    },
    schema: () => rows(schemaQuery),
  }
}

const ofTheShop = "c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'godwit%'"

const schemaQuery = `
SELECT c.relname AS name, 'column ' || a.attnum AS part,
  concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, pg_get_expr(d.adbin, d.adrelid)) AS definition
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind = 'r' AND ${ofTheShop}
UNION ALL
SELECT c.relname, n.conname, pg_get_constraintdef(n.oid) FROM pg_class c JOIN pg_constraint n ON n.conrelid = c.oid WHERE ${ofTheShop}
UNION ALL
SELECT c.relname, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid WHERE ${ofTheShop}
ORDER BY 1, 2, 3
`

/** Large and decimal numbers come as text from this driver; those of the shop fit into a number, which they are shown as. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
    ? Number
    : pg.types.getTypeParser(oid, format)
}

import pg from 'pg'
import type { ShopDatabase } from '../database.ts'
import type { Row } from '../shop.ts'

/** PostgreSQL. */
export function postgresDatabase(url: string): ShopDatabase {
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

import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise'
import type { ShopDatabase } from '../database.ts'
import type { Row } from '../shop.ts'

/** MariaDB or MySQL, with the quotes of other databases, so that a query is one text for all. */
export function mysqlDatabase(url: string): ShopDatabase {
  const use = async <Answer>(work: (connection: Connection) => Promise<Answer>): Promise<Answer> => {
    const connection = await createConnection({
      uri: url,
      multipleStatements: true,
      // Those of the shop fit into a number, which they are shown as.
      decimalNumbers: true,
    })
    try {
      await connection.query("SET sql_mode = concat(@@sql_mode, ',ANSI_QUOTES')")
      return await work(connection)
    } finally {
      await connection.end()
    }
  }
  const rows = (query: string): Promise<readonly Row[]> =>
    use(async (connection) => {
      const [found] = await connection.query<RowDataPacket[]>(query)
      return found
    })
  const tables = async (): Promise<readonly string[]> => (await rows(ofTheShop)).map(({ name }) => String(name))
  return {
    url,
    prompt: '>',
    kind: 'mysql',
    // These servers read no Z behind a moment.
    run: (text) => use(async (connection) => void (await connection.query(text.replaceAll(/(T[\d:.]+)Z'/g, "$1'")))),
    rows,
    tables,
    async schema() {
      const parts: Row[] = []
      for (const table of await tables()) {
        const [made] = await rows(`SHOW CREATE TABLE "${table}"`)
        // How far the numbering has come is no part of it.
        const lines = String(made?.['Create Table'])
          .replace(/ AUTO_INCREMENT=\d+/, '')
          .split('\n')
        parts.push(...lines.filter((line) => line.startsWith('  ')).map((line) => ({ table, definition: line.trim() })))
      }
      return parts
    },
  }
}

const ofTheShop = `
SELECT table_name AS name FROM information_schema.tables
WHERE table_schema = database() AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'godwit%'
ORDER BY table_name
`

import { DatabaseSync } from 'node:sqlite'
import type { ShopDatabase } from '../database.ts'
import type { Row } from '../shop.ts'

/** A file. */
export function sqliteDatabase(url: string, file: string): ShopDatabase {
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

import { openSession } from '../support/open-session.ts'

/** The schema and every row, the record's times left out. */
export async function contents(url: string) {
  const session = await openSession(url)
  try {
    const schema = await session.inspect()
    const rows: Record<string, unknown> = {}
    for (const table of schema.tables.keys()) {
      rows[table] = await session.query({ parts: ['SELECT * FROM ', { name: table }, ' ORDER BY 1'] })
    }
    const record = await session.query({
      parts: ['SELECT app, name, checksum FROM godwit_migrations ORDER BY app, name'],
    })
    const journal = await session.query({ parts: ['SELECT * FROM godwit_journal'] })
    return { tables: [...schema.tables], rows, record, journal }
  } finally {
    await session.close()
  }
}

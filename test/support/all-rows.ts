import { openSession } from './open-session.ts'

/** Every row of every table but Godwit's own, as text: two databases are the same byte for byte where it is. */
export async function allRows(url: string): Promise<string> {
  const session = await openSession(url)
  try {
    const { tables } = await session.inspect()
    const rows: Record<string, unknown> = {}
    for (const table of [...tables.keys()].toSorted()) {
      if (table.startsWith('godwit_')) continue
      rows[table] = await session.query({ parts: ['SELECT * FROM ', { name: table }, ' ORDER BY 1'] })
    }
    return JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value), 1)
  } finally {
    await session.close()
  }
}

import type { Named, Table } from '../../src/schema/schema.ts'
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
    return { tables: [...schema.tables].map(([name, table]) => [name, inOrder(table)] as const), rows, record, journal }
  } finally {
    await session.close()
  }
}

/** Some catalogues list what stands on a table as it was made, and what comes back is made last. */
function inOrder(table: Table): Table {
  return {
    ...table,
    indexes: byName(table.indexes),
    uniques: byName(table.uniques),
    checks: byName(table.checks),
    foreignKeys: byName(table.foreignKeys),
  }
}

function byName<T extends Named>(list: readonly T[]): readonly T[] {
  return list.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { TestDatabase } from '../support/test-database.ts'

/** All that a SQLite file holds, as text: its schema word for word and every row of every table, Godwit's own included. */
export function dumpSqlite(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const read = (query: string): readonly string[] => {
      const statement = database.prepare(query)
      statement.setReadBigInts(true)
      return statement.all().map((row) => JSON.stringify(row, spelled))
    }
    const objects = read('SELECT rowid, * FROM sqlite_schema ORDER BY rowid')
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all()
    return [
      ...objects,
      ...tables.flatMap(({ name }) => [
        `${name}:`,
        ...read(`SELECT rowid AS "rowid of it", * FROM "${name}" ORDER BY rowid`),
      ]),
    ].join('\n')
  } finally {
    database.close()
  }
}

// What tells of each object of the database itself, by its number: one that was made anew has another. Sequences count on when all else is undone.
const catalogue = [
  'SELECT oid, relname, relnamespace, relkind, relfilenode, reloptions, relacl FROM pg_class WHERE oid >= 16384 ORDER BY oid',
  `SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attidentity, pg_get_expr(d.adbin, d.adrelid) AS value
   FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid >= 16384 ORDER BY 1, 2`,
  'SELECT oid, conname, convalidated, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE oid >= 16384 ORDER BY oid',
  'SELECT indexrelid, indisvalid, pg_get_indexdef(indexrelid) AS definition FROM pg_index WHERE indexrelid >= 16384 ORDER BY 1',
  'SELECT oid, proname, prosrc FROM pg_proc WHERE oid >= 16384 ORDER BY oid',
  'SELECT oid, typname, typtype FROM pg_type WHERE oid >= 16384 ORDER BY oid',
  'SELECT nspname FROM pg_namespace WHERE oid >= 16384 ORDER BY oid',
]

/** All that a database of PostgreSQL holds, as text: each object, and each row with the place where it stands and the transaction that wrote it. */
export async function dumpPostgres(database: TestDatabase): Promise<string> {
  const client = await database.connect()
  try {
    const lines: string[] = []
    const read = async (query: string): Promise<void> => {
      lines.push(...(await client.all(query)).map((row) => JSON.stringify(row)))
    }
    // Names in definitions are printed as the search path wants them.
    await client.exec('SET search_path = pg_catalog')
    for (const query of catalogue) await read(query)
    const tables = await client.all(
      "SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid >= 16384 AND c.relkind = 'r' ORDER BY c.oid",
    )
    for (const { name } of tables)
      await read(`SELECT '${name}' AS "table", ctid, xmin, t.* FROM ${name} t ORDER BY ctid`)
    return lines.join('\n')
  } finally {
    await client.close()
  }
}

/**
 * All that a database of MariaDB holds, as text: each object with the moment at which it was made, and each row. Numbers that are given out count on
 * when all else is undone.
 */
export async function dumpMysql(database: TestDatabase): Promise<string> {
  const client = await database.connect()
  try {
    const inHere = 'WHERE table_schema = DATABASE()'
    const tables = await client.all(
      `SELECT table_name AS name, table_type AS kind, create_time AS made FROM information_schema.tables ${inHere} ORDER BY name`,
    )
    const lines = tables.map((table) => JSON.stringify(table))
    for (const { name, kind } of tables) {
      const [shown] = await client.all(`SHOW CREATE TABLE "${name}"`)
      lines.push(JSON.stringify(shown).replace(/ AUTO_INCREMENT=\d+/, ''))
      if (kind !== 'BASE TABLE') continue
      const rows = (await client.all(`SELECT * FROM "${name}"`)).map((row) => JSON.stringify({ table: name, ...row }))
      lines.push(...rows.toSorted())
    }
    const triggers = await client.all('SHOW TRIGGERS')
    return [...lines, ...triggers.map((trigger) => JSON.stringify(trigger))].join('\n')
  } finally {
    await client.close()
  }
}

/** The files of a project and what they hold, but for databases, which are dumped, and what is installed. */
export function dumpFiles(dir: string): Readonly<Record<string, string>> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true })
  const files = entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []))
  const own = files.filter((file) => !file.includes('node_modules') && !/app\.db/.test(file))
  return Object.fromEntries(own.sort().map((file) => [file, readFileSync(file, 'base64')]))
}

/** JSON has neither bytes nor large integers. */
function spelled(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
}

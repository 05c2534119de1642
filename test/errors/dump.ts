import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** All that a SQLite file holds, as text: its schema word for word and every row of every table, Godwit's own included. */
export function dumpDatabase(file: string): string {
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

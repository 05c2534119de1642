import type { Row, Session } from '../../schema/dialect.ts'
import { name, names, type Sql, sql, value, verbatim } from '../../schema/sql.ts'

/** What makes a database again, beside the one that it was read from: statements in their order, the database that was read left out of the names. */
export interface DatabaseText {
  /** Each with the mode that it was made in, where that says how its body is read. */
  readonly before: readonly Definition[]
  /** The tables that hold rows, with the columns that are stored as they are given. */
  readonly filled: readonly { readonly table: string; readonly columns: readonly string[] }[]
  /** What is made when the rows are there: a trigger would work on them. */
  readonly after: readonly Definition[]
}

interface Definition {
  readonly text: string
  readonly mode?: string
}

/** Reads what a database of the server holds, but for the table that is left out. */
export async function readDatabase(server: Session, database: string, leftOut: string): Promise<DatabaseText> {
  const objects = (await server.query(listing(database))).map(readObject).filter(({ name: own }) => own !== leftOut)
  const all = async (kind: string, shown = kind): Promise<readonly Definition[]> => {
    const found: Definition[] = []
    for (const object of objects.filter((one) => one.kind === kind)) {
      found.push(await definitionOf(server, database, shown, object.name))
    }
    return found
  }
  const tables = objects.filter(({ kind }) => kind === 'BASE TABLE').map((object) => object.name)
  const filled: DatabaseText['filled'][number][] = []
  for (const table of tables) {
    const rows = await server.query(sql`SELECT 1 FROM ${within(database, table)} LIMIT 1`)
    const columns = objects.filter(({ kind, owner }) => kind === 'COLUMN' && owner === table)
    if (rows.length > 0) filled.push({ table, columns: columns.map((column) => column.name) })
  }
  return {
    before: [...(await all('SEQUENCE')), ...(await all('BASE TABLE', 'TABLE'))],
    filled,
    after: [...(await all('FUNCTION')), ...(await all('PROCEDURE')), ...(await all('VIEW')), ...(await all('TRIGGER'))],
  }
}

/** Makes it in the database of a session, which is empty; the rows come from where it was read. The session is then of no other use. */
export async function writeDatabase(
  session: Session,
  { before, filled, after }: DatabaseText,
  from: string,
): Promise<void> {
  const setMode = (mode: string): Promise<unknown> => session.query(sql`SET SESSION sql_mode = ${value(mode)}`)
  const make = async (definitions: readonly Definition[]): Promise<void> => {
    for (const { text, mode } of definitions) {
      if (mode !== undefined) await setMode(mode)
      // Not as a script of the user's, behind which all settings are put back.
      await session.query(verbatim(text))
    }
  }
  // Tables that refer to each other can be made in any order, and a key of 0 is no key to be numbered.
  await session.query(sql`SET SESSION foreign_key_checks = 0`)
  await session.query(sql`SET SESSION sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO')`)
  await make(before)
  for (const { table, columns } of filled) {
    await session.query(
      sql`INSERT INTO ${name(table)} (${names(columns)}) SELECT ${names(columns)} FROM ${within(from, table)}`,
    )
  }
  await make(after)
}

interface Listed {
  readonly kind: string
  readonly name: string
  readonly owner: string
}

function readObject(row: Row): Listed {
  return { kind: String(row['kind']), name: String(row['name']), owner: String(row['owner']) }
}

/** What is in a database, in an order in which it can be made; of columns those that are stored as they are given. */
function listing(database: string): Sql {
  const here = value(database)
  return sql`SELECT table_type AS kind, table_name AS name, '' AS owner, 0 AS position FROM information_schema.tables
      WHERE table_schema = ${here}
    UNION ALL SELECT 'COLUMN', column_name, table_name, ordinal_position FROM information_schema.columns
      WHERE table_schema = ${here} AND COALESCE(generation_expression, '') = ''
    UNION ALL SELECT routine_type, routine_name, '', 0 FROM information_schema.routines WHERE routine_schema = ${here}
    UNION ALL SELECT 'TRIGGER', trigger_name, '', action_order FROM information_schema.triggers
      WHERE trigger_schema = ${here}
    ORDER BY kind, position, name`
}

async function definitionOf(server: Session, database: string, kind: string, object: string): Promise<Definition> {
  const [row = {}] = await server.query(sql`${{ parts: [`SHOW CREATE ${kind} `] }}${within(database, object)}`)
  const column = Object.keys(row).find((key) => /^(create |SQL Original Statement)/i.test(key)) ?? ''
  const mode = row['sql_mode']
  return {
    text: String(row[column]).replaceAll(`\`${database}\`.`, ''),
    ...(mode !== undefined && { mode: String(mode) }),
  }
}

function within(database: string, object: string): Sql {
  return sql`${name(database)}.${name(object)}`
}

import type { Client } from './test-database.ts'

/** Puts all that one database holds into another one of the same server, which is empty: tables with their rows, views, triggers and routines. */
export async function copyDatabase(client: Client, from: string, to: string): Promise<void> {
  const objects = await client.all(listing(from))
  const names = (kind: string): readonly string[] =>
    objects.filter((object) => object['kind'] === kind).map((object) => String(object['name']))
  const shown = async (kind: string, name: string): Promise<string> => {
    const [row] = await client.all(`SHOW CREATE ${kind} \`${from}\`.\`${name}\``)
    const key = Object.keys(row ?? {}).find((column) => /^(create |SQL Original Statement)/i.test(column)) ?? ''
    const text = String(row?.[key]).replaceAll(`\`${from}\`.`, `\`${to}\`.`)
    // What has a body is printed in the mode that it was made in.
    const mode = row?.['sql_mode']
    return mode === undefined ? text : `SET sql_mode = '${String(mode)}';\n${text}`
  }
  const made = async (kind: string, found = kind): Promise<readonly string[]> => {
    const statements: string[] = []
    for (const name of names(found)) statements.push(await shown(kind, name))
    return statements
  }
  const statements = [
    ...(await made('SEQUENCE')),
    ...(await made('TABLE', 'BASE TABLE')),
    ...names('BASE TABLE').map((table) => {
      const columns = objects
        .filter((object) => object['kind'] === 'COLUMN' && object['owner'] === table)
        .map((object) => `\`${String(object['name'])}\``)
      return `INSERT INTO \`${table}\` (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM \`${from}\`.\`${table}\``
    }),
    ...(await made('FUNCTION')),
    ...(await made('PROCEDURE')),
    ...(await made('VIEW')),
    ...(await made('TRIGGER')),
  ]
  const before = `USE \`${to}\`; SET foreign_key_checks = 0, unique_checks = 0, sql_mode = 'NO_AUTO_VALUE_ON_ZERO', time_zone = '+00:00'`
  await client.exec([before, ...statements].join(';\n'))
}

/** What is in a database, in an order in which it can be made; of columns those that are stored as they are given. */
function listing(database: string): string {
  const of = (column: string): string => `${column} = '${database}'`
  return `SELECT table_type AS kind, table_name AS name, '' AS owner, 0 AS position FROM information_schema.tables WHERE ${of('table_schema')}
UNION ALL SELECT 'COLUMN', column_name, table_name, ordinal_position FROM information_schema.columns
WHERE ${of('table_schema')} AND coalesce(generation_expression, '') = ''
UNION ALL SELECT routine_type, routine_name, '', 0 FROM information_schema.routines WHERE ${of('routine_schema')}
UNION ALL SELECT 'TRIGGER', trigger_name, '', action_order FROM information_schema.triggers WHERE ${of('trigger_schema')}
ORDER BY kind, position, name`
}

import type { Client } from '../../support/test-database.ts'

/**
 * Makes a table of SQLite's anew with another text in its definition, as tools do that cannot ALTER: `shop_item: varchar(40) => varchar(80)`. Its indexes
 * and triggers are made again as they were.
 */
export async function remakeTable(client: Client, order: string): Promise<void> {
  const [, table = '', from = '', to = ''] = /^(\w+): (.*) =>(?: (.*))?$/.exec(order) ?? []
  const objects = await client.all(
    `SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = '${table}' AND sql IS NOT NULL ORDER BY type <> 'table'`,
  )
  const views = await client.all("SELECT name, sql FROM sqlite_schema WHERE type = 'view'")
  const [own, ...others] = objects.map(({ sql }) => String(sql))
  if (own === undefined || !own.includes(from)) throw new Error(`There is no ${from} in: ${own}`)
  await client.exec('PRAGMA foreign_keys = OFF')
  for (const { name } of views) await client.exec(`DROP VIEW "${name}"`)
  await client.exec(`DROP TABLE "${table}"`)
  for (const sql of [own.replace(from, to), ...others, ...views.map((view) => String(view['sql']))])
    await client.exec(sql)
}

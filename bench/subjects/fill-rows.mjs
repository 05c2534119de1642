// Puts rows into the table of the backfill's project, so that the column to fill is NULL in each, and takes the backfill out of the record.
// Usage: node fill-rows.mjs <url of the database> <number of rows>
const [, , url = '', count = ''] = process.argv
const rows = Number(count)
const unrecord = "DELETE FROM godwit_migrations WHERE name = '0002_backfill'"
const content = "'N' || i, i % 10000"

if (url.startsWith('sqlite:')) {
  const { DatabaseSync } = await import('node:sqlite')
  const database = new DatabaseSync(url.slice('sqlite:'.length))
  database.exec(`DELETE FROM shop_invoice; ${unrecord}`)
  database.exec(`
    INSERT INTO shop_invoice (number, total)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) SELECT ${content} FROM n`)
  database.exec('VACUUM')
  database.close()
} else if (/^(mariadb|mysql):/.test(url)) {
  const { createConnection } = await import('mysql2/promise')
  const connection = await createConnection(url)
  await connection.query('TRUNCATE shop_invoice')
  await connection.query(unrecord)
  // Ten rows times themselves, as often as it takes: of a recursion these servers allow a thousand turns.
  const digits =
    '(SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)'
  const places = Array.from({ length: Math.max(1, Math.ceil(Math.log10(rows))) }, (_, place) => place)
  const number = `1 + ${places.map((place) => `d${place}.d * ${10 ** place}`).join(' + ')}`
  const product = places.map((place) => `${digits} AS d${place}`).join(' CROSS JOIN ')
  await connection.query(
    `INSERT INTO shop_invoice (number, total) SELECT concat('N', i), i % 10000 FROM (SELECT ${number} AS i FROM ${product}) AS n WHERE i <= ${rows} ORDER BY i`,
  )
  await connection.query('ANALYZE TABLE shop_invoice')
  await connection.end()
} else {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`TRUNCATE shop_invoice RESTART IDENTITY; ${unrecord}`)
  await client.query(`INSERT INTO shop_invoice (number, total) SELECT ${content} FROM generate_series(1, ${rows}) AS i`)
  await client.query('VACUUM ANALYZE shop_invoice')
  // What was written is not to be flushed on anybody's time.
  await client.query('CHECKPOINT')
  await client.end()
}

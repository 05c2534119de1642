// A backfill as one writes it by hand with the driver alone, along the primary key, and prints how many milliseconds it took.
// Usage: node backfill-postgres.mjs <url of the database> <rows of a batch>
import pg from 'pg'

const [, , url = '', size = ''] = process.argv

const started = performance.now()
const client = new pg.Client({ connectionString: url })
await client.connect()
let last = '0'
for (;;) {
  const { rows } = await client.query(
    'SELECT max(id) AS id FROM (SELECT id FROM shop_invoice WHERE id > $1 AND status IS NULL ORDER BY id LIMIT $2) AS batch',
    [last, Number(size)],
  )
  const { id } = rows[0]
  if (id === null) break
  await client.query('UPDATE shop_invoice SET status = $1 WHERE id > $2 AND id <= $3 AND status IS NULL', [
    'draft',
    last,
    id,
  ])
  last = id
}
await client.end()
console.log(performance.now() - started)

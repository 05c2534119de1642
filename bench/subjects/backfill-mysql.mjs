// A backfill as one writes it by hand with the driver alone, along the primary key, and prints how many milliseconds it took.
// Usage: node backfill-mysql.mjs <url of the database> <rows of a batch>
import { createConnection } from 'mysql2/promise'

const [, , url = '', size = ''] = process.argv

const started = performance.now()
const connection = await createConnection(url)
let last = 0
for (;;) {
  const [[{ id }]] = await connection.query(
    'SELECT max(id) AS id FROM (SELECT id FROM shop_invoice WHERE id > ? AND status IS NULL ORDER BY id LIMIT ?) AS batch',
    [last, Number(size)],
  )
  if (id === null) break
  await connection.query('UPDATE shop_invoice SET status = ? WHERE id > ? AND id <= ? AND status IS NULL', [
    'draft',
    last,
    id,
  ])
  last = id
}
await connection.end()
console.log(performance.now() - started)

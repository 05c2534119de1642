// A backfill as one writes it by hand with the driver alone, along the primary key, and prints how many milliseconds it took.
// Usage: node backfill-sqlite.mjs <url of the database> <rows of a batch>
import { DatabaseSync } from 'node:sqlite'

const [, , url = '', size = ''] = process.argv

const started = performance.now()
const database = new DatabaseSync(url.slice('sqlite:'.length))
const find = database.prepare(
  'SELECT max(id) AS id FROM (SELECT id FROM shop_invoice WHERE id > ? AND status IS NULL ORDER BY id LIMIT ?)',
)
const fill = database.prepare('UPDATE shop_invoice SET status = ? WHERE id > ? AND id <= ? AND status IS NULL')
let last = 0
for (;;) {
  const { id } = find.get(last, Number(size))
  if (id === null) break
  fill.run('draft', last, id)
  last = id
}
database.close()
console.log(performance.now() - started)

// The bare counterpart of `migrate`: sends statements that were kept, with the driver alone, and prints how many milliseconds that took.
// Usage: node send-mysql.mjs <file with statements> <url of the database> [writes]
// With `writes`, only what changes the database: no reading of the record, no inspection.
import { readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import { createConnection } from 'mysql2/promise'

const [, , input = '', url = '', choice] = process.argv
const kept = deserialize(readFileSync(input))
const statements = choice === 'writes' ? kept.filter((text) => !/^\s*(SELECT|WITH|EXPLAIN|SHOW)/i.test(text)) : kept

const started = performance.now()
const connection = await createConnection(url)
for (const text of statements) await connection.query(text)
await connection.end()
console.log(performance.now() - started)

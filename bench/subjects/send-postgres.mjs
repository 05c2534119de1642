// The bare counterpart of `migrate`: sends queries that were kept, with the driver alone, and prints how many milliseconds that took.
// Usage: node send-postgres.mjs <file with queries> <url of the database> [writes]
// With `writes`, only what changes the database: no reading of the record, no inspection.
import { readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import pg from 'pg'

const [, , input = '', url = '', choice] = process.argv
const kept = deserialize(readFileSync(input))
const queries = choice === 'writes' ? kept.filter(({ text }) => !/^\s*(SELECT|WITH|EXPLAIN|SHOW)/i.test(text)) : kept

const started = performance.now()
const client = new pg.Client({ connectionString: url })
await client.connect()
for (const { text, values } of queries) await client.query({ text, values })
await client.end()
console.log(performance.now() - started)

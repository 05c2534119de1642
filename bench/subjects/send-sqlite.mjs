// The bare counterpart of `migrate`: sends statements that were kept, with the driver alone, and prints how many milliseconds that took.
// Usage: node send-sqlite.mjs <file with statements> <url of the database> [writes]
// With `writes`, only what changes the database: no reading of the record, no inspection, no proof that a rebuild harmed no rows.
import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { deserialize } from 'node:v8'

const [, , input = '', url = '', choice] = process.argv
const kept = deserialize(readFileSync(input))
const reads = /^\s*(SELECT|WITH|EXPLAIN|PRAGMA(?!\s+\w+\s*=))/i
const statements = choice === 'writes' ? kept.filter(({ sql }) => !reads.test(sql)) : kept

const started = performance.now()
const database = new DatabaseSync(url.slice('sqlite:'.length))
for (const { how, sql, parameters } of statements) {
  if (how === 'exec') database.exec(sql)
  else if (how === 'iterate') Array.from(database.prepare(sql).iterate(...parameters))
  else database.prepare(sql)[how](...parameters)
}
database.close()
console.log(performance.now() - started)

// Runs migrate-project.ts and keeps every statement that it sends by the driver, transactions and settings included. What it sends before the clock
// starts, to import everything, is left out.
// Usage: node capture-mysql.ts <dist folder of the package> <project folder> <url of the database> <file to write>
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { serialize } from 'node:v8'

const [, , , , , output = ''] = process.argv
let sent: string[] = []

// The class that `createConnection` makes, which the package does not tell types of.
const { Connection } = createRequire(import.meta.url)('mysql2')
const { query, connect } = Connection.prototype
Connection.prototype.connect = function (...given: unknown[]) {
  sent = []
  return Reflect.apply(connect, this, given)
}
Connection.prototype.query = function (first: string | { readonly sql: string }, ...rest: unknown[]) {
  sent.push(typeof first === 'string' ? first : first.sql)
  return Reflect.apply(query, this, [first, ...rest])
}

await import('./migrate-project.ts')
writeFileSync(output, serialize(sent))

// Runs migrate-project.ts and keeps every query that it sends by the driver, transactions and settings included. What it sends before the clock
// starts, to import everything, is left out.
// Usage: node capture-postgres.ts <dist folder of the package> <project folder> <url of the database> <file to write>
import { writeFileSync } from 'node:fs'
import { serialize } from 'node:v8'
import pg from 'pg'
import type { SentQuery } from './statements.ts'

const [, , , , , output = ''] = process.argv
let sent: SentQuery[] = []

const { query, connect } = pg.Client.prototype
Object.defineProperty(pg.Client.prototype, 'connect', {
  value(this: pg.Client, ...given: unknown[]) {
    sent = []
    return Reflect.apply(connect, this, given)
  },
})
Object.defineProperty(pg.Client.prototype, 'query', {
  value(this: pg.Client, first: string | { text: string; values?: readonly unknown[] }, ...rest: unknown[]) {
    sent.push(
      typeof first === 'string' ? { text: first, values: [] } : { text: first.text, values: [...(first.values ?? [])] },
    )
    return Reflect.apply(query, this, [first, ...rest])
  },
})

await import('./migrate-project.ts')
writeFileSync(output, serialize(sent))

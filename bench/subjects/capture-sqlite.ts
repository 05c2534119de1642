// Runs migrate-project.ts and keeps every call that it makes to the driver over the project's own database, transactions and pragmas included.
// Usage: node capture-sqlite.ts <dist folder of the package> <project folder> <url of the database> <file to write>
import { writeFileSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, StatementSync } from 'node:sqlite'
import { serialize } from 'node:v8'
import type { SentStatement } from './statements.ts'

const [, , , , url = '', output = ''] = process.argv
const database = url.slice('sqlite:'.length)
const sent: SentStatement[] = []
const databaseOf = new WeakMap<StatementSync, DatabaseSync>()

function keep(from: DatabaseSync | undefined, statement: SentStatement): void {
  if (from?.location() === database) sent.push(statement)
}

const { exec, prepare } = DatabaseSync.prototype
DatabaseSync.prototype.exec = function (sql) {
  keep(this, { how: 'exec', sql, parameters: [] })
  exec.call(this, sql)
}
DatabaseSync.prototype.prepare = function (...given) {
  const statement = Reflect.apply(prepare, this, given)
  databaseOf.set(statement, this)
  return statement
}
for (const how of ['run', 'all', 'get', 'iterate'] as const) {
  const original: (...parameters: SQLInputValue[]) => unknown = StatementSync.prototype[how]
  Object.defineProperty(StatementSync.prototype, how, {
    value(this: StatementSync, ...parameters: SQLInputValue[]) {
      keep(databaseOf.get(this), { how, sql: this.sourceSQL, parameters })
      return Reflect.apply(original, this, parameters)
    },
  })
}

await import('./migrate-project.ts')
writeFileSync(output, serialize(sent))

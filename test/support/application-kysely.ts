import { DatabaseSync } from 'node:sqlite'
import { CamelCasePlugin, type Dialect, Kysely, MysqlDialect, PostgresDialect, SqliteDialect } from 'kysely'
import { createPool } from 'mysql2'
import pg from 'pg'
import type { DatabaseUnderTest, TestDatabase } from './test-database.ts'

/** Kysely over a database as an application opens it, with a plugin that gives names another shape. The caller destroys it. */
export function applicationKysely<DB>(on: DatabaseUnderTest, { url }: TestDatabase): Kysely<DB> {
  return new Kysely<DB>({ dialect: dialectOver(on.kind, url), plugins: [new CamelCasePlugin()] })
}

function dialectOver(kind: string, url: string): Dialect {
  switch (kind) {
    case 'sqlite':
      return overFile(url.slice('sqlite:'.length))
    case 'postgres':
      return new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 2 }) })
    default:
      return new MysqlDialect({ pool: createPool({ uri: url.replace(/^mariadb:/, 'mysql:'), connectionLimit: 2 }) })
  }
}

/** `better-sqlite3` has this shape. */
function overFile(file: string): Dialect {
  const connection = new DatabaseSync(file)
  return new SqliteDialect({
    database: {
      close: () => connection.close(),
      prepare(statement: string) {
        const prepared = connection.prepare(statement)
        return {
          reader: prepared.columns().length > 0,
          all: (parameters: readonly unknown[]) => prepared.all(...(parameters as string[])),
          run: (parameters: readonly unknown[]) => prepared.run(...(parameters as string[])),
          iterate: (parameters: readonly unknown[]) => prepared.iterate(...(parameters as string[])),
        }
      },
    },
  })
}

export type { SqliteRowValues } from './column-types.ts'
export { type OpenSqliteOptions, openKyselyDialect, openSqlite } from './connect.ts'
export { sqlite } from './dialect.ts'

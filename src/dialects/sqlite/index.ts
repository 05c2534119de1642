export { type OpenSqliteOptions, openKyselyDialect, openSqlite } from './connect.ts'
export { sqlite } from './dialect.ts'

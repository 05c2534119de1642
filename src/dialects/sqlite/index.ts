export { type OpenSqliteOptions, openKyselyDialect, openSqlite } from './connect.ts'
export { sqlite } from './dialect.ts'
export { openTemplateCopy } from './template.ts'

export { openKyselyDialect, openPglite, openPostgres } from './connect.ts'
export { postgres } from './dialect.ts'
export { openScratchDatabase } from './scratch-database.ts'

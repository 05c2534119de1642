export { openKyselyDialect, openPglite, openPgliteCopy, openPostgres } from './connect.ts'
export { postgres } from './dialect.ts'
export { openScratchDatabase } from './scratch-database.ts'
export { openTemplateCopy } from './template.ts'

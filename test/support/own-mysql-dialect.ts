import { MysqlDialect } from 'kysely'
import { createPool } from 'mysql2'
import { openDatabase } from '../../src/dialects/index.ts'
import type { DatabaseUnderTest } from './test-database.ts'

/** MariaDB or MySQL by a Kysely dialect that an application has made, with `mysql2` as it comes: moments in the zone of the process, JSON parsed. */
export function byOwnDialect(on: DatabaseUnderTest): DatabaseUnderTest {
  const createScratch: DatabaseUnderTest['createScratch'] = async () => {
    const database = await on.createScratch()
    const uri = database.url.replace(/^mariadb:/, 'mysql:')
    return {
      ...database,
      openSession: () => openDatabase({ dialect: new MysqlDialect({ pool: createPool({ uri }) }), kind: on.kind }, '.'),
    }
  }
  return { ...on, name: `${on.name} by a dialect of one's own`, create: createScratch, createScratch }
}

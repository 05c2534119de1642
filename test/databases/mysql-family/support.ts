import type { Session } from '../../../src/schema/dialect.ts'
import { testOnEach } from '../../support/databases.ts'
import { mariadbUnderTest, mysqlUnderTest } from '../../support/mysql-database.ts'

/** MariaDB always, MySQL where there is a server of it. */
const family = [mariadbUnderTest, mysqlUnderTest].filter(({ kind, skip }) => kind === 'mariadb' || skip === false)

/** A test on a database of its own with these tables and rows, once for each product. */
export function testInDatabase(name: string, tables: string, work: (session: Session) => Promise<void>): void {
  testOnEach(
    name,
    async (on) => {
      const database = await on.createScratch()
      const session = await database.openSession()
      try {
        const client = await database.connect()
        try {
          if (tables !== '') await client.exec(tables)
        } finally {
          await client.close()
        }
        await work(session)
      } finally {
        await session.close()
        await database.drop()
      }
    },
    family,
  )
}

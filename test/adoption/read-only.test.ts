import assert from 'node:assert/strict'
import { inspectDatabase, loadProject } from '../../src/api.ts'
import { databases, testOnEach } from '../support/databases.ts'
import { createProject } from '../support/project.ts'

const reader = `godwit_test_reader_${process.pid}`

/** How a server makes a user who may only read, and forgets about it again. */
const users: Readonly<Record<string, (database: string) => readonly [create: string, drop: string]>> = {
  postgres: () => [
    `CREATE ROLE ${reader} LOGIN PASSWORD 'read'; REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${reader};
     ALTER ROLE ${reader} SET default_transaction_read_only = on`,
    `DROP OWNED BY ${reader}; DROP ROLE ${reader}`,
  ],
  mariadb: madeForMysql,
  mysql: madeForMysql,
}

function madeForMysql(database: string): readonly [string, string] {
  return [
    `CREATE USER ${reader} IDENTIFIED BY 'read'; GRANT SELECT ON \`${database}\`.* TO ${reader}`,
    `DROP USER ${reader}`,
  ]
}

testOnEach(
  'a user who may only read gets the models',
  async (on) => {
    const database = await on.create()
    const url = new URL(database.url)
    const [create = '', drop = ''] = users[on.kind]?.(url.pathname.slice(1)) ?? []
    const client = await database.connect()
    try {
      await client.exec('CREATE TABLE note (id integer NOT NULL PRIMARY KEY, content varchar(40), CHECK (id > 0))')
      await client.exec(create)
      url.username = reader
      url.password = 'read'
      const config = `
import { defineConfig } from 'godwit'
export default defineConfig({ apps: ['./shop'], databases: { default: '${url.href}' } })
`
      const { dir } = createProject({ files: { 'godwit.config.ts': config, 'shop/.keep': '' } })
      const { tables, source } = await inspectDatabase({ project: await loadProject({ cwd: dir }) })
      assert.deepEqual(tables, [{ table: 'note', model: 'Note', leftAlone: [] }])
      assert.match(source, /content: f\.char\(\{ maxLength: 40, null: true \}\)/)
      assert.match(source, /check\(\{ name: /)
    } finally {
      await client.exec(drop)
      await client.close()
      await database.drop()
    }
  },
  databases.filter(({ kind }) => kind in users),
)

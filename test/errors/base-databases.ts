import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { mariadbUnderTest, mysqlUnderTest } from '../support/mysql-database.ts'
import { postgresUnderTest } from '../support/postgres-database.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { sqliteDatabase } from '../support/sqlite-database.ts'
import type { DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'
import type { Kind } from './bad-input.ts'
import { config, files, rows } from './base-project.ts'
import { visitor } from './cases/mysql-server.ts'
import { guest } from './cases/server.ts'
import { dumpMysql, dumpPostgres, dumpSqlite } from './dump.ts'

/** The database of the base project, migrated and with rows, of which each case gets a copy of its own. */
export interface BaseDatabase {
  /** As the headings of `sentences.txt` name it. */
  readonly name: string
  readonly kind: Kind
  readonly skip: string | false
  /** Whether a migration that fails takes back what it has changed of the schema. */
  readonly isAtomic: boolean
  /** Makes it, once. */
  prepare(): Promise<void>
  /** Gives a project a copy, and the config that names it. */
  install(project: TestProject): Promise<TestDatabase>
  /** All that a copy holds, as text. */
  dump(database: TestDatabase): Promise<string>
  /** A sentence without what differs from one copy to the next. */
  stable(text: string, database: TestDatabase): string
}

let migratedFile = ''

const sqlite: BaseDatabase = {
  name: 'SQLite',
  kind: 'sqlite',
  skip: false,
  isAtomic: true,
  async prepare() {
    const project = createProject({ files })
    migratedFile = join(project.dir, 'app.db')
    await fill(project, sqliteDatabase(migratedFile))
  },
  async install({ dir }) {
    const file = join(dir, 'app.db')
    copyFileSync(migratedFile, file)
    return sqliteDatabase(file)
  },
  dump: async ({ url }) => dumpSqlite(url.slice('sqlite:'.length)),
  stable: (text) => text,
}

/** Makes the database once, and copies of it. */
function copied(on: DatabaseUnderTest): Pick<BaseDatabase, 'prepare' | 'install'> {
  let template: TestDatabase | undefined
  return {
    async prepare() {
      template = await on.create()
      await fill(createProject({ files: { ...files, 'godwit.config.ts': config(template.url) } }), template)
    },
    async install(project) {
      if (template === undefined) throw new Error('prepare() comes first')
      const copy = await template.copy()
      project.write('godwit.config.ts', config(copy.url))
      return copy
    },
  }
}

const postgres: BaseDatabase = {
  name: 'PostgreSQL',
  kind: 'postgres',
  skip: postgresUnderTest.skip,
  isAtomic: true,
  ...copied(postgresUnderTest),
  dump: dumpPostgres,
  stable(text, { url }) {
    const { username, pathname } = new URL(url)
    return (
      text
        .replaceAll(pathname.slice(1), '<database>')
        .replaceAll(/127\.0\.0\.1:\d{4,}/g, '<server>')
        .replaceAll(`${username}@`, '<user>@')
        .replaceAll(guest, '<guest>')
        // What 18 says more precisely than the versions before it.
        .replaceAll('violates RESTRICT setting of foreign key', 'violates foreign key')
        .replaceAll(' is still referenced from', ' is referenced from')
        .replaceAll(/process \d+/g, 'process <pid>')
        .replaceAll(/\d\d:\d\d:\d\d UTC/g, '<time> UTC')
    )
  },
}

const mariadb: BaseDatabase = {
  name: 'MariaDB',
  kind: 'mariadb',
  skip: mariadbUnderTest.skip,
  isAtomic: false,
  ...copied(mariadbUnderTest),
  dump: dumpMysql,
  stable(text, { url }) {
    const { username, pathname } = new URL(url)
    return text
      .replaceAll(pathname.slice(1), '<database>')
      .replaceAll(/127\.0\.0\.1:\d{4,}/g, '<server>')
      .replaceAll(`${username}@`, '<user>@')
      .replaceAll(visitor, '<visitor>')
      .replaceAll(/connection \d+ of <user>@[\w.:]+/g, 'connection <id> of <user>@<host>')
      .replaceAll(/for \d+ seconds?(?=[. ]*$|\.)/gm, 'for <time>')
  },
}

/** Refuses as MariaDB does, with other words of its own, which no sentence of `sentences.txt` tells. */
const mysql: BaseDatabase = {
  ...mariadb,
  name: 'MySQL',
  kind: 'mysql',
  skip: mysqlUnderTest.skip,
  ...copied(mysqlUnderTest),
}

export const baseDatabases = { sqlite, postgres, mariadb, mysql }

async function fill(project: TestProject, database: TestDatabase): Promise<void> {
  const { code, stderr } = await project.run(['migrate'])
  if (code !== 0) throw new Error(stderr)
  const client = await database.connect()
  await client.exec(rows)
  await client.close()
}

import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { postgresUnderTest } from '../support/postgres-database.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { sqliteDatabase } from '../support/sqlite-database.ts'
import type { TestDatabase } from '../support/test-database.ts'
import { config, files, rows } from './base-project.ts'
import { guest } from './cases/server.ts'
import { dumpPostgres, dumpSqlite } from './dump.ts'

/** The database of the base project, migrated and with rows, of which each case gets a copy of its own. */
export interface BaseDatabase {
  /** As the headings of `sentences.txt` name it. */
  readonly name: string
  readonly kind: 'sqlite' | 'postgres'
  readonly skip: string | false
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

let template: TestDatabase | undefined

const postgres: BaseDatabase = {
  name: 'PostgreSQL',
  kind: 'postgres',
  skip: postgresUnderTest.skip,
  async prepare() {
    template = await postgresUnderTest.create()
    await fill(createProject({ files: { ...files, 'godwit.config.ts': config(template.url) } }), template)
  },
  async install(project) {
    if (template === undefined) throw new Error('prepare() comes first')
    const copy = await template.copy()
    project.write('godwit.config.ts', config(copy.url))
    return copy
  },
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

/** The databases that the sentences are told about. */
export const baseDatabases = { sqlite, postgres }

async function fill(project: TestProject, database: TestDatabase): Promise<void> {
  const { code, stderr } = await project.run(['migrate'])
  if (code !== 0) throw new Error(stderr)
  const client = await database.connect()
  await client.exec(rows)
  await client.close()
}

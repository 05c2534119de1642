import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openSqlite } from '../../src/dialects/sqlite/index.ts'
import { temporaryFolder } from './temporary-folder.ts'
import type { Client, DatabaseUnderTest, TestDatabase } from './test-database.ts'

let folder: string | undefined
let files = 0

/** A version for which plans are made as if by an older server, which rebuilds where a newer one alters. */
type PlanAs = string | undefined

/** SQLite as it comes with Node, or planned for as for an older one. */
export function sqliteUnderTest(planAs?: PlanAs): DatabaseUnderTest {
  return {
    name: planAs === undefined ? 'SQLite' : `SQLite planned for as ${planAs}`,
    kind: 'sqlite',
    skip: false,
    create: async () => sqliteDatabase(newFile(), planAs),
    createScratch: async () => sqliteDatabase(':memory:', planAs),
  }
}

function newFile(): string {
  folder ??= temporaryFolder('sqlite')
  files += 1
  return join(folder, `${files}.db`)
}

/** The database in a file, which need not be there yet, or in memory. */
export function sqliteDatabase(path: string, planAs?: PlanAs): TestDatabase {
  const remove = (): void => {
    for (const suffix of ['', '-journal', '-wal', '-shm', '-godwit']) rmSync(path + suffix, { force: true })
  }
  return {
    url: `sqlite:${path}`,
    openSession: ({ observe } = {}) =>
      openSqlite({
        path,
        ...(planAs === undefined ? {} : { planAs }),
        ...(observe === undefined ? {} : { observe }),
      }),
    connect: async () => connectSqlite(path),
    async empty() {
      if (path !== ':memory:') remove()
    },
    async copy() {
      const file = newFile()
      // A database that nothing was written to is no file yet.
      if (existsSync(path)) copyFileSync(path, file)
      return sqliteDatabase(file, planAs)
    },
    async drop() {
      if (path !== ':memory:') remove()
    },
  }
}

/** A plain connection to a file. */
export function connectSqlite(path: string): Client {
  const database = new DatabaseSync(path)
  return {
    exec: async (text) => database.exec(text),
    all: async (query) =>
      database
        .prepare(query)
        .all()
        .map((row) => ({ ...row })),
    close: async () => database.close(),
  }
}

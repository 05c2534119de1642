import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openSession } from './open-session.ts'
import { temporaryFolder } from './temporary-folder.ts'
import type { DatabaseUnderTest, TestDatabase } from './test-database.ts'

let folder: string | undefined
let folders = 0

/** PostgreSQL in this process. It takes seconds to start, so it is for the few tests that say so, not for every suite. */
export const pgliteUnderTest: DatabaseUnderTest = {
  name: 'PGlite',
  kind: 'postgres',
  skip: false,
  create: async () => pgliteDatabase(newFolder()),
  createScratch: async () => pgliteDatabase(undefined),
}

function newFolder(): string {
  folder ??= temporaryFolder('pglite')
  folders += 1
  return join(folder, String(folders))
}

/** Undefined: in memory, where each session has a database of its own. */
function pgliteDatabase(path: string | undefined): TestDatabase {
  const remove = async (): Promise<void> => {
    if (path !== undefined) rmSync(path, { recursive: true, force: true })
  }
  const url = `pglite:${path ?? ''}`
  return {
    url,
    openSession: (options) => openSession(url, options),
    async connect() {
      // Loaded when it is wanted, as by those who use it.
      const { PGlite } = await import('@electric-sql/pglite')
      const database = await PGlite.create(path === undefined ? {} : { dataDir: path })
      return {
        exec: async (text) => void (await database.exec(text)),
        all: async (query) => (await database.query<Record<string, unknown>>(query)).rows,
        close: () => database.close(),
      }
    },
    empty: remove,
    async copy() {
      const copy = newFolder()
      if (path !== undefined) cpSync(path, copy, { recursive: true })
      return pgliteDatabase(copy)
    },
    drop: remove,
  }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Session } from '../../schema/dialect.ts'
import { sql, value } from '../../schema/sql.ts'
import { loadNodeSqlite } from '../shared/quiet-loading.ts'
import type { Template } from '../shared/template.ts'
import { templateFile } from '../shared/template-file.ts'
import { openSqlite } from './connect.ts'

/** Opens a copy of a template: in memory, or, where this Node can't fill a database in memory, in a file that goes when it is closed. */
export async function openTemplateCopy(template: Template): Promise<Session> {
  const image = await templateFile(template, 'sqlite', async (path) => {
    const session = await openSqlite({ path: ':memory:' })
    try {
      await template.make(session)
      await session.query(sql`VACUUM INTO ${value(path)}`)
    } finally {
      await session.close()
    }
  })
  return 'deserialize' in loadNodeSqlite().DatabaseSync.prototype
    ? openSqlite({ path: ':memory:', image })
    : openInFile(image)
}

/** Node fills a database in memory since 24.18; before, the copy is a file. */
async function openInFile(image: Uint8Array): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'godwit-scratch-'))
  const path = join(folder, 'scratch.sqlite')
  writeFileSync(path, image)
  const session = await openSqlite({ path, label: ':memory:' })
  await session.script('PRAGMA synchronous = OFF')
  const close = async (): Promise<void> => {
    await session.close()
    rmSync(folder, { recursive: true, force: true })
  }
  // A session may be any object with these functions, so it is delegated to and not copied.
  return Object.create(session, { close: { value: close } })
}

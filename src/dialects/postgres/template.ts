import { setTimeout as sleep } from 'node:timers/promises'
import { hasCode } from '../../errors/error.ts'
import { shortHash } from '../../lib/short-hash.ts'
import type { Session } from '../../schema/dialect.ts'
import { name, type Sql, sql, value } from '../../schema/sql.ts'
import type { ConnectOptions } from '../shared/connect-options.ts'
import { pollForLock } from '../shared/poll-for-lock.ts'
import { scratchBeside, withDatabase } from '../shared/scratch-beside.ts'
import { type Template, templateName, templatesOf, templateWait } from '../shared/template.ts'
import { openPostgres } from './connect.ts'
import { databasesOf } from './scratch-database.ts'

/** Makes a database as a copy of a template, beside the one that a URL names, and opens it; closing the session drops it. */
export function openTemplateCopy(
  shared: Template,
  options: ConnectOptions & { readonly url: string },
): Promise<Session> {
  // An advisory lock is one of a database, not of the server: who comes by another database has a template of their own.
  const template = { ...shared, owner: `${shared.owner}_${shortHash(new URL(options.url).pathname)}` }
  const open = (url: string): Promise<Session> => openPostgres({ ...options, url })
  return scratchBeside({
    url: options.url,
    open,
    create: (server, database) => copy(server, database, template, (draft) => open(withDatabase(options.url, draft))),
    drop: (server, database) => alone(server, sql`DROP DATABASE IF EXISTS ${name(database)} WITH (FORCE)`),
    list: databasesOf,
  })
}

/** A statement that can be part of no transaction. */
function alone(server: Session, statement: Sql): Promise<unknown> {
  return server.outsideTransaction(() => server.query(statement))
}

/** How often the template may be gone again before it was copied: another commit's processes make theirs. */
const attempts = 5

async function copy(server: Session, database: string, template: Template, open: Open): Promise<void> {
  const from = templateName(template)
  for (let attempt = 1; ; attempt += 1) {
    await ensure(server, template, open)
    try {
      await alone(server, sql`CREATE DATABASE ${name(database)} TEMPLATE ${name(from)}`)
      return
    } catch (error) {
      if (attempt === attempts) throw error
      const isThere = await exists(server, from)
      // Somebody looks into it, who may be done in a moment.
      if (isThere && !hasCode(error, 'database.objectInUse')) throw error
      if (isThere) await sleep(100 * attempt)
    }
  }
}

type Open = (database: string) => Promise<Session>

async function exists(server: Session, database: string): Promise<boolean> {
  const rows = await server.query(sql`SELECT 1 FROM pg_catalog.pg_database WHERE datname = ${value(database)}`)
  return rows.length > 0
}

/**
 * Makes the template unless it is there. It is made under another name, which it loses only when it is whole; who dies over it leaves a draft, which the
 * next maker drops. Nobody can connect to a template, so that nobody is ever in the way of a copy.
 */
async function ensure(server: Session, template: Template, open: Open): Promise<void> {
  const wanted = templateName(template)
  if (await exists(server, wanted)) return
  const draft = `${wanted}_draft`
  await locked(server, templatesOf(template.owner), async () => {
    if (await exists(server, wanted)) return
    await dropOthers(server, template)
    await alone(server, sql`CREATE DATABASE ${name(draft)}`)
    const session = await open(draft)
    try {
      await template.make(session)
    } finally {
      await session.close()
    }
    await server.query(
      sql`COMMENT ON DATABASE ${name(draft)} IS 'Made by Godwit, for tests: can be dropped at any time'`,
    )
    await renamed(server, draft, wanted)
    await alone(server, sql`ALTER DATABASE ${name(wanted)} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`)
  })
}

/** A connection that was closed may still be seen for a moment. */
async function renamed(server: Session, draft: string, wanted: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await alone(server, sql`ALTER DATABASE ${name(draft)} RENAME TO ${name(wanted)}`)
      return
    } catch (error) {
      if (attempt === attempts || !hasCode(error, 'database.objectInUse')) throw error
      await sleep(50 * attempt)
    }
  }
}

/** What the same owner had before, and drafts of makers that died. One that is being copied stays until the next time. */
async function dropOthers(server: Session, { owner }: Template): Promise<void> {
  for (const old of await databasesOf(server, templatesOf(owner))) {
    try {
      await alone(server, sql`ALTER DATABASE ${name(old)} WITH IS_TEMPLATE false`)
      await alone(server, sql`DROP DATABASE IF EXISTS ${name(old)}`)
    } catch (error) {
      if (!hasCode(error, 'database.objectInUse') && !hasCode(error, 'database.notPermitted')) throw error
    }
  }
}

/** Nobody else makes a template for the same owner meanwhile. The lock dies with the connection. */
async function locked(server: Session, subject: string, work: () => Promise<void>): Promise<void> {
  const key = sql`hashtextextended(${value(subject)}, 0)`
  const tryLock = async (): Promise<boolean> => {
    const [row] = await server.query(sql`SELECT pg_try_advisory_lock(${key}) AS locked`)
    return row?.['locked'] === true
  }
  await pollForLock({ label: server.label, tryLock, holder: async () => undefined }, { timeout: templateWait })
  try {
    await work()
  } finally {
    await server.query(sql`SELECT pg_advisory_unlock(${key})`)
  }
}

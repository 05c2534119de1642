import type { Session } from '../../schema/dialect.ts'
import { name, sql, value } from '../../schema/sql.ts'
import type { ConnectOptions } from '../shared/connect-options.ts'
import { pollForLock } from '../shared/poll-for-lock.ts'
import { scratchBeside, withDatabase } from '../shared/scratch-beside.ts'
import { type Template, templateName, templatesOf, templateWait } from '../shared/template.ts'
import { openUrl } from './connect.ts'
import { type DatabaseText, readDatabase, writeDatabase } from './copy-database.ts'
import { createBeside, databasesOf } from './scratch-database.ts'
import type { Variant } from './variant.ts'

/** The table in a template that says that it is whole: a database can't be renamed when it is done. */
const whole = 'godwit_template_is_whole'

/** What this process knows of templates, which never change. */
const known = new Map<string, Promise<DatabaseText>>()

/**
 * Makes a database as a copy of a template, beside the one that a URL names, and opens it; closing the session drops it. These servers have no copies of
 * databases, so it is made by the statements that the server prints for the template.
 */
export function openCopy(
  variant: Variant,
  template: Template,
  options: ConnectOptions & { readonly url: string },
): Promise<Session> {
  const open = (url: string): Promise<Session> => openUrl(variant, { ...options, url })
  const beside = (database: string): Promise<Session> => open(withDatabase(options.url, database))
  const from = templateName(template)
  return scratchBeside({
    url: options.url,
    open,
    async create(server, database) {
      const once = async (): Promise<void> => {
        const text = await textOf(server, template, beside)
        await createBeside(server, database)
        const session = await beside(database)
        try {
          await writeDatabase(session, text, from)
        } finally {
          await session.close()
        }
      }
      try {
        await once()
      } catch (error) {
        // Processes of another commit make a template of their own, and drop this one.
        if (await isWhole(server, from)) throw error
        await dropDatabase(server, database)
        await once()
      }
    },
    drop: dropDatabase,
    list: databasesOf,
  })
}

function dropDatabase(server: Session, database: string): Promise<unknown> {
  return server.query(sql`DROP DATABASE IF EXISTS ${name(database)}`)
}

type Open = (database: string) => Promise<Session>

/** What the template holds; it is made, and read again, where it is gone. */
async function textOf(server: Session, template: Template, open: Open): Promise<DatabaseText> {
  const from = templateName(template)
  const place = `${server.label} ${from}`
  const before = known.get(place)
  if (before !== undefined && (await isWhole(server, from))) return before
  const text = ensure(server, template, open).then(() => readDatabase(server, from, whole))
  known.set(place, text)
  text.catch(() => known.delete(place))
  return text
}

async function isWhole(server: Session, database: string): Promise<boolean> {
  const rows = await server.query(
    sql`SELECT 1 FROM information_schema.tables WHERE table_schema = ${value(database)} AND table_name = ${value(whole)}`,
  )
  return rows.length > 0
}

/** Makes the template unless it is there and whole. Who dies over it leaves a part, which the next maker drops. */
async function ensure(server: Session, template: Template, open: Open): Promise<void> {
  const wanted = templateName(template)
  if (await isWhole(server, wanted)) return
  await locked(server, templatesOf(template.owner), async () => {
    if (await isWhole(server, wanted)) return
    for (const old of await databasesOf(server, templatesOf(template.owner))) await dropDatabase(server, old)
    await createBeside(server, wanted)
    const session = await open(wanted)
    try {
      await template.make(session)
      await session.query(sql`CREATE TABLE ${name(whole)} (${name('made')} int)`)
    } finally {
      await session.close()
    }
  })
}

/** Nobody else makes a template for the same owner meanwhile. The lock dies with the connection. */
async function locked(server: Session, subject: string, work: () => Promise<void>): Promise<void> {
  const tryLock = async (): Promise<boolean> => {
    const [row] = await server.query(sql`SELECT GET_LOCK(${value(subject)}, 0) AS locked`)
    return Number(row?.['locked']) === 1
  }
  await pollForLock({ label: server.label, tryLock, holder: async () => undefined }, { timeout: templateWait })
  try {
    await work()
  } finally {
    await server.query(sql`SELECT RELEASE_LOCK(${value(subject)})`)
  }
}

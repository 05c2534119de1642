import { randomBytes } from 'node:crypto'
import type { Session } from '../../schema/dialect.ts'

/** How a database comes and goes beside the one that a URL names. */
export interface Beside {
  readonly url: string
  readonly open: (url: string) => Promise<Session>
  /** By a session on the database of the URL. */
  readonly create: (server: Session, database: string) => Promise<unknown>
  readonly drop: (server: Session, database: string) => Promise<unknown>
  /** The databases of the server whose names begin so. */
  readonly list: (server: Session, beginning: string) => Promise<readonly string[]>
}

const beginning = 'godwit_scratch_'

/** So many minutes after it was made, nobody works on a scratch database any more. */
const mostMinutes = 24 * 60

/** Servers that this process has looked through for what processes that were killed have left. */
const swept = new Set<string>()

/** Makes a database of a name of its own on the same server, and opens it; closing the session drops it. */
export async function scratchBeside(beside: Beside): Promise<Session> {
  const { url, open, create, drop } = beside
  const database = `${beginning}${minutesNow().toString(16)}_${randomBytes(6).toString('hex')}`
  const server = await open(url)
  const remove = async (): Promise<void> => {
    try {
      await drop(server, database)
    } finally {
      await server.close()
    }
  }
  try {
    await sweep(server, beside)
    await create(server, database)
    const session = await open(withDatabase(url, database))
    const close = async (): Promise<void> => {
      try {
        await session.close()
      } finally {
        await remove()
      }
    }
    // A session may be any object with these functions, so it is delegated to and not copied.
    return Object.create(session, { close: { value: close } })
  } catch (error) {
    // Why it could not be made says more than why what is left of it could not be dropped.
    await remove().catch(() => undefined)
    throw error
  }
}

/** Drops what processes have left that were killed long ago; once in the life of this one. */
async function sweep(server: Session, { url, list, drop }: Beside): Promise<void> {
  if (swept.has(url)) return
  swept.add(url)
  for (const database of await list(server, beginning)) {
    const made = Number.parseInt(database.slice(beginning.length), 16)
    // What is another user's, or in use, is left alone.
    if (minutesNow() - made > mostMinutes) await drop(server, database).catch(() => undefined)
  }
}

function minutesNow(): number {
  return Math.floor(Date.now() / 60_000)
}

/** The URL of another database of the same server. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

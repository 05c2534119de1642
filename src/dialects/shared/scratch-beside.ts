import { randomBytes } from 'node:crypto'
import type { Session } from '../../schema/dialect.ts'

/** How a database comes and goes beside the one that a URL names. */
export interface Beside {
  readonly url: string
  readonly open: (url: string) => Promise<Session>
  /** By a session on the database of the URL. */
  readonly create: (server: Session, database: string) => Promise<unknown>
  readonly drop: (server: Session, database: string) => Promise<unknown>
}

/** Makes a database of a name of its own on the same server, and opens it; closing the session drops it. */
export async function scratchBeside({ url, open, create, drop }: Beside): Promise<Session> {
  const database = `godwit_scratch_${randomBytes(6).toString('hex')}`
  const server = await open(url)
  const remove = async (): Promise<void> => {
    await drop(server, database)
    await server.close()
  }
  try {
    await create(server, database)
    const session = await open(withDatabase(url, database))
    const close = async (): Promise<void> => {
      await session.close()
      await remove()
    }
    // A session may be any object with these functions, so it is delegated to and not copied.
    return Object.create(session, { close: { value: close } })
  } catch (error) {
    await remove()
    throw error
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseConnection, Dialect as KyselyDialect } from 'kysely'
import { rawQuery } from '../shared/raw-query.ts'
import type { Wire } from './wire.ts'

/** A connection out of a Kysely dialect of the user's own, which need not be a session. */
export interface KyselyWire extends Wire {
  readonly aside: NonNullable<Wire['aside']>
}

/** Takes one connection out of a Kysely dialect, and keeps it. Throws what its driver throws. */
export async function kyselyWire(dialect: KyselyDialect): Promise<KyselyWire> {
  const driver = dialect.createDriver()
  try {
    await driver.init()
    const connection = await driver.acquireConnection()
    return {
      send: sendBy(connection),
      async aside(timeout, body) {
        const ended = new AbortController()
        const used = driver.acquireConnection().then(async (second) => {
          try {
            // A pool of one has no second connection until the first is given back, when nobody asks for this any more.
            ended.signal.throwIfAborted()
            return await body(sendBy(second))
          } finally {
            await driver.releaseConnection(second)
          }
        })
        const late = sleep(timeout, undefined, { ref: false }).then((): never => {
          ended.abort(new Error('The dialect has no second connection to give.'))
          throw ended.signal.reason
        })
        return Promise.race([used, late])
      },
      async close() {
        await driver.releaseConnection(connection)
        await driver.destroy()
      },
    }
  } catch (error) {
    await driver.destroy().catch(() => {})
    throw error
  }
}

function sendBy(connection: DatabaseConnection): Wire['send'] {
  return (text, parameters) => connection.executeQuery(rawQuery(text, parameters))
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseConnection, Driver, Dialect as KyselyDialect } from 'kysely'
import { rawQuery } from './raw-query.ts'
import type { Wire } from './wire.ts'

/** A connection out of a Kysely dialect of the user's own, which need not be a session. */
export interface KyselyWire extends Wire {
  readonly aside: NonNullable<Wire['aside']>
}

/** How long a second connection is waited for, in milliseconds: a pool of one never has it. */
const secondWait = 1000

/** Takes one connection out of a Kysely dialect, and keeps it. Throws what its driver throws. */
export async function kyselyWire(dialect: KyselyDialect): Promise<KyselyWire> {
  const driver = dialect.createDriver()
  try {
    await driver.init()
    const connection = await driver.acquireConnection()
    return {
      send: sendBy(connection),
      async aside(timeout, body) {
        const second = await secondOf(driver)
        const used = body(sendBy(second)).finally(() => driver.releaseConnection(second))
        const late = sleep(timeout, undefined, { ref: false }).then((): never => {
          throw new Error('The second connection of the dialect gives no answer.')
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

async function secondOf(driver: Driver): Promise<DatabaseConnection> {
  const acquired = driver.acquireConnection()
  const second = await Promise.race([acquired, sleep(secondWait, undefined, { ref: false })])
  if (second !== undefined) return second
  // It comes when the first is given back, and nobody wants it any more.
  acquired.then((late) => driver.releaseConnection(late)).catch(() => {})
  throw new Error('The dialect has no second connection to give.')
}

function sendBy(connection: DatabaseConnection): Wire['send'] {
  return (text, parameters) => connection.executeQuery(rawQuery(text, parameters))
}

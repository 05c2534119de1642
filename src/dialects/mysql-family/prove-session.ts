import { fail } from '../../errors/error.ts'
import type { KyselyWire } from '../shared/kysely-connection.ts'
import { probeSharing } from '../shared/probe-sharing.ts'
import type { Wire } from '../shared/wire.ts'
import type { Mysql2Wire } from './mysql2-connection.ts'
import type { Variant } from './variant.ts'

/**
 * Refuses a connection that a proxy shares out. Connected directly, the thread that the server named at first is the one that serves; where it is
 * another, something stands between, and it is looked whether that lends one and the same thread to two clients.
 */
export async function provePinned(wire: Mysql2Wire, label: string): Promise<void> {
  const id = await threadOf(wire.send)
  if (id !== wire.threadId) await probeSharing({ wire, askId: threadOf, id, label })
}

/** Refuses a dialect whose connection forgets, from one statement to the next, what was set and that a transaction is open, or garbles texts. */
export async function proveSession(wire: KyselyWire, { product }: Variant, label: string): Promise<void> {
  const works = async (problem: string, body: () => Promise<boolean>): Promise<void> => {
    const refuse = (message: string, cause?: unknown): never =>
      fail('database.notASession', { database: label, product, problem: `${problem}${message}` }, { cause })
    let holds: boolean
    try {
      holds = await body()
    } catch (error) {
      return refuse(` (${error instanceof Error ? error.message : String(error)})`, error)
    }
    if (!holds) refuse('')
  }
  const send = (text: string): ReturnType<Wire['send']> => wire.send(text, [])
  const id = await threadOf(wire.send)
  if ((await threadOf(wire.send)) !== id) fail('database.transactionPooler', { database: label })
  await works('a variable set by one statement is not there for the next', async () => {
    await send('SET @godwit_session = 1')
    return Number(answerIn(await send('SELECT @godwit_session AS answer'))) === 1
  })
  await works('it keeps no transaction open', async () => {
    await send('START TRANSACTION')
    await send('SAVEPOINT godwit_session')
    await send('RELEASE SAVEPOINT godwit_session')
    await send('ROLLBACK')
    return true
  })
  await works(
    'it does not send texts as UTF-8',
    async () => String(answerIn(await send("SELECT HEX('é€') AS answer"))) === 'C3A9E282AC',
  )
  await probeSharing({ wire, askId: threadOf, id, label })
}

async function threadOf(send: Wire['send']): Promise<number> {
  return Number(answerIn(await send('SELECT CONNECTION_ID() AS answer', [])))
}

function answerIn({ rows }: Awaited<ReturnType<Wire['send']>>): unknown {
  return Reflect.get(Object(rows[0]), 'answer')
}

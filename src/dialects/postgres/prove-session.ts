import { fail } from '../../errors/error.ts'
import type { KyselyWire } from '../shared/kysely-connection.ts'
import { probeSharing } from '../shared/probe-sharing.ts'
import type { Wire } from '../shared/wire.ts'
import type { PgWire } from './pg-connection.ts'

/**
 * Refuses a connection that a transaction pooler shares out. Connected directly, the process that the server named at first is the one that serves;
 * where it is another, something stands between, and it is looked whether that lends one and the same process to two clients.
 */
export async function provePinned(wire: PgWire, label: string): Promise<void> {
  const pid = await pidOf(wire.send)
  if (pid === wire.processId) return
  try {
    await wire.send('BEGIN', [])
    await wire.send('ROLLBACK', [])
  } catch (error) {
    // A pooler that lends a process for one statement has no transactions at all.
    fail('database.transactionPooler', { database: label }, { cause: error })
  }
  await probeSharing({ wire, askId: pidOf, id: pid, label })
}

/** Refuses a dialect whose connection forgets, from one statement to the next, what was set, what was made and that a transaction is open. */
export async function proveSession(wire: KyselyWire, label: string): Promise<void> {
  const works = async (problem: string, body: () => Promise<void>): Promise<void> => {
    try {
      await body()
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      fail(
        'database.notASession',
        { database: label, product: 'PostgreSQL', problem: `${problem} (${message})` },
        { cause: error },
      )
    }
  }
  const send = (text: string): ReturnType<Wire['send']> => wire.send(text, [])
  const pid = await pidOf(wire.send)
  if ((await pidOf(wire.send)) !== pid) fail('database.transactionPooler', { database: label })
  await works('a temporary table made by one statement is not there for the next', async () => {
    await send('CREATE TEMP TABLE godwit_session (probe int)')
    await send('SELECT * FROM pg_temp.godwit_session')
    await send('DROP TABLE pg_temp.godwit_session')
  })
  await works('it keeps no transaction open', async () => {
    await send('BEGIN')
    await send('SAVEPOINT godwit_session')
    await send('ROLLBACK')
  })
  await probeSharing({ wire, askId: pidOf, id: pid, label })
}

async function pidOf(send: Wire['send']): Promise<number> {
  const { rows } = await send('SELECT pg_catalog.pg_backend_pid() AS pid', [])
  return Number(Reflect.get(Object(rows[0]), 'pid'))
}

import { setTimeout as sleep } from 'node:timers/promises'
import { fail } from '../../errors/error.ts'
import type { KyselyWire } from './kysely-connection.ts'
import type { PgWire } from './pg-connection.ts'
import type { Wire } from './wire.ts'

/** How long an answer that needs no work may take, and the whole probe, in milliseconds. */
const patience = { answer: 2000, probe: 5000 }

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
  await probeSharing(wire, pid, label)
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
  await probeSharing(wire, pid, label)
}

/**
 * A pooler gives whoever begins a transaction a process that nobody has a transaction in. So a second client in a transaction is served by the process
 * that served this one last, or this one is served by another meanwhile. A session keeps its own, whoever comes.
 */
async function probeSharing(wire: PgWire | KyselyWire, pid: number, label: string): Promise<void> {
  let isShared = false
  const probe = wire.aside(patience.probe, async (send) => {
    await send('BEGIN', [])
    const other = await pidOf(send)
    // With nothing left to share, this client waits for the other one.
    const mine = await Promise.race([pidOf(wire.send), sleep(patience.answer)])
    isShared = other === pid || mine !== pid
    await send('ROLLBACK', [])
  })
  // Where there is no second connection to be had, this one is not shared with it.
  await probe.catch(() => {})
  if (isShared) fail('database.transactionPooler', { database: label })
}

async function pidOf(send: Wire['send']): Promise<number> {
  const { rows } = await send('SELECT pg_catalog.pg_backend_pid() AS pid', [])
  return Number(Reflect.get(Object(rows[0]), 'pid'))
}

import { setTimeout as sleep } from 'node:timers/promises'
import { fail } from '../../errors/error.ts'
import type { Wire } from './wire.ts'

/** How long an answer that needs no work may take, and the whole probe, in milliseconds. */
const patience = { answer: 2000, probe: 5000 }

/** A connection, and how the server's side of it is told from others. */
export interface Probed {
  readonly wire: Wire & { readonly aside: NonNullable<Wire['aside']> }
  /** Asks for the number of the process or thread that serves. */
  readonly askId: (send: Wire['send']) => Promise<number>
  /** The number that served last. */
  readonly id: number
  readonly label: string
}

/**
 * A pooler gives whoever begins a transaction a process that nobody has a transaction in. So a second client in a transaction is served by the process
 * that served this one last, or this one is served by another meanwhile. A session keeps its own, whoever comes.
 */
export async function probeSharing({ wire, askId, id, label }: Probed): Promise<void> {
  let isShared = false
  const probe = wire.aside(patience.probe, async (send) => {
    await send('START TRANSACTION', [])
    const other = await askId(send)
    // With nothing left to share, this client waits for the other one.
    const mine = await Promise.race([askId(wire.send), sleep(patience.answer)])
    isShared = other === id || mine !== id
    await send('ROLLBACK', [])
  })
  // Where there is no second connection to be had, this one is not shared with it.
  await probe.catch(() => {})
  if (isShared) fail('database.transactionPooler', { database: label })
}

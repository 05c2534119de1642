import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import { fail } from '../../errors/error.ts'
import type { Observer } from '../shared/observed.ts'
import { unsendable } from '../shared/unsendable.ts'
import type { Patience, Wire } from '../shared/wire.ts'
import { findHolder } from './blockers.ts'
import { databaseError, isConnectionLost } from './database-error.ts'
import { errorNumberOf } from './server-error.ts'
import { spooled } from './spool.ts'
import { commitsItself, transactionControl } from './transaction-control.ts'

/** The one connection of a session: statements go one after the other, and a failure is a sentence. */
export interface LiveConnection extends DatabaseConnection {
  readonly inTransaction: () => boolean
  /** Runs a body in which no statement may end the transaction that is open; what would is refused, and what did is said to have. */
  readonly guarded: <T>(body: () => Promise<T>) => Promise<T>
  /** Whether a statement is under way. */
  readonly isBusy: () => boolean
  /** Has the statement under way stopped, if there is one. */
  readonly cancel: () => Promise<void>
}

export interface LiveOptions {
  readonly label: string
  /** The thread that serves the connection. */
  readonly id: number
  /** The table that lists the threads of the server. */
  readonly threads: string
  readonly patience: Patience
  readonly observe: Observer | undefined
  /** Asks the server to stop the statement under way. */
  readonly stop: () => Promise<void>
  /** The server stops by itself what takes too long. */
  readonly keepsTime: boolean
}

/** Puts a driver's connection in order: values checked, statements in line, everything observed, errors wrapped once. */
export function liveConnection(wire: Wire, options: LiveOptions): LiveConnection {
  const { label, observe, patience } = options
  let line: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let begun = false
  let isGuarded = false
  let stopped: 'cancelled' | 'timeout' | undefined
  let stopping: Promise<void> | undefined
  let makeWay: (() => void) | undefined

  /** What a driver without a status knows of the transaction is what the statements say. */
  const inTransaction = (): boolean =>
    begun && (wire.transactionStatus === undefined || wire.transactionStatus() !== 'none')

  const stop = (reason: NonNullable<typeof stopped>): Promise<void> => {
    stopped = reason
    stopping = options.stop()
    return stopping
  }

  /** Waits for a statement, and has it stopped when its time is up. What is to stop it has done so, or missed it, before another one is sent. */
  const inTime = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const limit = options.keepsTime ? undefined : patience.statement
    const timer = limit === undefined ? undefined : setTimeout(() => void stop('timeout').catch(() => {}), limit)
    try {
      return await work()
    } finally {
      clearTimeout(timer)
      await stopping?.catch(() => {})
      stopping = undefined
    }
  }

  /** Refuses what would do harm to a transaction that is to stay whole. */
  const guard = (text: string): void => {
    // The server has taken it back with an error that was caught since: what comes now would be committed by itself.
    if (!inTransaction()) fail('database.transactionFailed', { database: label, statement: text })
    if (commitsItself(text)) fail('database.implicitCommit', { database: label, statement: text, sent: false })
  }

  const around = async <Result>(text: string, work: () => Promise<Result>): Promise<Result> => {
    if (isGuarded) guard(text)
    observe?.('before', text)
    const started = performance.now()
    try {
      const result = await inTime(work)
      await settle(text)
      observe?.('after', text)
      return result
    } catch (error) {
      if (isConnectionLost(error) || errorNumberOf(error) === deadlock || transactionControl(text) === 'ends')
        begun = false
      else if (begun && mayHaveEndedIt(error)) begun = await isStillOpen(wire.send)
      throw await explained(error, text, performance.now() - started)
    } finally {
      stopped = undefined
    }
  }

  /** What the statement that is through has made of the transaction. */
  const settle = async (text: string): Promise<void> => {
    const control = transactionControl(text)
    if (control !== undefined) begun = control === 'begins'
    else if (wire.transactionStatus !== undefined) {
      const isOpen = wire.transactionStatus() !== 'none'
      if (isGuarded && !isOpen) fail('database.implicitCommit', { database: label, statement: text, sent: true })
      begun = isOpen
    } else if (isGuarded && mayCall(text) && !(await isStillOpen(wire.send))) {
      begun = false
      fail('database.implicitCommit', { database: label, statement: text, sent: true })
    }
  }

  const explained = async (error: unknown, statement: string, elapsed: number): Promise<Error> => {
    const reason = stopped
    const holder = errorNumberOf(error) === lockTimeout ? await findHolder(wire, statement, options) : undefined
    return databaseError(error, { database: label, statement, stopped: reason, holder, patience, elapsed })
  }

  /** Drivers mix up statements that are sent while another one is under way. */
  const inLine = <Result>(work: () => Promise<Result>): Promise<Result> => {
    waiting += 1
    makeWay?.()
    const result = line.then(work).finally(() => {
      waiting -= 1
    })
    line = result.catch(() => {})
    return result
  }

  const checked = (query: CompiledQuery): CompiledQuery => {
    for (const [index, content] of query.parameters.entries()) {
      const problem = unsendable(content)
      if (problem === undefined) continue
      fail('database.valueNotBound', { database: label, statement: query.sql, position: index + 1, problem })
    }
    return query
  }

  const execute = <Result>(query: CompiledQuery): Promise<QueryResult<Result>> => {
    const { sql, parameters } = checked(query)
    // What rows hold is what Kysely's types say.
    return inLine(() => around(sql, () => wire.send(sql, parameters))) as Promise<QueryResult<Result>>
  }

  return {
    executeQuery: async (query) => execute(query),
    async *streamQuery<Result>(query: CompiledQuery, chunkSize = 1000) {
      const { stream } = wire
      if (stream === undefined) return yield await execute<Result>(query)
      const { sql, parameters } = checked(query)
      const spool = spooled<Result>(chunkSize)
      const filled = inLine(() => {
        // Whoever comes next need not wait for the reader of these rows, who may be waiting for whoever comes next.
        makeWay = spool.hurry
        if (waiting > 1) spool.hurry()
        return around(sql, () => spool.fill(stream(sql, parameters))).finally(() => {
          makeWay = undefined
        })
      })
      yield* spool.chunks(filled)
    },
    inTransaction,
    async guarded(body) {
      isGuarded = true
      try {
        return await body()
      } finally {
        isGuarded = false
      }
    },
    isBusy: () => waiting > 0,
    cancel: async () => {
      if (waiting > 0) await stop('cancelled')
    },
  }
}

const deadlock = 1213
const lockTimeout = 1205

/** Whether an error is one after which the transaction may be over: the server may be set to take it back as a whole, or a procedure has ended it. */
function mayHaveEndedIt(error: unknown): boolean {
  return errorNumberOf(error) !== undefined
}

/** What may run code that commits. */
function mayCall(statement: string): boolean {
  return !/^\s*(select|insert|update|delete|replace|with|savepoint|release|rollback|show|values|table|do)\b/i.test(
    statement,
  )
}

/** Outside of a transaction a savepoint is gone as soon as it is made. */
async function isStillOpen(send: Wire['send']): Promise<boolean> {
  try {
    await send('SAVEPOINT godwit_open', [])
    await send('RELEASE SAVEPOINT godwit_open', [])
    return true
  } catch {
    return false
  }
}

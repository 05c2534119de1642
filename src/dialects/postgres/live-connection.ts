import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import { fail } from '../../errors/error.ts'
import type { Observer } from '../shared/observed.ts'
import { unsendable } from '../shared/unsendable.ts'
import type { Patience, Wire } from '../shared/wire.ts'
import { findHolder } from './blockers.ts'
import { codeOf, databaseError, isConnectionLost } from './database-error.ts'
import { streamed } from './stream.ts'
import { transactionControl } from './transaction-control.ts'

/** The one connection of a session: statements go one after the other, and a failure is a sentence. */
export interface LiveConnection extends DatabaseConnection {
  readonly inTransaction: () => boolean
  /** Whether the open transaction can only be rolled back; undefined where the driver cannot tell. */
  readonly hasFailed: () => boolean | undefined
  /** Whether a statement is under way. */
  readonly isBusy: () => boolean
  /** Marks the statement under way as one that Godwit stops. */
  readonly expectCancel: () => void
}

export interface LiveOptions {
  readonly label: string
  /** The process that serves the connection. */
  readonly pid: number
  readonly patience: Patience
  readonly observe: Observer | undefined
}

/** Puts a driver's connection in order: values checked, statements in line, everything observed, errors wrapped once. */
export function liveConnection(wire: Wire, options: LiveOptions): LiveConnection {
  const { label, observe } = options
  let line: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let cancelling = false
  let begun = false

  const send = async (text: string, parameters: readonly unknown[]): Promise<QueryResult<unknown>> => {
    observe?.('before', text)
    const started = performance.now()
    try {
      const result = await wire.send(text, parameters)
      const control = transactionControl(text)
      if (control !== undefined) begun = control === 'begins'
      observe?.('after', text)
      return result
    } catch (error) {
      if (isConnectionLost(error) || transactionControl(text) === 'ends') begun = false
      throw await explained(error, text, performance.now() - started)
    } finally {
      cancelling = false
    }
  }

  const explained = async (error: unknown, statement: string, elapsed: number): Promise<Error> => {
    const { patience, pid } = options
    const cancelled = cancelling
    const holder = codeOf(error) === '55P03' ? await findHolder(wire, statement, pid) : undefined
    return databaseError(error, { database: label, statement, cancelled, holder, patience, elapsed })
  }

  /** Drivers warn of, or mix up, statements that are sent while another one is under way. */
  const inLine = <Result>(work: () => Promise<Result>): Promise<Result> => {
    waiting += 1
    const result = line.then(work).finally(() => {
      waiting -= 1
    })
    line = result.catch(() => {})
    return result
  }

  const execute = <Result>(query: CompiledQuery): Promise<QueryResult<Result>> => {
    for (const [index, content] of query.parameters.entries()) {
      const problem = unsendable(content)
      if (problem === undefined) continue
      fail('database.valueNotBound', { database: label, statement: query.sql, position: index + 1, problem })
    }
    // What rows hold is what Kysely's types say.
    return inLine(() => send(query.sql, query.parameters)) as Promise<QueryResult<Result>>
  }

  const inTransaction = (): boolean =>
    wire.transactionStatus === undefined ? begun : wire.transactionStatus() !== 'none'
  return {
    executeQuery: async (query) => execute(query),
    streamQuery: (query, chunkSize) => streamed(execute, query, { chunkSize, inTransaction: inTransaction() }),
    inTransaction,
    hasFailed: () => (wire.transactionStatus === undefined ? undefined : wire.transactionStatus() === 'failed'),
    isBusy: () => waiting > 0,
    expectCancel: () => {
      cancelling = true
    },
  }
}

import type { KyselyPlugin } from 'kysely'
import { fail, GodwitError } from '../errors/error.ts'
import type { CodeStep } from '../operations/operation.ts'
import { historicalModels } from '../query/historical-models.ts'
import type { BatchProgress } from './batch-progress.ts'
import type { ExecutionContext } from './execute-unit.ts'
import type { CodeUnit } from './unit.ts'

/**
 * Runs a user's code over the migration's own connection. A step that goes to the database by a connection of the application's would wait for the
 * very transaction that it runs in, so a step that sends nothing for too long is given up, and being locked out is explained. Code that waits for something else when it is
 * asked to stop is not waited for: whatever it sends later is refused.
 */
export async function runCodeStep(
  step: CodeStep,
  context: ExecutionContext,
  { state, models: declared }: Pick<CodeUnit, 'state' | 'models'>,
): Promise<void> {
  const { session, migration, codeTimeout, signal } = context
  signal?.throwIfAborted()
  const watch = watchForSilence(codeTimeout, () => session.isBusy())
  const listening: KyselyPlugin = {
    transformQuery: ({ node }) => {
      watch.heard()
      return node
    },
    transformResult: async ({ result }) => {
      watch.heard()
      return result
    },
  }
  const stop = watchForStop(signal)
  const db = session.kysely.withPlugin(listening)
  // Inside a transaction that the code begins by `db`, the models take part in it.
  const alongside = session.kyselyAlongside.withPlugin(listening)
  try {
    const log = (message: string): void => {
      watch.heard()
      context.log(message)
    }
    const meter = progressMeter(performance.now())
    const progress = (done: number, total?: number): void => {
      watch.heard()
      context.onBatch(meter(done, total, performance.now()))
    }
    const models = historicalModels({ state, dialect: session.dialect, db: alongside, models: declared, migration })
    const work = Promise.resolve(step({ models, db, log, progress })).then(() => 'done' as const)
    const outcome = await Promise.race([work, watch.silence, stop.asked])
    if (outcome === 'silent') fail('execution.codeStepHangs', { migration, seconds: Math.round(codeTimeout / 1000) })
  } catch (error) {
    if (isLockedOut(error)) fail('execution.codeStepLockedOut', { migration, reason: error.message }, { cause: error })
    throw error
  } finally {
    watch.end()
    stop.end()
  }
}

/** What there is to say of a step that counts its work by itself. */
function progressMeter(begun: number): (done: number, total: number | undefined, now: number) => BatchProgress {
  return (done, total, now) => {
    if (total === undefined) return { rows: done }
    const left = Math.max(total - done, 0)
    return { rows: done, total, ...(done > 0 && { remainingMs: Math.round(((now - begun) / done) * left) }) }
  }
}

/**
 * A promise that settles when nothing was heard for the given time, in milliseconds, and no statement is under way: one may take as long as it
 * needs. A query that waits for a transaction to end which waits for the query is none.
 */
function watchForSilence(timeout: number, isBusy: () => boolean) {
  const { promise, resolve } = Promise.withResolvers<'silent'>()
  const start = (): NodeJS.Timeout => setTimeout(elapsed, timeout)
  const elapsed = (): void => {
    if (isBusy()) timer = start()
    else resolve('silent')
  }
  let timer = start()
  return {
    silence: promise,
    heard: () => {
      clearTimeout(timer)
      timer = start()
    },
    end: () => clearTimeout(timer),
  }
}

/** A promise that rejects with the reason of a request to stop, for as long as anybody wants to know. */
function watchForStop(signal: AbortSignal | undefined) {
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(signal?.reason)
  signal?.addEventListener('abort', stop)
  return { asked: promise, end: () => signal?.removeEventListener('abort', stop) }
}

/** Errors of other connections, which Godwit has not wrapped: its own say what is wrong already. */
function isLockedOut(error: unknown): error is Error {
  return (
    error instanceof Error &&
    !(error instanceof GodwitError) &&
    /database (table )?is locked|SQLITE_BUSY|lock timeout/i.test(error.message)
  )
}

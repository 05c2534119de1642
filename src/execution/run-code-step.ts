import { fail, GodwitError } from '../errors/error.ts'
import type { CodeStep } from '../operations/operation.ts'
import type { ExecutionContext } from './execute-unit.ts'

/**
 * Runs a user's code over the migration's own connection. A step that goes to the database by a connection of the application's would wait for the
 * very transaction that it runs in, so a step that sends nothing for too long is given up, and being locked out is explained.
 */
export async function runCodeStep(step: CodeStep, context: ExecutionContext): Promise<void> {
  const { session, migration, codeTimeout } = context
  const watch = watchForSilence(codeTimeout)
  const db = session.kysely.withPlugin({
    transformQuery: ({ node }) => {
      watch.heard()
      return node
    },
    transformResult: async ({ result }) => {
      watch.heard()
      return result
    },
  })
  try {
    const log = (message: string): void => {
      watch.heard()
      context.log(message)
    }
    const outcome = await Promise.race([Promise.resolve(step({ db, log })).then(() => 'done' as const), watch.silence])
    if (outcome === 'silent') fail('execution.codeStepHangs', { migration, seconds: Math.round(codeTimeout / 1000) })
  } catch (error) {
    if (isLockedOut(error)) fail('execution.codeStepLockedOut', { migration, reason: error.message }, { cause: error })
    throw error
  } finally {
    watch.end()
  }
}

/** A promise that settles when nothing was heard for the given time, in milliseconds. */
function watchForSilence(timeout: number) {
  const { promise, resolve } = Promise.withResolvers<'silent'>()
  let timer: NodeJS.Timeout = setTimeout(resolve, timeout, 'silent')
  return {
    silence: promise,
    heard: () => {
      clearTimeout(timer)
      timer = setTimeout(resolve, timeout, 'silent')
    },
    end: () => clearTimeout(timer),
  }
}

/** Errors of other connections, which Godwit has not wrapped: its own say what is wrong already. */
function isLockedOut(error: unknown): error is Error {
  return (
    error instanceof Error &&
    !(error instanceof GodwitError) &&
    /database (table )?is locked|SQLITE_BUSY|lock timeout/i.test(error.message)
  )
}

import type { KyselyPlugin } from 'kysely'
import type { Session } from '../schema/dialect.ts'

/**
 * The same session, which sends nothing of a plan any more once the signal is aborted, and asks the server to stop what is under way. What throws
 * inside a transaction rolls it back.
 */
export function interruptible(session: Session, signal: AbortSignal): Session {
  const stoppable = stoppingOnce(signal, session)
  // A session may be any object with these functions, so it is delegated to and not copied.
  return Object.create(session, {
    kysely: { get: () => session.kysely.withPlugin(refusingOnce(signal)) },
    kyselyAlongside: { get: () => session.kyselyAlongside.withPlugin(refusingOnce(signal)) },
    query: {
      value: (...args: Parameters<Session['query']>) =>
        stoppable(() => onceAlive(signal, () => session.query(...args))),
    },
    script: {
      value: (...args: Parameters<Session['script']>) =>
        stoppable(() => onceAlive(signal, () => session.script(...args))),
    },
    transaction: {
      value: (...args: Parameters<Session['transaction']>) => stoppable(() => session.transaction(...args)),
    },
    outsideTransaction: {
      value: (...args: Parameters<Session['outsideTransaction']>) =>
        stoppable(() => session.outsideTransaction(...args)),
    },
    lock: { value: (options: Parameters<Session['lock']>[0]) => session.lock({ ...options, signal }) },
  })
}

/** Listens to the signal while at least one piece of work goes on, and no longer: a signal may live longer than many sessions. */
function stoppingOnce(signal: AbortSignal, session: Session) {
  let works = 0
  const stop = (): void => {
    // That the server cannot be asked does no harm: nothing more is sent, and the statement ends by itself.
    session.cancel().catch(() => undefined)
  }
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (works === 0) signal.addEventListener('abort', stop)
    works += 1
    try {
      return await work()
    } finally {
      works -= 1
      if (works === 0) signal.removeEventListener('abort', stop)
    }
  }
}

function refusingOnce(signal: AbortSignal): KyselyPlugin {
  return {
    transformQuery: ({ node }) => {
      signal.throwIfAborted()
      return node
    },
    transformResult: async ({ result }) => result,
  }
}

/** Lets a Ctrl-C that came during the last statement be heard first: a driver that works synchronously never yields by itself. */
async function onceAlive<Result>(signal: AbortSignal, send: () => Promise<Result>): Promise<Result> {
  await new Promise(setImmediate)
  signal.throwIfAborted()
  return send()
}

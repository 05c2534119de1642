import type { KyselyPlugin } from 'kysely'
import type { Session } from '../schema/dialect.ts'

/** The same session, which sends nothing of a plan any more once the signal is aborted. What throws inside a transaction rolls it back. */
export function interruptible(session: Session, signal: AbortSignal): Session {
  // A session may be any object with these functions, so it is delegated to and not copied.
  return Object.create(session, {
    kysely: { get: () => session.kysely.withPlugin(refusingOnce(signal)) },
    query: { value: (sql: Parameters<Session['query']>[0]) => onceAlive(signal, () => session.query(sql)) },
    script: { value: (text: string) => onceAlive(signal, () => session.script(text)) },
  })
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

import { GodwitError } from '../errors/error.ts'

/** How long a command has to undo what is under way, in milliseconds. Being stopped harder is safe as well: the next run completes. */
const grace = 5000

/** What Ctrl-C does while a command runs. */
export interface Interrupt {
  /** Aborted by the first Ctrl-C: send nothing more, roll back. */
  readonly signal: AbortSignal
  /** Rejects when the command has not ended in time, or at the second Ctrl-C. Never resolves. */
  readonly givenUp: Promise<never>
  stopListening(): void
}

/** Turns the first Ctrl-C into a request to roll back, and the second into the end. */
export function listenForInterrupt(stderr: NodeJS.WritableStream): Interrupt {
  const controller = new AbortController()
  const { promise: givenUp, reject } = Promise.withResolvers<never>()
  // Nobody may be waiting for it yet.
  givenUp.catch(() => undefined)
  let timer: NodeJS.Timeout | undefined
  const onInterrupt = (): void => {
    const atOnce = new GodwitError('cli.interrupted', { atOnce: true })
    if (controller.signal.aborted) {
      reject(atOnce)
      return
    }
    stderr.write(
      '\nInterrupted: undoing what is under way. (A backfill finishes its batch first.) Press Ctrl-C again to stop at once.\n',
    )
    controller.abort(new GodwitError('cli.interrupted', {}))
    timer = setTimeout(reject, grace, atOnce)
  }
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onInterrupt)
  return {
    signal: controller.signal,
    givenUp,
    stopListening: () => {
      clearTimeout(timer)
      process.off('SIGINT', onInterrupt)
      process.off('SIGTERM', onInterrupt)
    },
  }
}

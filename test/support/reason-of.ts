import { GodwitError } from '../../src/errors/error.ts'

/** Whether a run has stopped half-way, as one does where the server commits DDL by itself. */
export function isHalfWay(error: unknown): error is GodwitError {
  return error instanceof GodwitError && error.code === 'execution.stoppedHalfWay'
}

/** Why a run failed: of one that has stopped half-way, what stopped it. */
export function reasonOf(error: unknown): unknown {
  return isHalfWay(error) ? error.cause : error
}

/** Rejects with the reason alone, so that a test can name one reason for all databases. */
export async function becauseOf<T>(run: Promise<T>): Promise<T> {
  return run.catch((error: unknown) => {
    throw reasonOf(error)
  })
}

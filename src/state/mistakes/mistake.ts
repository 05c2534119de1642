import { type ErrorCode, type ErrorDetails, GodwitError } from '../../errors/error.ts'
import type { ProjectState } from '../project-state.ts'

/** One way in which models can be wrong: says so for each model, so that all mistakes can be told at once. */
export type Rule = (state: ProjectState) => Iterable<GodwitError>

/** A mistake to be collected, where throwing would hide the others. */
export function mistake<Code extends ErrorCode>(code: Code, details: ErrorDetails<Code>): GodwitError {
  return new GodwitError(code, details)
}

/** Throws the mistakes: a single one as itself, several as one failure that lists them. */
export function refuse(mistakes: readonly GodwitError[]): void {
  const [first, ...others] = mistakes
  if (first === undefined) return
  if (others.length === 0) throw first
  throw new GodwitError('models.several', { mistakes: mistakes.map((each) => `${each.message} ${each.fix}`) })
}

import { catalogue } from './catalogue.ts'
import type { Sentence } from './sentence.ts'

type Catalogue = typeof catalogue

/** The dotted code of a failure, such as `models.duplicateColumn`: stable, for programs. */
export type ErrorCode = keyof Catalogue

/** The typed facts that go with a code. */
export type ErrorDetails<Code extends ErrorCode> = Parameters<Catalogue[Code]>[0]

/**
 * A request that cannot be met, said in one sentence with what to do next. Never a bug of Godwit: those are plain errors.
 *
 * The English lives in the catalogue alone; programs read `code` and `details`.
 */
export class GodwitError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'GodwitError'
  readonly code: Code
  readonly details: ErrorDetails<Code>
  readonly why: string | undefined
  readonly fix: string

  constructor(code: Code, details: ErrorDetails<Code>, options?: ErrorOptions) {
    const sentence = (catalogue[code] as (details: ErrorDetails<Code>) => Sentence)(details)
    super(sentence.summary, options)
    this.code = code
    this.details = details
    this.why = sentence.why
    this.fix = sentence.fix
  }
}

/** Whether something that was thrown is the failure with this code. */
export function hasCode<Code extends ErrorCode>(error: unknown, code: Code): error is GodwitError<Code> {
  return error instanceof GodwitError && error.code === code
}

/** Throws the failure with this code. */
export function fail<Code extends ErrorCode>(code: Code, details: ErrorDetails<Code>, options?: ErrorOptions): never {
  throw new GodwitError(code, details, options)
}

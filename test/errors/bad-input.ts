import type { ErrorCode } from '../../src/errors/error.ts'

/** One thing that a person gets wrong in the base project, and the failure that tells them so. */
export interface BadInput {
  /** A fact, in words: the heading of its sentence in `sentences.txt`. */
  readonly name: string
  /** Files of the base project that differ; undefined: the file is not there. */
  readonly files?: Readonly<Record<string, string | undefined>>
  /** A command that is run first, and succeeds. */
  readonly first?: readonly string[]
  /** SQL that is run on `app.db`, behind Godwit's back. */
  readonly sql?: string
  /** Anything else that is to be so in the project's folder. What it returns is called when the command has ended. */
  readonly arrange?: (dir: string) => (() => void) | undefined
  /** The command line, without `godwit`. */
  readonly run: readonly string[]
  readonly code: ErrorCode
  /** What of the user's own the sentence names. Absent where they named nothing. */
  readonly names?: string
  /** What must never be repeated. */
  readonly hides?: string
}

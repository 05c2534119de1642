import type { ErrorCode } from '../../src/errors/error.ts'
import type { TestDatabase } from '../support/test-database.ts'

/** One thing that a person gets wrong in the base project, and the failure that tells them so. */
export interface BadInput {
  /** A fact, in words: the heading of its sentence in `sentences.txt`. */
  readonly name: string
  /** The only kinds of database where it can go wrong like this, in suites that run on several. */
  readonly on?: readonly Kind[]
  /** Where the server commits each change of the schema by itself, the first steps of the migration stay, and it is said to have stopped half-way. */
  readonly staysInPart?: true
  /** Files of the base project that differ; undefined: the file is not there. */
  readonly files?: Readonly<Record<string, string | undefined>>
  /** A command that is run first, and succeeds. */
  readonly first?: readonly string[]
  /** SQL that is run on the database, behind Godwit's back. */
  readonly sql?: string
  /** Anything else that is to be so. What it returns is called when the command has ended. */
  readonly arrange?: (place: Place) => Release | Promise<Release>
  /** The command line, without `godwit`. */
  readonly run: readonly string[]
  readonly code: ErrorCode
  /** What of the user's own the sentence names. Absent where they named nothing. */
  readonly names?: string
  /** What must never be repeated. */
  readonly hides?: string
}

/** The kinds of database that the sentences are told about. */
export type Kind = 'sqlite' | 'postgres' | 'mariadb' | 'mysql'

/** Where a case is arranged. */
export interface Place {
  /** The project's folder. */
  readonly dir: string
  readonly database: TestDatabase
  /** Writes a config that names another database. */
  configure(url: string): void
}

type Release = (() => void | Promise<void>) | undefined

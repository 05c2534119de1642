import { splitMigrationKey } from '../history/migration.ts'
import type { MissingMigration } from '../history/missing.ts'
import { defined } from '../lib/defined.ts'
import { describe } from '../operations/definitions.ts'

/** A migration that a database has recorded and whose file is not here: it stands on another branch, or was deleted. */
export interface ShownMissing {
  readonly app: string
  readonly name: string
  /** ISO text. */
  readonly appliedAt: string
  /** What it did, as the record remembers it; absent where a newer Godwit wrote the record. */
  readonly operations?: readonly { readonly description: string }[]
}

/** A missing migration as commands answer it. */
export function showMissing({ key, appliedAt, migration }: MissingMigration): ShownMissing {
  const [app, name] = splitMigrationKey(key)
  const operations = migration?.definition.operations.map((operation) => ({ description: describe(operation) }))
  return { app, name, appliedAt, ...defined({ operations }) }
}

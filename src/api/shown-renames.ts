import type { MigrationKey } from '../history/migration.ts'

/** A migration that the record has under another name than the files: `app.name`. */
export interface ShownRename {
  readonly from: string
  readonly to: string
}

export function shownRenames(renames: ReadonlyMap<MigrationKey, MigrationKey>): readonly ShownRename[] {
  return [...renames].map(([from, to]) => ({ from, to }))
}

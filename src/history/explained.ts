import type { AppliedKeys } from './consistency.ts'
import type { MigrationKey } from './migration.ts'
import type { Recorded } from './recorder.ts'

/**
 * Rows without a file that stand for nothing of their own, as the record remembers what its squashes replaced: what a recorded squash stood for, whose
 * files a finished squash has done away with; and a squash of a newer commit whose originals are here.
 */
export function explainedBySquashes(
  onFile: AppliedKeys,
  recorded: ReadonlyMap<MigrationKey, Pick<Recorded, 'replaces'>>,
): ReadonlySet<MigrationKey> {
  const squashes = [...recorded].filter(([, { replaces }]) => replaces.length > 0)
  const replaced = new Set(squashes.flatMap(([, { replaces }]) => replaces))
  const here = new Map<MigrationKey, boolean>()
  return new Set([...replaced, ...squashes.map(([key]) => key).filter(isHere)])

  /** Whether everything that a squash replaces is here, itself or as what it replaces in turn. */
  function isHere(key: MigrationKey): boolean {
    const known = here.get(key)
    if (known !== undefined) return known
    // Until it is known no: a record whose squashes go round in circles explains nothing.
    here.set(key, false)
    const replaces = recorded.get(key)?.replaces ?? []
    const found = onFile.has(key) || (replaces.length > 0 && replaces.every(isHere))
    here.set(key, found)
    return found
  }
}

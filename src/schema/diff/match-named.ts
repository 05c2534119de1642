import type { Named } from '../schema.ts'
import type { Match } from './renames.ts'

/** The outcome of matching the indexes (or keys, or checks) of one table before and after. */
export interface NamedMatch<T> {
  readonly added: readonly T[]
  readonly removed: readonly T[]
  /** The same thing before and after, whatever its name. */
  readonly persisted: readonly { readonly before: T; readonly after: T }[]
  /** The same thing under a name that was given and is another. */
  readonly renamed: readonly { readonly before: T; readonly after: T }[]
}

/**
 * Matches named objects by what they are, never by a name that Godwit made up: an equal definition is the same object, and only a *given* name
 * that differs makes it a rename; by lineage also one that is given up, which somebody else may be given next. Among equal definitions the one of the
 * same name is taken first.
 */
export function matchNamed<T extends Named>(
  before: readonly T[],
  after: readonly T[],
  same: (before: T, after: T) => boolean,
  match: Match = 'name',
): NamedMatch<T> {
  const left = new Set(before)
  const givesUpName = ({ generatedName }: T): boolean => match === 'lineage' && generatedName !== true
  const added: T[] = []
  const renamed: { before: T; after: T }[] = []
  const persisted: { before: T; after: T }[] = []
  const unmatched: T[] = []
  const claim = (wanted: T, byName: boolean): T | undefined => {
    for (const candidate of left) {
      if (byName && candidate.name !== wanted.name) continue
      if (same(candidate, wanted)) {
        left.delete(candidate)
        return candidate
      }
    }
    return undefined
  }
  for (const wanted of after) {
    const found = claim(wanted, true)
    if (found === undefined) unmatched.push(wanted)
    else persisted.push({ before: found, after: wanted })
  }
  for (const wanted of unmatched) {
    const found = claim(wanted, false)
    if (found === undefined) added.push(wanted)
    else {
      persisted.push({ before: found, after: wanted })
      if (wanted.generatedName !== true || givesUpName(found)) renamed.push({ before: found, after: wanted })
    }
  }
  return { added, removed: [...left], persisted, renamed }
}

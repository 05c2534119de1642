import type { Named } from '../schema.ts'

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
 * that differs makes it a rename. Among equal definitions the one of the same name is taken first.
 */
export function matchNamed<T extends Named>(
  before: readonly T[],
  after: readonly T[],
  same: (before: T, after: T) => boolean,
): NamedMatch<T> {
  const left = new Set(before)
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
    const match = claim(wanted, true)
    if (match === undefined) unmatched.push(wanted)
    else persisted.push({ before: match, after: wanted })
  }
  for (const wanted of unmatched) {
    const match = claim(wanted, false)
    if (match === undefined) added.push(wanted)
    else {
      persisted.push({ before: match, after: wanted })
      if (wanted.generatedName !== true) renamed.push({ before: match, after: wanted })
    }
  }
  return { added, removed: [...left], persisted, renamed }
}

import { canonicalJson } from '../lib/canonical-json.ts'

/** Two declarations that are one: the old, and what it is to become. */
export interface Matched<T> {
  readonly before: T
  readonly after: T
}

/** What becomes of the indexes, or of the constraints, of a model. */
export interface DeclarationChanges<T> {
  readonly removed: readonly T[]
  readonly added: readonly T[]
  /** The same content under another name; a name may appear or disappear. */
  readonly renamed: readonly Matched<T>[]
  /** The same given name with another content. */
  readonly changed: readonly Matched<T>[]
  readonly kept: readonly Matched<T>[]
}

/**
 * Matches declarations: first those that are equal, then by given name, then by content. Linear in their number. Whether the rows of a check have been
 * looked at takes no part: that is a matter of operations, which no model speaks of.
 */
export function matchDeclarations<T extends { readonly name?: string; readonly notValid?: true }>(
  before: readonly T[],
  after: readonly T[],
): DeclarationChanges<T> {
  const equal = pairUp(before, after, (declaration) => canonicalJson({ ...declaration, notValid: undefined }))
  const byName = pairUp(equal.before, equal.after, ({ name }) => name)
  const byContent = pairUp(byName.before, byName.after, (declaration) =>
    canonicalJson({ ...declaration, name: undefined, notValid: undefined }),
  )
  return {
    removed: byContent.before,
    added: byContent.after,
    renamed: byContent.pairs,
    changed: byName.pairs,
    kept: equal.pairs,
  }
}

/** Pairs by equal keys, each element once; elements without a key stay unpaired. */
function pairUp<T>(before: readonly T[], after: readonly T[], keyOf: (element: T) => string | undefined) {
  const waiting = new Map<string, T[]>()
  for (const element of before) {
    const key = keyOf(element)
    if (key !== undefined) waiting.set(key, [...(waiting.get(key) ?? []), element])
  }
  const pairs: Matched<T>[] = []
  const unpaired: T[] = []
  for (const element of after) {
    const key = keyOf(element)
    const match = key === undefined ? undefined : waiting.get(key)?.shift()
    if (match === undefined) unpaired.push(element)
    else pairs.push({ before: match, after: element })
  }
  const paired = new Set(pairs.map((pair) => pair.before))
  return { pairs, before: before.filter((element) => !paired.has(element)), after: unpaired }
}

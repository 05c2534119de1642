/** What was added, removed and kept between two lists whose elements are told apart by a key. Each list keeps its own order. */
export function diffBy<T>(
  before: Iterable<T>,
  after: Iterable<T>,
  keyOf: (element: T) => string,
): {
  readonly added: readonly T[]
  readonly removed: readonly T[]
  readonly persisted: readonly { readonly before: T; readonly after: T }[]
} {
  const old = new Map([...before].map((element) => [keyOf(element), element]))
  const added: T[] = []
  const persisted: { before: T; after: T }[] = []
  for (const element of after) {
    const key = keyOf(element)
    const match = old.get(key)
    if (match === undefined) added.push(element)
    else {
      persisted.push({ before: match, after: element })
      old.delete(key)
    }
  }
  return { added, removed: [...old.values()], persisted }
}

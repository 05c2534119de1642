/** One name that becomes another. */
export interface Rename {
  readonly from: string
  readonly to: string
}

/**
 * Renames that are meant to happen at once, in an order in which they can be made one after the other: who has the name that another is to get goes
 * first. In a circle, one goes over a name of its own.
 */
export function inFreeOrder(renames: readonly Rename[]): readonly Rename[] {
  const waiting = new Map(renames.map((rename) => [rename.from, rename]))
  const ordered: Rename[] = []
  for (const rename of renames) {
    const chain: Rename[] = []
    for (let next: Rename | undefined = waiting.get(rename.from); next !== undefined; next = waiting.get(next.to)) {
      waiting.delete(next.from)
      chain.push(next)
    }
    const [first, last] = [chain[0], chain.at(-1)]
    if (first === undefined || last === undefined) continue
    if (last.to !== first.from || chain.length === 1) {
      ordered.push(...chain.toReversed())
      continue
    }
    const aside = `godwit_swap_${ordered.length}`
    ordered.push({ from: last.from, to: aside })
    ordered.push(...chain.slice(0, -1).toReversed(), { from: aside, to: last.to })
  }
  return ordered
}

/** Renames one after the other as such that happen at once: each thing from the name that it had at first. */
export function atOnce(renames: readonly Rename[]): readonly Rename[] {
  const firstNames = new Map<string, string>()
  for (const { from, to } of renames) {
    const first = firstNames.get(from) ?? from
    firstNames.delete(from)
    firstNames.set(to, first)
  }
  return [...firstNames].map(([to, from]) => ({ from, to }))
}

/** What each thing was called before renames, by its name after them. */
export function namesBefore(renames: readonly Rename[]): (name: string) => string {
  const before = new Map(atOnce(renames).map(({ from, to }) => [to, from]))
  return (name) => before.get(name) ?? name
}

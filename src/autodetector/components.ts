/**
 * The groups of nodes that can reach each other (strongly connected components; R. Tarjan, 1972), each group after those that it points at, and
 * otherwise in the order given. A node in no cycle is a group by itself. Linear in nodes and edges.
 */
export function components<T>(nodes: readonly T[], targetsOf: (node: T) => Iterable<T>): readonly (readonly T[])[] {
  const place = new Map(nodes.map((node, index) => [node, index]))
  const entered = new Map<T, number>()
  const lowest = new Map<T, number>()
  const open: T[] = []
  const isOpen = new Set<T>()
  const groups: (readonly T[])[] = []

  const lower = (node: T, to: number): void => {
    lowest.set(node, Math.min(lowest.get(node) ?? to, to))
  }
  const close = (node: T): void => {
    if (lowest.get(node) !== entered.get(node)) return
    const group = open.splice(open.lastIndexOf(node))
    for (const member of group) isOpen.delete(member)
    groups.push(group.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0)))
  }
  const walk = (root: T): void => {
    const path: { node: T; targets: Iterator<T> }[] = []
    const enter = (node: T): void => {
      entered.set(node, entered.size)
      lower(node, entered.size - 1)
      open.push(node)
      isOpen.add(node)
      path.push({ node, targets: targetsOf(node)[Symbol.iterator]() })
    }
    enter(root)
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.targets.next()
      if (next.done === true) {
        close(top.node)
        path.pop()
        const parent = path.at(-1)
        if (parent !== undefined) lower(parent.node, lowest.get(top.node) ?? 0)
      } else if (place.has(next.value)) {
        const seen = entered.get(next.value)
        if (seen === undefined) enter(next.value)
        else if (isOpen.has(next.value)) lower(top.node, seen)
      }
    }
  }
  for (const node of nodes) if (!entered.has(node)) walk(node)
  return groups
}

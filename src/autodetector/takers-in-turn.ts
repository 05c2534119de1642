/**
 * Members of a circle in which each takes what another one owns, in the order in which they can, once the first has stepped aside: who takes what the
 * first had, who takes what that one had, and the first itself at last. A member by itself is just that.
 */
export function takersInTurn<T>(circle: readonly T[], ownerOfWanted: (member: T) => readonly T[]): readonly T[] {
  const [first] = circle
  if (first === undefined) return []
  const takers = new Map(circle.flatMap((member) => ownerOfWanted(member).map((owner) => [owner, member])))
  const order: T[] = []
  for (let next = takers.get(first); next !== undefined && next !== first; next = takers.get(next)) order.push(next)
  return [...order, first]
}

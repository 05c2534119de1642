/**
 * The elements so that each comes after those it depends on, otherwise in the order given. Members of a cycle keep their order: who cannot bear
 * that must look for cycles first. Linear in elements and dependencies.
 */
export function topologicalOrder<T>(
  elements: readonly T[],
  keyOf: (element: T) => string,
  dependenciesOf: (element: T) => Iterable<string>,
): readonly T[] {
  const byKey = new Map(elements.map((element) => [keyOf(element), element]))
  const state = new Map<string, 'open' | 'done'>()
  const ordered: T[] = []
  for (const root of elements) {
    const stack: { key: string; element: T; pending: Iterator<string> }[] = []
    const enter = (key: string): void => {
      const element = byKey.get(key)
      if (element === undefined || state.has(key)) return
      state.set(key, 'open')
      stack.push({ key, element, pending: dependenciesOf(element)[Symbol.iterator]() })
    }
    enter(keyOf(root))
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.pending.next()
      if (next.done !== true) {
        enter(next.value)
        continue
      }
      state.set(top.key, 'done')
      ordered.push(top.element)
      stack.pop()
    }
  }
  return ordered
}

/**
 * Equality of plain data by content. An absent key equals an undefined one; the order of keys does not matter, that of elements does. Zero has no sign,
 * as in JSON.
 */
export function structuralEqual(a: unknown, b: unknown): boolean {
  if (a === b || Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((element, index) => structuralEqual(element, b[index]))
    )
  }
  const left = definedEntries(a)
  const right = new Map(definedEntries(b))
  return (
    left.length === right.size && left.every(([key, value]) => right.has(key) && structuralEqual(value, right.get(key)))
  )
}

function definedEntries(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, content]) => content !== undefined)
}

/** JSON with the keys of every object sorted and undefined ones left out, so that equal data gives equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, content: unknown) => {
    if (typeof content !== 'object' || content === null || Array.isArray(content)) return content
    return Object.fromEntries(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
  })
}

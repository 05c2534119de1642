/** What a value is, for a sentence: `an array`, `nothing`. Never its content, which may hold a password. */
export function inWords(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (value === '') return 'an empty text'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'string') return 'a text'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** Whether a value is an object by keys, and not an array or a function. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

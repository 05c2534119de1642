/** Whether something was written as an object, and is no value of a field such as a `Date`. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Whether an object is a literal as migrations keep it: `{ $bigint: '9007199254740993' }`. */
export function isTagged(value: object): boolean {
  const [key, another] = Object.keys(value)
  return another === undefined && (key === '$bigint' || key === '$bytes' || key === '$json')
}

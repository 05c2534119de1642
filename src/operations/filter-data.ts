import { lookupNames } from '../query/filter-types.ts'

const lookups: ReadonlySet<string> = new Set(lookupNames)

/** Whether a filter asks for something at the other end of a relation. */
export function namesRelation(filter: object): boolean {
  return Object.entries(filter).some(([name, condition]: readonly [string, unknown]) => {
    if (Array.isArray(condition)) return name === 'or' || name === 'and' ? condition.some(namesRelation) : false
    if (!isPlain(condition)) return false
    return name === 'not' ? namesRelation(condition) : Object.keys(condition).some((key) => !lookups.has(key))
  })
}

/** A filter as JSON can hold it: dates as ISO text, what JSON has no word for with a tag. */
export function filterToData(filter: unknown): unknown {
  if (typeof filter === 'bigint') return { $bigint: filter.toString() }
  if (filter instanceof Date) return { $date: filter.toISOString() }
  if (filter instanceof Uint8Array) return { $bytes: Buffer.from(filter).toString('hex') }
  if (Array.isArray(filter)) return filter.map(filterToData)
  if (!isPlain(filter)) return filter
  return Object.fromEntries(Object.entries(filter).map(([name, content]) => [name, filterToData(content)]))
}

/** The filter that `filterToData` made data of. */
export function filterFromData(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(filterFromData)
  if (!isPlain(data)) return data
  const [[tag, content] = [], another] = Object.entries(data)
  if (another === undefined && typeof content === 'string') {
    if (tag === '$bigint') return BigInt(content)
    if (tag === '$date') return new Date(content)
    if (tag === '$bytes') return Buffer.from(content, 'hex')
  }
  return Object.fromEntries(Object.entries(data).map(([name, inner]) => [name, filterFromData(inner)]))
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof Uint8Array)
}

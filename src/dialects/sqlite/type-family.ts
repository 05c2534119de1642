/** What a column holds, as far as its storage class goes. */
export type TypeFamily =
  | 'integer'
  | 'boolean'
  | 'decimal'
  | 'real'
  | 'text'
  | 'date'
  | 'time'
  | 'datetime'
  | 'json'
  | 'blob'

const families: Readonly<Record<string, TypeFamily>> = {
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  timestamp: 'datetime',
  json_text: 'json',
}

/** The family of a type's name: one of Godwit's own, or by the affinity that SQLite reads out of it. */
export function typeFamily(type: string): TypeFamily {
  const known = families[type.replace(/\(.*/, '').trim()]
  if (known !== undefined) return known
  if (/int/i.test(type)) return 'integer'
  if (/char|clob|text/i.test(type)) return 'text'
  if (/blob/i.test(type) || type === '') return 'blob'
  return /real|floa|doub/i.test(type) ? 'real' : 'decimal'
}

/** The length of `varchar(20)` or `char(36)`; undefined where there is none. */
export function lengthOf(type: string): number | undefined {
  const match = /^(?:var)?char\((\d+)\)$/i.exec(type)
  return match === null ? undefined : Number(match[1])
}

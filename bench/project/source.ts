/** A piece of TypeScript source: a literal, an array or object of pieces, or one of the two below. */
export type Source =
  | string
  | number
  | boolean
  | readonly Source[]
  | Call
  | Verbatim
  | { readonly [name: string]: Source | undefined }

/** A function call: `f.char({ maxLength: 20 })`. */
export interface Call {
  readonly call: string
  readonly arguments: readonly (Source | undefined)[]
}

/** Source that stands for itself: `() => accounts.User`. */
export interface Verbatim {
  readonly verbatim: string
}

/** A call as a piece of source; trailing arguments that are undefined are left out. */
export function call(name: string, ...given: readonly (Source | undefined)[]): Call {
  return { call: name, arguments: given.filter((argument) => argument !== undefined) }
}

/** The text of a piece of source, on one line. */
export function print(source: Source): string {
  if (typeof source === 'string') return `'${source.replace(/[\\']/g, '\\$&')}'`
  if (typeof source !== 'object') return String(source)
  if (isArray(source)) return `[${source.map(print).join(', ')}]`
  if (isVerbatim(source)) return source.verbatim
  if (isCall(source)) return `${source.call}(${source.arguments.map((argument) => print(argument ?? {})).join(', ')})`
  const entries = Object.entries(source).filter((entry): entry is [string, Source] => entry[1] !== undefined)
  return entries.length === 0 ? '{}' : `{ ${entries.map(([name, value]) => `${name}: ${print(value)}`).join(', ')} }`
}

function isArray(source: Source): source is readonly Source[] {
  return Array.isArray(source)
}

function isVerbatim(source: object): source is Verbatim {
  return 'verbatim' in source
}

function isCall(source: object): source is Call {
  return 'call' in source && 'arguments' in source
}

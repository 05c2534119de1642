/** A type's name as the catalogue prints it, taken apart: `decimal(12,2) unsigned`, `enum('a','b')`. */
export interface TypeName {
  /** Without its numbers, its values and its attributes: `decimal`. */
  readonly base: string
  /** The numbers in its parentheses. */
  readonly modifiers: readonly number[]
  readonly unsigned: boolean
  /** What an `enum` or a `set` is made of. */
  readonly values: readonly string[]
}

/** Takes a type's name apart. */
export function parseTypeName(type: string): TypeName {
  const [, base = type, inside = '', attributes = ''] = /^([^\s(]+)(?:\((.*)\))?([^)]*)$/s.exec(type) ?? []
  const isList = base === 'enum' || base === 'set'
  return {
    base,
    modifiers: isList || inside === '' ? [] : inside.split(',').map(Number),
    unsigned: attributes.includes('unsigned'),
    values: isList ? [...inside.matchAll(/'((?:[^'\\]|''|\\.)*)'/gs)].map(([, text = '']) => valueFrom(text)) : [],
  }
}

/** The catalogue doubles a quote, and writes a backslash before what would be hard to read. */
function valueFrom(literal: string): string {
  return literal.replaceAll(/''|\\(.)/gs, (_, escaped?: string) =>
    escaped === undefined ? "'" : (escapes[escaped] ?? escaped),
  )
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', '0': '\0', Z: '\x1a' }

/** What a type holds, as far as its values can become those of another. */
export type TypeFamily =
  | 'whole'
  | 'boolean'
  | 'decimal'
  | 'double'
  | 'text'
  | 'uuid'
  | 'date'
  | 'time'
  | 'datetime'
  | 'json'
  | 'bytes'
  | 'enum'
  | 'other'

const families: Readonly<Record<string, TypeFamily>> = {
  tinyint: 'whole',
  smallint: 'whole',
  mediumint: 'whole',
  int: 'whole',
  bigint: 'whole',
  decimal: 'decimal',
  float: 'double',
  double: 'double',
  char: 'text',
  varchar: 'text',
  tinytext: 'text',
  text: 'text',
  mediumtext: 'text',
  longtext: 'text',
  uuid: 'uuid',
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  timestamp: 'datetime',
  json: 'json',
  binary: 'bytes',
  varbinary: 'bytes',
  tinyblob: 'bytes',
  blob: 'bytes',
  mediumblob: 'bytes',
  longblob: 'bytes',
  enum: 'enum',
}

/** The family of a type; `other` for sets, bits, shapes and whatever is not known here. */
export function typeFamily({ base, modifiers }: TypeName): TypeFamily {
  return base === 'tinyint' && modifiers[0] === 1 ? 'boolean' : (families[base] ?? 'other')
}

/** How many characters a text type holds; undefined where only its bytes are counted. */
export function charactersOf({ base, modifiers }: TypeName): number | undefined {
  return base === 'char' || base === 'varchar' ? (modifiers[0] ?? 1) : undefined
}

/** The most characters that the text of a value has, whatever its type; undefined where there is no such number. */
export function mostCharactersOf(type: TypeName): number | undefined {
  const { base, modifiers, values } = type
  switch (typeFamily(type)) {
    case 'text':
      return charactersOf(type)
    case 'enum':
      return Math.max(...values.map((value) => [...value].length))
    case 'decimal':
      // A sign, a point, and the 0 before it.
      return (modifiers[0] ?? 10) + 3
    default:
      return lengths[base]
  }
}

const lengths: Readonly<Record<string, number>> = {
  tinyint: 4,
  smallint: 6,
  mediumint: 8,
  int: 11,
  bigint: 20,
  float: 24,
  double: 24,
  uuid: 36,
  date: 10,
  time: 17,
  datetime: 26,
  timestamp: 26,
}

/** How many bytes a type of texts or bytes holds; undefined where its characters are counted. */
export function bytesOf({ base, modifiers }: TypeName): number | undefined {
  return base === 'binary' || base === 'varbinary' ? (modifiers[0] ?? 1) : capacities[base]
}

const capacities: Readonly<Record<string, number>> = {
  tinytext: 2 ** 8 - 1,
  text: 2 ** 16 - 1,
  mediumtext: 2 ** 24 - 1,
  longtext: 2 ** 32 - 1,
  tinyblob: 2 ** 8 - 1,
  blob: 2 ** 16 - 1,
  mediumblob: 2 ** 24 - 1,
  longblob: 2 ** 32 - 1,
}

/** The least and the greatest number that a type of whole numbers holds, as digits. */
export function rangeOf({ base, unsigned }: TypeName): readonly [least: bigint, greatest: bigint] {
  const values = 2n ** (bits[base] ?? 64n)
  return unsigned ? [0n, values - 1n] : [-values / 2n, values / 2n - 1n]
}

const bits: Readonly<Record<string, bigint>> = { tinyint: 8n, smallint: 16n, mediumint: 24n, int: 32n, bigint: 64n }

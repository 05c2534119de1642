/** A type's name as `format_type` prints it, taken apart: `character varying(20)[]`. */
export interface TypeName {
  /** Without its length and without its brackets: `character varying`. */
  readonly base: string
  /** The numbers in its parentheses. */
  readonly modifiers: readonly number[]
  readonly array: boolean
}

/** Takes a type's name apart. The modifier stands in the middle where a zone follows: `timestamp(3) with time zone`. */
export function parseTypeName(type: string): TypeName {
  const array = type.endsWith('[]')
  const element = array ? type.slice(0, -2) : type
  const match = element.startsWith('"') ? null : /^([^(]*)\(([\d,-]+)\)(.*)$/.exec(element)
  if (match === null) return { base: element, modifiers: [], array }
  const [, head = '', numbers = '', tail = ''] = match
  return { base: head + tail, modifiers: numbers.split(',').map(Number), array }
}

/** What a type holds, as far as its values can become those of another. */
export type TypeFamily =
  | 'whole'
  | 'decimal'
  | 'double'
  | 'boolean'
  | 'text'
  | 'uuid'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'interval'
  | 'json'
  | 'bytes'
  | 'address'
  | 'array'
  | 'other'

const families: Readonly<Record<string, TypeFamily>> = {
  smallint: 'whole',
  integer: 'whole',
  bigint: 'whole',
  numeric: 'decimal',
  real: 'double',
  'double precision': 'double',
  boolean: 'boolean',
  text: 'text',
  'character varying': 'text',
  character: 'text',
  bpchar: 'text',
  uuid: 'uuid',
  date: 'date',
  'time without time zone': 'time',
  'time with time zone': 'time',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamp',
  interval: 'interval',
  json: 'json',
  jsonb: 'json',
  bytea: 'bytes',
  inet: 'address',
  cidr: 'address',
}

/** The family of a type; `other` for ranges, enums and whatever is not known here. */
export function typeFamily({ base, array }: TypeName): TypeFamily {
  return array ? 'array' : (families[base] ?? 'other')
}

/** How many characters a text type holds; undefined where there is no limit. */
export function lengthOf(type: TypeName): number | undefined {
  return typeFamily(type) === 'text' ? type.modifiers[0] : undefined
}

import { typeFamily } from './type-family.ts'

/**
 * A type's name as Godwit spells what SQLite makes of it: `nvarchar(160)` is `varchar(160)`, `real` is `double`. Names mean the same where values are
 * stored alike, which is decided by the affinity that is read out of a name (https://sqlite.org/datatype3.html#determination_of_column_affinity);
 * lengths are not looked at by SQLite, and kept here. A name that no spelling of Godwit's stands for means itself.
 */
export function meaningOf(type: string): string {
  const [, word = type, numbers] = /^([^(]*?) ?(?:\(([\d, ]+)\))?$/.exec(type) ?? []
  if (type === 'char(36)') return type
  if (texts.test(word)) return numbers === undefined ? 'text' : `varchar(${numbers})`
  if (longTexts.test(word)) return 'text'
  if (exactNumbers.test(word) && numbers !== undefined)
    return `decimal(${numbers.includes(',') ? numbers : `${numbers}, 0`})`
  const whole = wholeNumbers.find(([names]) => names.test(word))
  if (whole !== undefined) return whole[1]
  return numbers === undefined || typeFamily(type) === 'real' ? (others[word] ?? type) : type
}

/** Whether two types store their values alike. */
export function sameType(a: string, b: string): boolean {
  return meaningOf(a) === meaningOf(b)
}

const texts =
  /^(?:n?varchar|varchar2|n?char|character|(?:national )?(?:character|char) varying|varying character|native character)$/
const longTexts = /^(?:n?text|tinytext|mediumtext|longtext|n?clob)$/
const exactNumbers = /^(?:decimal|dec|numeric|number)$/

const wholeNumbers: readonly (readonly [RegExp, string])[] = [
  [/^(?:int|integer|int4|mediumint)(?: unsigned)?$/, 'integer'],
  [/^(?:smallint|int2|tinyint)(?: unsigned)?$/, 'smallint'],
  [/^(?:bigint|int8|(?:unsigned )?big int)(?: unsigned)?$/, 'bigint'],
]

const others: Readonly<Record<string, string>> = {
  real: 'double',
  float: 'double',
  float4: 'double',
  float8: 'double',
  'double precision': 'double',
  bool: 'boolean',
  timestamp: 'datetime',
  '': 'blob',
}

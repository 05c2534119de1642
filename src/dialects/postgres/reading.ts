import type { ColumnType, RangeOf } from '../../schema/column-type.ts'
import type { Expression } from '../../schema/expression.ts'
import type { Reading } from '../../schema/reading.ts'
import type { Json, Value } from '../../schema/value.ts'
import { type ConditionToken, conditionFrom, isSign, listed, numberFrom } from '../shared/read-condition.ts'
import { ranges, spelling } from './column-types.ts'
import { withoutOuterParentheses } from './comparison.ts'
import { toText } from './statement-text.ts'
import { type Token, tokenize } from './tokens.ts'
import { parseTypeName } from './type-name.ts'

/** What a table of PostgreSQL's would be declared as. */
export const reading: Reading = {
  type: readType,
  literal(expression) {
    const [token, ...cast] = withoutParentheses(tokensOf(expression))
    if (token?.text === '-') return cast.length === 1 ? literalOf(cast[0], '', '-') : undefined
    if (cast.length > 0 && cast[0]?.text !== '::') return undefined
    const type = cast.slice(1)
    if (!type.every(({ kind, text }) => kind === 'word' || kind === 'quoted' || text === '.')) return undefined
    return literalOf(token, type.map(({ text }) => text.toLowerCase()).join(' '))
  },
  condition(expression) {
    const signs = signsOf(withoutParentheses(tokensOf(expression)))
    const [subject, operator, second] = signs
    if (!isSign(operator, '=')) return conditionFrom(signs)
    if (subject?.kind !== 'name') return undefined
    const operand: Expression = { kind: 'column', name: subject.name }
    if (second?.kind === 'literal' && signs.length === 3) return { kind: 'in', operand, values: [second.value] }
    const isAny =
      isSign(second, 'any') && isSign(signs[3], '(') && isSign(signs[4], 'array') && isSign(signs.at(-1), ')')
    const values = isAny ? listed(signs.slice(5, -1), '[', ']') : undefined
    return values && { kind: 'in', operand, values }
  },
}

function readType(name: string): ColumnType | undefined {
  const { base, modifiers, array } = parseTypeName(name)
  if (array) {
    const of = readType(name.slice(0, -2))
    return of && { type: 'array', of }
  }
  const [first, second = 0, ...more] = modifiers
  if (first === undefined) return types[base]
  if (base === 'character varying') return { type: 'varchar', length: first }
  return base === 'numeric' && more.length === 0 ? { type: 'decimal', precision: first, scale: second } : undefined
}

const types: Readonly<Record<string, ColumnType>> = {
  smallint: { type: 'smallInteger' },
  integer: { type: 'integer' },
  bigint: { type: 'bigInteger' },
  boolean: { type: 'boolean' },
  text: { type: 'text' },
  uuid: { type: 'uuid' },
  'double precision': { type: 'double' },
  date: { type: 'date' },
  'time without time zone': { type: 'time' },
  'timestamp with time zone': { type: 'timestamp' },
  jsonb: { type: 'json' },
  bytea: { type: 'binary' },
  interval: { type: 'duration' },
  inet: { type: 'ipAddress' },
  ...Object.fromEntries(
    Object.entries(ranges).map(([of, name]): [string, ColumnType] => [name, { type: 'range', of: of as RangeOf }]),
  ),
}

function tokensOf(expression: Expression): readonly Token[] {
  return tokenize(toText(spelling.expression(expression)))
}

function withoutParentheses(tokens: readonly Token[]): readonly Token[] {
  const texts = withoutOuterParentheses(tokens.map(({ text }) => text))
  const cut = (tokens.length - texts.length) / 2
  return tokens.slice(cut, tokens.length - cut)
}

/** A literal with the type that the server says beside it. */
function literalOf(token: Token | undefined, type: string, sign = ''): Value | undefined {
  if (token === undefined) return undefined
  if (token.kind === 'number') return numberFrom(sign + token.text)
  if (token.kind === 'word') return /^(?:true|false)$/i.test(token.text) ? /^true$/i.test(token.text) : undefined
  if (token.kind !== 'string' || !token.text.startsWith("'")) return undefined
  const text = token.value
  switch (type) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'numeric':
      return numberFrom(text)
    case 'jsonb':
      return { $json: JSON.parse(text) as Json }
    case 'bytea':
      return text.startsWith('\\x') ? { $bytes: text.slice(2) } : undefined
    case 'timestamp with time zone':
      return text.replace(' ', 'T').replace(/\+00$/, 'Z')
    default:
      return text
  }
}

/** The signs of a condition without its casts: those that the server adds to texts say nothing here. */
function signsOf(tokens: readonly Token[]): readonly ConditionToken[] {
  const signs: ConditionToken[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token === undefined) continue
    if (token.text === '::') index = endOfCast(tokens, index + 1) - 1
    else signs.push(signOf(token))
  }
  return withoutNeedless(signs)
}

/** `::text`, `::character varying(20)`, `::text[]`. */
function endOfCast(tokens: readonly Token[], start: number): number {
  let end = start + 1
  while (tokens[end]?.kind === 'word' && /^(?:varying|precision)$/i.test(tokens[end]?.text ?? '')) end += 1
  if (tokens[end]?.text === '(' && tokens[end + 1]?.kind === 'number' && tokens[end + 2]?.text === ')') end += 3
  return tokens[end]?.text === '[' && tokens[end + 1]?.text === ']' ? end + 2 : end
}

function signOf(token: Token): ConditionToken {
  const value = token.kind === 'word' && /^(?:any|array|in|and|or|not|is|null)$/i.test(token.text) ? undefined : token
  const literal = value && literalOf(value, '')
  if (literal !== undefined) return { kind: 'literal', value: literal }
  const isName = value !== undefined && (token.kind === 'word' || token.kind === 'quoted')
  return isName ? { kind: 'name', name: token.value } : { kind: 'sign', text: token.text.toLowerCase() }
}

/** Without the parentheses around a single name, a single literal or a list, that only a cast needed. */
function withoutNeedless(signs: readonly ConditionToken[]): readonly ConditionToken[] {
  const at = signs.findIndex(
    (sign, place) =>
      isSign(sign, '(') &&
      ((signs[place + 1]?.kind !== 'sign' && isSign(signs[place + 2], ')') && !isSign(signs[place - 1], 'in')) ||
        (isSign(signs[place - 1], '(') && isSign(signs[place + 1], 'array'))),
  )
  if (at < 0) return signs
  const isList = isSign(signs[at + 1], 'array')
  const end = isList ? signs.findIndex((sign, place) => place > at && isSign(sign, ')')) : at + 2
  return withoutNeedless(signs.filter((_, place) => place !== at && place !== end))
}

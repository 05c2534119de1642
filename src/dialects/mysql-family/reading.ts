import type { ColumnType } from '../../schema/column-type.ts'
import type { Expression } from '../../schema/expression.ts'
import type { Reading } from '../../schema/reading.ts'
import type { Value } from '../../schema/value.ts'
import { type ConditionToken, conditionFrom, numberFrom } from '../shared/read-condition.ts'
import { spellingOf } from './column-types.ts'
import { toText } from './statement-text.ts'
import { isIdentifier, isToken, type Token, tokenize } from './tokens.ts'
import { parseTypeName } from './type-name.ts'
import type { Flavour } from './variant.ts'

/** What a table of MariaDB's or MySQL's would be declared as. */
export function readingOf(flavour: Flavour): Reading {
  const tokensOf = (expression: Expression): readonly Token[] =>
    withoutCharsets(withoutParentheses(tokenize(toText(spellingOf(flavour).expression(expression)))))
  return {
    type: (name) => (name === flavour.variant.types.uuid ? { type: 'uuid' } : readType(name)),
    literal(expression) {
      const signs = signsOf(tokensOf(expression))
      const [only] = signs
      return signs.length === 1 && only?.kind === 'literal' ? only.value : undefined
    },
    condition: (expression) => conditionFrom(signsOf(tokensOf(expression))),
  }
}

function readType(name: string): ColumnType | undefined {
  const { base, modifiers, values } = parseTypeName(name)
  // A charset, a width that zeros fill up to, or a column that is not shown, is more than the type says.
  if (!/^\w+(?:\(.*\))?(?: unsigned)?$/s.test(name)) return undefined
  const [first = 0, second = 0] = modifiers
  const whole = wholeNumbers[base]
  if (whole !== undefined) return { type: whole, ...(name.endsWith(' unsigned') ? { unsigned: true as const } : {}) }
  if (name.endsWith(' unsigned')) return undefined
  switch (base) {
    case 'varchar':
      return { type: 'varchar', length: first }
    case 'decimal':
      return { type: 'decimal', precision: first, scale: second }
    case 'enum':
      return { type: 'enum', values, native: '' }
    default:
      return types[name]
  }
}

const wholeNumbers: Readonly<Record<string, 'smallInteger' | 'integer' | 'bigInteger'>> = {
  smallint: 'smallInteger',
  int: 'integer',
  bigint: 'bigInteger',
}

const types: Readonly<Record<string, ColumnType>> = {
  'tinyint(1)': { type: 'boolean' },
  longtext: { type: 'text' },
  double: { type: 'double' },
  date: { type: 'date' },
  'time(6)': { type: 'time' },
  'datetime(6)': { type: 'timestamp' },
  json: { type: 'json' },
  longblob: { type: 'binary' },
}

function withoutParentheses(tokens: readonly Token[]): readonly Token[] {
  if (!isToken(tokens[0], '(') || !isToken(tokens.at(-1), ')')) return tokens
  let depth = 0
  for (const [place, token] of tokens.entries()) {
    if (isToken(token, '(')) depth += 1
    if (isToken(token, ')')) depth -= 1
    if (depth === 0) return place === tokens.length - 1 ? withoutParentheses(tokens.slice(1, -1)) : tokens
  }
  return tokens
}

/** `_utf8mb4'draft'`: what a text is written in, which some versions print before each. */
function withoutCharsets(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter(
    (token, place) => !(token.kind === 'word' && token.text.startsWith('_') && tokens[place + 1]?.kind === 'string'),
  )
}

function signsOf(tokens: readonly Token[]): readonly ConditionToken[] {
  return tokens.flatMap((token, place): readonly ConditionToken[] => {
    const isSign = isToken(token, '-') && tokens[place + 1]?.kind === 'number' && !isOperand(tokens[place - 1])
    if (isSign) return []
    const negative = token.kind === 'number' && isToken(tokens[place - 1], '-') && !isOperand(tokens[place - 2])
    const literal = literalOf(token, negative)
    if (literal !== undefined) return [{ kind: 'literal', value: literal }]
    const isName = isIdentifier(token) && !isToken(token, 'in', 'not', 'and', 'or', 'is', 'null')
    return [isName ? { kind: 'name', name: token.value } : { kind: 'sign', text: token.text.toLowerCase() }]
  })
}

function isOperand(token: Token | undefined): boolean {
  return token !== undefined && (token.kind !== 'operator' || isToken(token, ')')) && !isToken(token, 'in')
}

function literalOf(token: Token, negative: boolean): Value | undefined {
  // With a letter before its quotes it is bytes or bits.
  if (token.kind === 'string') return /^['"]/.test(token.text) ? token.value : undefined
  if (token.kind === 'number') return numberFrom(`${negative ? '-' : ''}${withoutFilling(token.text)}`)
  // The server keeps truth as a number, and prints it as one.
  return isToken(token, 'true', 'false') ? Number(isToken(token, 'true')) : undefined
}

/** The server writes as many places as the column has. */
function withoutFilling(number: string): string {
  return /^\d+\.\d+$/.test(number) ? number.replace(/\.?0+$/, '') : number
}

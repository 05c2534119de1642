import type { ColumnType } from '../../schema/column-type.ts'
import type { Expression } from '../../schema/expression.ts'
import type { Reading } from '../../schema/reading.ts'
import { isIdentifier, isToken, type Token, tokenize } from '../../schema/tokens.ts'
import type { Value } from '../../schema/value.ts'
import { type ConditionToken, conditionFrom, numberFrom } from '../shared/read-condition.ts'
import { spelling } from './column-types.ts'
import { comparison, withoutOuterParentheses } from './comparison.ts'
import { toText } from './statement-text.ts'
import { meaningOf } from './type-meaning.ts'

/** What a table of SQLite's would be declared as. */
export const reading: Reading = {
  type: (name) => readType(meaningOf(name)),
  literal(expression) {
    const signs = signsOf(expression)
    const [only] = signs
    return signs.length === 1 && only?.kind === 'literal' ? only.value : undefined
  },
  condition(expression) {
    const found = conditionOf(signsOf(expression))
    // Texts are kept to the letter here, so one that is written otherwise is another.
    return found && comparison.sameExpression(found, expression) ? found : undefined
  },
}

function conditionOf(signs: readonly ConditionToken[]): Expression | undefined {
  const [called, , of] = signs
  // The name of a function is read like that of a column.
  const isCall = called?.kind === 'name' && called.name.toLowerCase() === 'json_valid' && signs.length === 4
  return isCall && of?.kind === 'name'
    ? { kind: 'call', function: 'jsonValid', arguments: [{ kind: 'column', name: of.name }] }
    : conditionFrom(signs)
}

function readType(name: string): ColumnType | undefined {
  const [, length] = /^varchar\((\d+)\)$/.exec(name) ?? []
  if (length !== undefined) return { type: 'varchar', length: Number(length) }
  const [, precision, scale] = /^decimal\((\d+), (\d+)\)$/.exec(name) ?? []
  if (precision !== undefined) return { type: 'decimal', precision: Number(precision), scale: Number(scale) }
  return types[name]
}

const types: Readonly<Record<string, ColumnType>> = {
  smallint: { type: 'smallInteger' },
  integer: { type: 'integer' },
  bigint: { type: 'bigInteger' },
  boolean: { type: 'boolean' },
  text: { type: 'text' },
  'char(36)': { type: 'uuid' },
  double: { type: 'double' },
  date: { type: 'date' },
  time: { type: 'time' },
  datetime: { type: 'timestamp' },
  json_text: { type: 'json' },
  blob: { type: 'binary' },
}

function signsOf(expression: Expression): readonly ConditionToken[] {
  const tokens = withoutOuterParentheses(tokenize(toText(spelling.expression(expression))))
  return tokens.flatMap((token, place): readonly ConditionToken[] => {
    // A sign before a number belongs to it, where no number stands before the sign.
    if (isToken(token, '-', '+') && tokens[place + 1]?.kind === 'number' && !isOperand(tokens[place - 1])) return []
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
  if (token.kind === 'string') return token.value
  if (token.kind === 'number') return numberFrom(`${negative ? '-' : ''}${token.text}`)
  if (token.kind === 'blob') return { $bytes: token.text.slice(2, -1).toLowerCase() }
  return isToken(token, 'true', 'false') ? isToken(token, 'true') : undefined
}

import type { Expression } from '../../schema/expression.ts'
import type { Value } from '../../schema/value.ts'

/** A token as far as a condition of a field needs it: a name, a literal, or a word or sign in lower case. */
export type ConditionToken =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'sign'; readonly text: string }

/** `column IN (…)` or `column >= 0` out of its tokens; undefined for any other condition. */
export function conditionFrom(tokens: readonly ConditionToken[]): Expression | undefined {
  const [subject, operator, ...rest] = tokens
  if (subject?.kind !== 'name' || operator?.kind !== 'sign') return undefined
  const operand: Expression = { kind: 'column', name: subject.name }
  if (operator.text === 'in') {
    const values = listed(rest, '(', ')')
    return values && { kind: 'in', operand, values }
  }
  const [bound, ...more] = rest
  if (operator.text !== '>=' || bound?.kind !== 'literal' || more.length > 0) return undefined
  return { kind: 'compare', operator: '>=', left: operand, right: { kind: 'value', value: bound.value } }
}

/** The literals between two brackets, with commas between them. */
export function listed(tokens: readonly ConditionToken[], open: string, close: string): readonly Value[] | undefined {
  if (!isSign(tokens[0], open) || !isSign(tokens.at(-1), close)) return undefined
  const inner = tokens.slice(1, -1)
  const values = inner.flatMap((token, place) => (place % 2 === 0 && token.kind === 'literal' ? [token.value] : []))
  const isList = inner.length % 2 === 1 && inner.every((token, place) => place % 2 === 0 || isSign(token, ','))
  return isList && values.length === (inner.length + 1) / 2 ? values : undefined
}

/** Whether a token is this word or sign. */
export function isSign(token: ConditionToken | undefined, text: string): boolean {
  return token?.kind === 'sign' && token.text === text
}

/** A number as it is written, where it is kept as it is; digits beyond 2^53 are. */
export function numberFrom(text: string): Value | undefined {
  if (/^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text))) return { $bigint: text }
  return String(Number(text)) === text ? Number(text) : undefined
}

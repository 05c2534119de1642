/** The casts that a history of type changes, or a dump and its restore, leaves on literals: to these types, without a length. */
const residualTypes: readonly (readonly string[])[] = [
  ['text'],
  ['character', 'varying'],
  ['smallint'],
  ['integer'],
  ['bigint'],
  ['numeric'],
]

/**
 * The canonical tokens of an expression without the casts that say nothing: on the literals of an `= ANY (ARRAY[…])` or `<> ALL (ARRAY[…])` that
 * holds nothing else, and on a default that is one literal. Nowhere else: `(1)::numeric / (2)::numeric` is not `1 / 2`.
 */
export function withoutResidue(tokens: readonly string[]): readonly string[] {
  const whole = literalAt(tokens, 0)
  if (whole !== undefined && whole.end === tokens.length) return whole.literal
  const kept: string[] = []
  for (let index = 0; index < tokens.length; ) {
    const list = startsList(tokens, index) ? listAt(tokens, index + 2) : undefined
    if (list === undefined) {
      kept.push(tokens[index] ?? '')
      index += 1
    } else {
      kept.push(...tokens.slice(index, index + 2), ...list.tokens)
      index = list.end
    }
  }
  return kept
}

function startsList(tokens: readonly string[], index: number): boolean {
  const [operator, quantifier] = [tokens[index], tokens[index + 1]]
  return (operator === '=' && quantifier === 'any') || (operator === '<>' && quantifier === 'all')
}

interface Found {
  readonly end: number
}

/** `(ARRAY[…])`, in any number of parentheses and with any number of casts of the whole. */
function listAt(
  tokens: readonly string[],
  start: number,
): (Found & { readonly tokens: readonly string[] }) | undefined {
  if (tokens[start] !== '(') return undefined
  const array = arrayAt(tokens, start + 1)
  if (array === undefined || tokens[array.end] !== ')') return undefined
  const elements = array.literals.flatMap((literal, index) => (index === 0 ? literal : [',', ...literal]))
  return { tokens: ['(', 'array', '[', ...elements, ']', ')'], end: array.end + 1 }
}

function arrayAt(
  tokens: readonly string[],
  start: number,
): (Found & { readonly literals: readonly (readonly string[])[] }) | undefined {
  if (tokens[start] === '(') {
    const inner = arrayAt(tokens, start + 1)
    if (inner === undefined || tokens[inner.end] !== ')') return undefined
    return { ...inner, end: afterCasts(tokens, inner.end + 1, true) }
  }
  if (tokens[start] !== 'array' || tokens[start + 1] !== '[') return undefined
  const literals: (readonly string[])[] = []
  for (let index = start + 2; ; ) {
    const element = literalAt(tokens, index)
    if (element === undefined) return undefined
    literals.push(element.literal)
    if (tokens[element.end] === ']') return { literals, end: afterCasts(tokens, element.end + 1, true) }
    if (tokens[element.end] !== ',') return undefined
    index = element.end + 1
  }
}

/** A literal with any number of residual casts and parentheses around it. */
function literalAt(
  tokens: readonly string[],
  start: number,
): (Found & { readonly literal: readonly string[] }) | undefined {
  const token = tokens[start] ?? ''
  if (token === '(') {
    const inner = literalAt(tokens, start + 1)
    if (inner === undefined || tokens[inner.end] !== ')') return undefined
    return { ...inner, end: afterCasts(tokens, inner.end + 1, false) }
  }
  const length = token === '-' ? 2 : 1
  const literal = tokens.slice(start, start + length)
  if (!/^(?:'.*'|\.?\d.*)$/s.test(literal.at(-1) ?? '')) return undefined
  return { literal, end: afterCasts(tokens, start + length, false) }
}

function afterCasts(tokens: readonly string[], start: number, ofArray: boolean): number {
  if (tokens[start] !== '::') return start
  const type = residualTypes.find((words) => words.every((word, index) => tokens[start + 1 + index] === word))
  if (type === undefined) return start
  const end = start + 1 + type.length
  if (!ofArray) return tokens[end] === '(' || tokens[end] === '[' ? start : afterCasts(tokens, end, ofArray)
  return tokens[end] === '[' && tokens[end + 1] === ']' ? afterCasts(tokens, end + 2, ofArray) : start
}

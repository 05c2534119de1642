import { isToken, type Token, tokenize } from './tokens.ts'

/**
 * Splits a text of SQL into its statements, without the semicolons. Semicolons in strings of any kind, comments, parentheses (a rule with several
 * actions) and in a body that is written as SQL (`BEGIN ATOMIC … END`) separate nothing.
 */
export function splitStatements(text: string): readonly string[] {
  const statements: string[] = []
  let current: Token[] = []
  let parentheses = 0
  let blocks = 0
  const finish = (): void => {
    const [first, last] = [current[0], current.at(-1)]
    if (first !== undefined && last !== undefined) statements.push(text.slice(first.start, last.end))
    current = []
    parentheses = 0
    blocks = 0
  }
  for (const token of tokenize(text)) {
    if (parentheses <= 0 && blocks === 0 && isToken(token, ';')) {
      finish()
      continue
    }
    if (isToken(token, '(')) parentheses += 1
    if (isToken(token, ')')) parentheses -= 1
    blocks += blockChange(token, current, blocks)
    current.push(token)
  }
  finish()
  return statements
}

/** Only `BEGIN ATOMIC` opens a body; inside of one, a CASE has an END of its own. */
function blockChange(token: Token, before: readonly Token[], blocks: number): number {
  if (isToken(token, 'atomic') && isToken(before.at(-1), 'begin') && isToken(before[0], 'create')) return 1
  if (blocks === 0) return 0
  if (isToken(token, 'case')) return 1
  return isToken(token, 'end') ? -1 : 0
}

import { isToken, type Token, tokenize } from './tokens.ts'

/**
 * Splits a text of SQL into its statements, without the semicolons. Semicolons in strings, comments and the body of a trigger separate nothing.
 */
export function splitStatements(text: string): readonly string[] {
  const statements: string[] = []
  let current: Token[] = []
  let open = 0
  const finish = (): void => {
    const [first, last] = [current[0], current.at(-1)]
    if (first !== undefined && last !== undefined) statements.push(text.slice(first.start, last.end))
    current = []
    open = 0
  }
  for (const token of tokenize(text)) {
    if (open === 0 && isToken(token, ';')) {
      finish()
      continue
    }
    current.push(token)
    // Only a trigger has a body; elsewhere BEGIN starts a transaction and END ends one.
    if (makesTrigger(current)) open += depthChange(token)
  }
  finish()
  return statements
}

function makesTrigger([first, second, third]: readonly Token[]): boolean {
  if (!isToken(first, 'create')) return false
  return isToken(second, 'trigger') || (isToken(second, 'temp', 'temporary') && isToken(third, 'trigger'))
}

function depthChange(token: Token): number {
  if (isToken(token, 'begin', 'case')) return 1
  return isToken(token, 'end') ? -1 : 0
}

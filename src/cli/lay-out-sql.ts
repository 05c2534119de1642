import { isToken, type Token, tokenize } from '../schema/tokens.ts'

/** From how many characters on a statement is no longer taken in at a glance. */
const longest = 100

/** A long CREATE TABLE or ALTER TABLE with a line for each of its parts; any other statement, and one that has its own lines, as it is. */
export function layOutSql(statement: string): string {
  if (statement.length <= longest || statement.includes('\n')) return statement
  const tokens = tokenize(statement)
  if (!isToken(tokens[1], 'table')) return statement
  if (isToken(tokens[0], 'create')) return withListBroken(statement, tokens)
  return isToken(tokens[0], 'alter') ? withClausesBroken(statement, tokens) : statement
}

/** Breaks the list in parentheses, each of its items on a line. */
function withListBroken(statement: string, tokens: readonly Token[]): string {
  const cuts: number[] = []
  let depth = 0
  for (const token of tokens) {
    if (isToken(token, ')')) depth -= 1
    const opens = depth === 0 && cuts.length === 0 && isToken(token, '(')
    const separates = depth === 1 && isToken(token, ',')
    if (opens || separates) cuts.push(token.end)
    if (depth === 0 && isToken(token, ')'))
      return `${broken(statement, cuts, token.start)}\n${statement.slice(token.start)}`
    if (isToken(token, '(')) depth += 1
  }
  return statement
}

/** Breaks behind the table's name and between clauses, where there are several. */
function withClausesBroken(statement: string, tokens: readonly Token[]): string {
  const name = tokens[isToken(tokens[3], '.') ? 4 : 2]
  const cuts = name === undefined ? [] : [name.end]
  let depth = 0
  for (const token of tokens) {
    if (isToken(token, '(', '[')) depth += 1
    if (isToken(token, ')', ']')) depth -= 1
    if (depth === 0 && isToken(token, ',')) cuts.push(token.end)
  }
  return cuts.length < 2 ? statement : broken(statement, cuts, statement.length)
}

/** The text up to `end`, with a new, indented line at each cut. */
function broken(statement: string, cuts: readonly number[], end: number): string {
  const [head = 0] = cuts
  const items = cuts.map((cut, index) => `  ${statement.slice(cut, cuts[index + 1] ?? end).trim()}`)
  return [statement.slice(0, head), ...items].join('\n')
}

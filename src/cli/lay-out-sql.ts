import { isToken, tokenize } from '../schema/tokens.ts'

/** From how many characters on a CREATE TABLE is no longer taken in at a glance. */
const longest = 100

/** A long CREATE TABLE with a line for each column and constraint; any other statement, and one that has its own lines, as it is. */
export function layOutSql(statement: string): string {
  const tokens = tokenize(statement)
  const createsTable = isToken(tokens[0], 'create') && isToken(tokens[1], 'table')
  if (!createsTable || statement.length <= longest || statement.includes('\n')) return statement
  const cuts: number[] = []
  let depth = 0
  for (const token of tokens) {
    if (isToken(token, ')')) depth -= 1
    const opens = depth === 0 && cuts.length === 0 && isToken(token, '(')
    const separates = depth === 1 && isToken(token, ',')
    if (opens || separates) cuts.push(token.end)
    if (depth === 0 && isToken(token, ')')) return broken(statement, cuts, token.start)
    if (isToken(token, '(')) depth += 1
  }
  return statement
}

/** The text with a new, indented line at each cut, and what closes the list on a line of its own. */
function broken(statement: string, cuts: readonly number[], end: number): string {
  const [head = 0] = cuts
  const items = cuts.map((cut, index) => `  ${statement.slice(cut, cuts[index + 1] ?? end).trim()}`)
  return [statement.slice(0, head), ...items, statement.slice(end)].join('\n')
}

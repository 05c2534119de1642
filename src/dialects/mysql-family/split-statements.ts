import { fail } from '../../errors/error.ts'
import { isToken, type Token, tokenize } from './tokens.ts'

/** One statement of a text of SQL. */
export interface SplitStatement {
  readonly text: string
  /** Without the edges of comments whose content the server runs. */
  readonly tokens: readonly Token[]
}

/**
 * Splits a text of SQL into its statements, without the semicolons. Semicolons in strings, in comments and in the body of a trigger, routine or event
 * separate nothing. Fails with `database.delimiter` at a DELIMITER, which is a command of a client and no SQL.
 */
export function splitStatements(text: string): readonly SplitStatement[] {
  const statements: SplitStatement[] = []
  let all: Token[] = []
  let tokens: Token[] = []
  let body: Body | undefined
  let inComment = false
  const finish = (): void => {
    const [first, last] = [all[0], all.at(-1)]
    if (first !== undefined && last !== undefined && tokens.length > 0) {
      statements.push({ text: text.slice(first.start, last.end), tokens })
    }
    all = []
    tokens = []
    body = undefined
  }
  const whole = tokenize(text)
  for (const [index, token] of whole.entries()) {
    if (tokens.length === 0 && isToken(token, 'delimiter')) fail('database.delimiter', {})
    if (isToken(token, ';') && !inComment && (body?.depth ?? 0) === 0) {
      finish()
      continue
    }
    all.push(token)
    if (token.kind === 'hint') {
      inComment = token.text !== '*/'
      continue
    }
    tokens.push(token)
    if (body === undefined) body = hasBody(tokens) ? { depth: isToken(token, 'begin', 'not') ? 1 : 0 } : undefined
    else body.depth += depthChange(whole, index)
  }
  finish()
  return statements
}

/** How many blocks of a body are open. */
interface Body {
  depth: number
}

const routines = ['procedure', 'function', 'trigger', 'event', 'package']

/** Whether a statement that has come to this token is of a kind that has a body. */
function hasBody(tokens: readonly Token[]): boolean {
  const [first, second] = tokens
  if (isToken(first, 'begin')) return isToken(second, 'not') && tokens.length === 2
  if (isToken(first, 'alter')) return tokens.length === 2 && isToken(second, 'event')
  if (!isToken(first, 'create') || !isToken(tokens.at(-1), ...routines)) return false
  return tokens
    .slice(1, -1)
    .every((token, index, between) => isToken(token, 'or', 'replace', 'aggregate') || isInDefiner(between, index))
}

/** `DEFINER = 'somebody'@'somewhere'` */
function isInDefiner(tokens: readonly Token[], index: number): boolean {
  const start = tokens.findIndex((token) => isToken(token, 'definer'))
  return start !== -1 && index >= start && isToken(tokens[start + 1], '=')
}

/** What a token does to the depth of a body (https://dev.mysql.com/doc/refman/9.7/en/sql-compound-statements.html). */
function depthChange(tokens: readonly Token[], index: number): number {
  const [previous, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]]
  if (isToken(token, 'end')) return -1
  if (isToken(previous, 'end')) return 0
  if (isToken(token, 'begin', 'case', 'loop', 'while')) return 1
  // `REPEAT(…)` and `IF(…)` are functions as well.
  if (isToken(token, 'repeat')) return isToken(next, '(') ? 0 : 1
  if (isToken(token, 'for')) return isToken(tokens[index + 2], 'in') ? 1 : 0
  return isToken(token, 'if') && isStatementIf(tokens, index) ? 1 : 0
}

/** What stands before an IF that is a function, and never before one that is a statement. */
const beforeFunctions = [
  'when',
  'elseif',
  'if',
  'and',
  'or',
  'not',
  'xor',
  'select',
  'return',
  'set',
  'where',
  'by',
  'on',
]

function isStatementIf(tokens: readonly Token[], index: number): boolean {
  const [previous, next] = [tokens[index - 1], tokens[index + 1]]
  if (isToken(next, 'exists') || (isToken(next, 'not') && isToken(tokens[index + 2], 'exists'))) return false
  if (!isToken(next, '(')) return true
  const isOperand = previous?.kind === 'operator' && !isToken(previous, ';', ')', ':')
  if (isOperand || isToken(previous, ...beforeFunctions)) return false
  // A condition in parentheses is followed by THEN, sooner or later; what a function gives is not.
  let depth = 0
  for (let at = index + 1; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (isToken(token, '(')) depth += 1
    if (isToken(token, ')')) depth -= 1
    if (depth < 0) return false
    if (depth === 0 && isToken(token, 'then')) return true
    if (depth === 0 && isToken(token, ';', ',', 'when', 'else', 'end')) return false
  }
  return false
}

import type { ScriptStatement } from '../../schema/dialect.ts'
import { splitStatements } from './split-statements.ts'
import { isToken, type Token } from './tokens.ts'
import { commitsItself } from './transaction-control.ts'

/** The statements of a text of SQL, and which of them the server commits by itself. */
export function statementsOf(text: string): readonly ScriptStatement[] {
  return splitStatements(text).map(({ text: statement, tokens }) => {
    const commits = commitsItself(statement)
    return { text: statement, commitsItself: commits, isSeen: commits && isSeen(tokens) }
  })
}

/** What an inspection lists, tables and all that it leaves alone. */
const seen = ['table', 'index', 'view', 'trigger', 'procedure', 'function', 'event', 'sequence']
/** What else statements make: nothing of a database that is inspected. */
const unseen = [
  'database',
  'schema',
  'user',
  'role',
  'server',
  'tablespace',
  'package',
  'instance',
  'logfile',
  'resource',
]

function isSeen(tokens: readonly Token[]): boolean {
  const [first] = tokens
  const verb = isToken(first, 'create', 'alter', 'drop', 'rename')
  const kind = tokens.find((token) => isToken(token, ...seen, ...unseen))
  if (!verb || !isToken(kind, ...seen)) return false
  if (!isToken(first, 'alter')) return true
  // How a table is divided is listed, and not what its parts are; of a routine, only what it does.
  if (isToken(kind, 'table')) return !tokens.some((token) => isToken(token, 'partition', 'tablespace'))
  return isToken(kind, 'view', 'event')
}

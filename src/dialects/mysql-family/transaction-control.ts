import { fail } from '../../errors/error.ts'

/** What a statement does to the transaction that it is sent in, by its first words. */
export type TransactionControl = 'begins' | 'ends' | undefined

/** Reads whether a statement begins or ends a transaction. Savepoints do neither. */
export function transactionControl(statement: string): TransactionControl {
  const [first, second, third] = firstWords(statement)
  if (first === 'begin') return second === 'not' ? undefined : 'begins'
  if (first === 'start') return second === 'transaction' ? 'begins' : undefined
  if (first === 'xa') return second === 'start' || second === 'begin' ? 'begins' : 'ends'
  if (first === 'commit') return 'ends'
  if (first !== 'rollback') return undefined
  return (second === 'work' ? third : second) === 'to' ? undefined : 'ends'
}

/** A COMMIT inside a migration would end its transaction half-way, and the record with it. */
export function refuseTransactionControl(statement: string, database: string): void {
  const switchesAutocommit = /^set\b.*\bautocommit\b/i.test(statement)
  if (transactionControl(statement) !== undefined || switchesAutocommit) {
    fail('database.transactionControl', { database, statement })
  }
}

/**
 * Whether the server commits a statement by itself, and what was open before it (https://mariadb.com/kb/en/sql-statements-that-cause-an-implicit-commit/,
 * https://dev.mysql.com/doc/refman/9.7/en/implicit-commit.html). Not what only a procedure does that the statement calls.
 */
export function commitsItself(statement: string): boolean {
  const [first = '', second = '', third = '', fourth = ''] = firstWords(statement)
  if (first === 'create') {
    const [kind, what] = second === 'or' && third === 'replace' ? [fourth, undefined] : [second, third]
    return !(kind === 'temporary' && (what === undefined || what === 'table'))
  }
  if (first === 'drop') return !(second === 'temporary' || second === 'prepare')
  if (first === 'set') return second === 'password' || second === 'default'
  if (first === 'load') return second === 'index'
  if (first === 'start' || first === 'stop' || first === 'change') return second !== 'transaction'
  return always.has(first)
}

const always: ReadonlySet<string> = new Set([
  ...['alter', 'rename', 'truncate', 'lock', 'grant', 'revoke', 'install', 'uninstall', 'import'],
  ...['analyze', 'optimize', 'repair', 'check', 'cache', 'flush', 'reset', 'clone', 'restart', 'shutdown'],
])

/** The first words of a statement, in lower case; comments before it are no words, but what stands in one for these servers only is. */
function firstWords(statement: string): readonly string[] {
  const start = /^(?:\s+|#[^\n]*(?:\n|$)|--(?:\s[^\n]*)?(?:\n|$)|\/\*(?!M?!)[\s\S]*?\*\/|\/\*M?!\d*|\()*/.exec(
    statement,
  )?.[0]
  return statement
    .slice(start?.length ?? 0, (start?.length ?? 0) + 200)
    .toLowerCase()
    .replaceAll(/\/\*[\s\S]*?\*\//g, ' ')
    .split(/[^\w@$]+/, 4)
}

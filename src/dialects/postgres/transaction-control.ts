import { fail } from '../../errors/error.ts'
import { isToken, tokenize } from './tokens.ts'

/** What a statement does to the transaction that it is sent in, by its first words. */
export type TransactionControl = 'begins' | 'ends' | undefined

/** Reads whether a statement begins or ends a transaction. Savepoints do neither. */
export function transactionControl(statement: string): TransactionControl {
  // Most statements are told by their first letters; only one that may begin with a comment has to be read.
  if (!/^\s*(--|\/\*|begin|start|commit|end|rollback|abort|prepare)/i.test(statement)) return undefined
  const [first, second, third] = tokenize(statement)
  if (isToken(first, 'begin')) return 'begins'
  if (isToken(first, 'start') && isToken(second, 'transaction')) return 'begins'
  if (isToken(first, 'prepare')) return isToken(second, 'transaction') ? 'ends' : undefined
  // COMMIT PREPARED and ROLLBACK PREPARED speak of another transaction.
  if (isToken(second, 'prepared')) return undefined
  if (isToken(first, 'commit', 'end', 'abort')) return 'ends'
  if (!isToken(first, 'rollback')) return undefined
  return isToken(isToken(second, 'work', 'transaction') ? third : second, 'to') ? undefined : 'ends'
}

/** A COMMIT inside a migration would end its transaction half-way, and the record with it. */
export function refuseTransactionControl(statement: string, database: string): void {
  if (transactionControl(statement) !== undefined) fail('database.transactionControl', { database, statement })
}

/** Whether a statement can be part of no transaction because it waits for all others: what CONCURRENTLY does to an index, and VACUUM. */
export function isTransactionless(statement: string): boolean {
  if (!/^[^']*\b(concurrently|vacuum)\b/i.test(statement)) return false
  const [first, ...others] = tokenize(statement)
  if (isToken(first, 'vacuum')) return true
  return isToken(first, 'create', 'drop', 'reindex') && others.some((token) => isToken(token, 'concurrently'))
}

import { fail } from '../../errors/error.ts'
import { isToken, type Token, tokenize } from './tokens.ts'

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
  if (isToken(first, 'commit', 'end', 'abort')) return keepsOn(second, third) ? undefined : 'ends'
  if (!isToken(first, 'rollback')) return undefined
  const after = isToken(second, 'work', 'transaction') ? third : second
  return isToken(after, 'to') ? undefined : 'ends'
}

/** A COMMIT inside a migration would end its transaction half-way, and the record with it. */
export function refuseTransactionControl(statement: string, database: string): void {
  if (transactionControl(statement) !== undefined) fail('database.transactionControl', { database, statement })
}

/** COMMIT PREPARED speaks of another transaction. */
function keepsOn(second: Token | undefined, _third: Token | undefined): boolean {
  return isToken(second, 'prepared')
}

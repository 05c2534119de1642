import type { Row } from '../../schema/dialect.ts'
import { verbatim } from '../../schema/sql.ts'
import type { Wire } from '../shared/wire.ts'
import { textLiteral } from './literal.ts'
import { errorNumberOf } from './server-error.ts'
import { tokenize } from './tokens.ts'

const columns =
  'p.id AS id, p.user AS user, p.host AS host, p.command AS command, p.time AS seconds, left(p.info, 200) AS statement'

/** What the list of threads `p` says of one, where one may see it. */
export const threadColumns = verbatim(columns)

/** A thread in words: `connection 4711 of deploy@10.0.0.5, idle for 12 seconds`. */
export function threadInWords(row: Row): string {
  const text = (key: string): string => String(row[key] ?? '')
  const host = text('host').replace(/:\d+$/, '')
  const owner = `${text('user')}${host === '' ? '' : `@${host}`}`
  const seconds = Number(row['seconds'] ?? 0)
  const lasting = ` for ${seconds} second${seconds === 1 ? '' : 's'}`
  const statement = beginningOf(text('statement').replaceAll(/\s+/g, ' ').trim())
  const doing =
    text('command') === 'Sleep' ? `idle${lasting}` : `busy${lasting}${statement === '' ? '' : ` with \`${statement}\``}`
  return `connection ${text('id')} of ${owner}, ${doing}`
}

/** As much of a statement as fits into a line with other words. */
function beginningOf(statement: string): string {
  return statement.length > 80 ? `${statement.slice(0, 79)}…` : statement
}

/**
 * Who may hold what a statement gave up waiting for, in words: whoever has a transaction open. The server does not say what of a table they hold, but
 * where it keeps a list of that. Undefined where nobody is found, or nobody can be asked.
 */
export async function findHolder(
  wire: Wire,
  statement: string,
  own: { readonly id: number; readonly threads: string },
): Promise<string | undefined> {
  try {
    const { rows = [] } = (await wire.aside?.(patience, (send) => holders(send, statement, own))) ?? {}
    // Rows are objects by column, whatever the query.
    const threads = (rows as readonly Row[]).map(threadInWords)
    return threads.length === 0 ? undefined : threads.join(' and ')
  } catch (error) {
    // The lock is what matters; that nobody could be asked about it is no second failure.
    return errorNumberOf(error) === privilegeNeeded
      ? 'a connection that this user may not see (it takes the privilege PROCESS)'
      : undefined
  }
}

const privilegeNeeded = 1227

/** How long the server may take to say so, in milliseconds. */
const patience = 3000

async function holders(
  send: Wire['send'],
  statement: string,
  { id, threads }: { readonly id: number; readonly threads: string },
): ReturnType<Wire['send']> {
  const named = tokenize(statement)
    .filter(({ kind }) => kind === 'word' || kind === 'quoted')
    .map(({ value }) => textLiteral(value))
  const byTable = `SELECT ${columns} FROM performance_schema.metadata_locks l JOIN performance_schema.threads t ON t.thread_id = l.owner_thread_id
JOIN ${threads} p ON p.id = t.processlist_id
WHERE l.object_type = 'TABLE' AND l.lock_status = 'GRANTED' AND l.object_schema = DATABASE() AND l.object_name IN (${[...new Set(named)].join(', ')})
AND p.id <> ${id} GROUP BY p.id, p.user, p.host, p.command, p.time, p.info ORDER BY p.time DESC LIMIT 3`
  const found = await send(byTable, []).catch(() => ({ rows: [] }))
  if (found.rows.length > 0) return found
  const byTransaction = `SELECT ${columns} FROM information_schema.innodb_trx t JOIN ${threads} p ON p.id = t.trx_mysql_thread_id
WHERE p.id <> ${id} AND p.db = DATABASE() ORDER BY t.trx_started LIMIT 3`
  return send(byTransaction, [])
}

import type { Row } from '../../schema/dialect.ts'
import type { Wire } from '../shared/wire.ts'
import { tokenize } from './tokens.ts'

/** What `pg_stat_activity` says of a process, where one may see it. */
export interface Backend {
  readonly pid: number
  readonly user: string | null
  readonly client: string | null
  readonly application: string | null
  readonly kind: string | null
  readonly since: string | null
  readonly state: string | null
}

/** The columns of a `Backend`, out of `pg_stat_activity a`. */
export const backendColumns = `a.pid, a.usename::text AS user, host(a.client_addr) AS client, nullif(a.application_name, '') AS application,
  nullif(a.backend_type, 'client backend') AS kind, a.state,
  to_char(coalesce(a.xact_start, a.backend_start) AT TIME ZONE 'UTC', 'HH24:MI:SS') AS since`

/** A row of `backendColumns`. */
export function backendOf(row: Row): Backend {
  const text = (content: unknown): string | null => (content === null || content === undefined ? null : String(content))
  return {
    pid: Number(row['pid']),
    user: text(row['user']),
    client: text(row['client']),
    application: text(row['application']),
    kind: text(row['kind']),
    since: text(row['since']),
    state: text(row['state']),
  }
}

/** A process in words: `process 4711 of deploy@10.0.0.5 (godwit), since 12:01:07 UTC`. */
export function backendInWords({ pid, user, client, application, kind, since, state }: Backend): string {
  const owner = user === null ? '' : ` of ${user}${client === null ? '' : `@${client}`}`
  const program = application ?? kind
  const idle =
    state === 'idle in transaction' || state === 'idle in transaction (aborted)' ? 'idle in a transaction ' : ''
  const moment = since === null ? '' : `, ${idle}since ${since} UTC`
  return `process ${pid}${owner}${program === null ? '' : ` (${program})`}${moment}`
}

/**
 * Who holds a table that a statement names, in words, after the statement has given up waiting for it. The server no longer knows by then what it
 * was waiting for. Undefined where nobody is found, or nobody can be asked.
 */
export async function findHolder(wire: Wire, statement: string, ownPid: number): Promise<string | undefined> {
  const named = tokenize(statement)
    .filter(({ kind }) => kind === 'word' || kind === 'quoted')
    .map(({ value }) => value)
  try {
    const tables = `{${[...new Set(named)].map(quoted).join(',')}}`
    const { rows = [] } = (await wire.aside?.(patience, (send) => send(holders, [tables, ownPid]))) ?? {}
    // Rows are objects by column, whatever the query.
    const backends = (rows as readonly Row[]).map(backendOf)
    return backends.length === 0 ? undefined : backends.map(backendInWords).join(' and ')
  } catch {
    // The lock is what matters; that nobody could be asked about it is no second failure.
    return undefined
  }
}

/** How long the server may take to say so, in milliseconds. */
const patience = 3000

function quoted(element: string): string {
  return `"${element.replaceAll(/["\\]/g, '\\$&')}"`
}

const holders = `SELECT ${backendColumns}
FROM pg_stat_activity a
WHERE a.pid IN (
  SELECT l.pid FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
  WHERE l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND c.relkind IN ('r', 'p') AND c.relname = ANY ($1::text[]) AND l.pid <> $2
)
ORDER BY a.xact_start NULLS LAST LIMIT 3`

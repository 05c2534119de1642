import pg from 'pg'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { isThisMachine, leftDatabases } from './own-databases.ts'

/** The PostgreSQL of this run. */
export interface PostgresServer {
  /** Of a maintenance database: from there tests make their own. */
  readonly url: string
  /** What it is, for people: version and where. */
  readonly label: string
  stop(): Promise<void>
}

/** Where a service is looked for when the environment names none. */
const usualUrls = ['postgres://postgres@127.0.0.1:5432/test', 'postgres://postgres@127.0.0.1:5432/postgres']

/**
 * Finds the server for a run of tests: the one that GODWIT_TEST_POSTGRES names, else a service at the usual place, else the embedded one.
 * GODWIT_TEST_NO_SERVICE=1 passes the service over. Returns why there is none where there is none.
 */
export async function findPostgres(environment: NodeJS.ProcessEnv = process.env): Promise<PostgresServer | string> {
  const named = environment['GODWIT_TEST_POSTGRES']
  if (named !== undefined && named !== '') return service(named)
  const reasons: string[] = []
  for (const url of environment['GODWIT_TEST_NO_SERVICE'] === '1' ? [] : usualUrls) {
    const found = await service(url)
    if (typeof found !== 'string') return found
    reasons.push(found)
  }
  try {
    const { url, stop } = await startEmbeddedPostgres()
    const found = await service(url)
    return typeof found === 'string' ? found : { ...found, label: `${found.label}, started for this run`, stop }
  } catch (error) {
    return [...reasons, `no embedded PostgreSQL: ${inWords(error)}`].join('; ')
  }
}

async function service(url: string): Promise<PostgresServer | string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  const { host, port } = client
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; able: boolean }>(
      "SELECT current_setting('server_version') AS version, rolcreatedb OR rolsuper AS able FROM pg_roles WHERE rolname = current_user",
    )
    const [found] = rows
    if (found?.able !== true) return `the user of ${host}:${port} may not create databases`
    return { url, label: `PostgreSQL ${found.version} at ${host}:${port}`, stop: async () => {} }
  } catch (error) {
    return `no PostgreSQL at ${host}:${port}: ${inWords(error)}`
  } finally {
    await client.end().catch(() => {})
  }
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Drops the databases that processes which are gone have left behind. */
export async function dropLeftovers(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  if (!isThisMachine(client.host)) return
  await client.connect()
  try {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database')
    const left = leftDatabases(rows.map(({ datname }) => datname))
    // Another run may be dropping the same.
    for (const name of left) await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`).catch(() => {})
  } finally {
    await client.end()
  }
}

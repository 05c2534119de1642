import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise'
import { isThisMachine, leftDatabases } from './own-databases.ts'
import { startOwnMariadb } from './own-mariadb.ts'

/** The MariaDB of this run. */
export interface MariadbServer {
  /** Of a maintenance database: from there tests make their own. */
  readonly url: string
  /** What it is, for people: version and where. */
  readonly label: string
  stop(): Promise<void>
}

/** Where a service is looked for when the environment names none. */
const usualUrl = 'mariadb://root@127.0.0.1:3306/mysql'

/**
 * Finds the server for a run of tests: the one that GODWIT_TEST_MARIADB names, else a service at the usual place, else one that is started from the
 * installed program. GODWIT_TEST_NO_SERVICE=1 passes the service over. Returns why there is none where there is none.
 */
export async function findMariadb(environment: NodeJS.ProcessEnv = process.env): Promise<MariadbServer | string> {
  const named = environment['GODWIT_TEST_MARIADB']
  if (named !== undefined && named !== '') return service(named)
  const reasons: string[] = []
  if (environment['GODWIT_TEST_NO_SERVICE'] !== '1') {
    const found = await service(usualUrl)
    if (typeof found !== 'string') return found
    reasons.push(found)
  }
  try {
    const { url, stop } = await startOwnMariadb()
    const found = await service(url)
    return typeof found === 'string' ? found : { ...found, label: `${found.label}, started for this run`, stop }
  } catch (error) {
    return [...reasons, `none of the run’s own: ${inWords(error)}`].join('; ')
  }
}

async function service(url: string): Promise<MariadbServer | string> {
  const { host } = new URL(url)
  let connection: Connection | undefined
  try {
    connection = await createConnection({ uri: url, connectTimeout: 3000 })
    const [version] = await column(connection, 'SELECT version() AS found')
    if (version === undefined || !/mariadb/i.test(version)) return `the server at ${host} is no MariaDB but ${version}`
    const [number] = version.split('-')
    return { url, label: `MariaDB ${number} at ${host}`, stop: async () => {} }
  } catch (error) {
    return `no MariaDB at ${host}: ${inWords(error)}`
  } finally {
    await connection?.end()
  }
}

/** The only column of the answer, named `found`. */
async function column(connection: Connection, query: string): Promise<readonly string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(query)
  return rows.map(({ found }) => String(found))
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Where several addresses were tried, only the code says anything.
  return error.message !== '' ? error.message : String('code' in error ? error.code : error.name)
}

/** Drops the databases that processes which are gone have left behind, on a server of either kind. */
export async function dropLeftovers(url: string): Promise<void> {
  if (!isThisMachine(new URL(url).hostname)) return
  const connection = await createConnection({ uri: url, connectTimeout: 3000 })
  try {
    const left = leftDatabases(await column(connection, 'SELECT schema_name AS found FROM information_schema.schemata'))
    // Another run may be dropping the same.
    for (const name of left) await connection.query(`DROP DATABASE IF EXISTS \`${name}\``).catch(() => {})
  } finally {
    await connection.end()
  }
}

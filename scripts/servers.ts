import { dropLeftovers as dropLeftoversOnMysql } from '../test/support/mariadb-server.ts'
import { dropLeftovers as dropLeftoversOnPostgres, type PostgresServer } from '../test/support/postgres-server.ts'

/** A server that tests make their databases on. */
export type Server = Pick<PostgresServer, 'url' | 'label' | 'stop'>

/** Tells the tests of a server by the variable `GODWIT_TEST_<NAME>`, or by name why there is none, and takes out what earlier runs left on it. */
export async function offer(name: 'PostgreSQL' | 'MariaDB' | 'MySQL', found: Server | string): Promise<void> {
  const variable = `GODWIT_TEST_${name === 'PostgreSQL' ? 'POSTGRES' : name.toUpperCase()}`
  if (typeof found === 'string') {
    console.log(`no ${name}: ${found}`)
    process.env[variable] = ''
    process.env[`${variable}_ABSENT`] = found
    return
  }
  console.log(found.label)
  process.env[variable] = found.url
  await dropLeftovers(found.url)
}

/** Takes out what tests left behind, and stops the server if it was started for the run. */
export async function dismiss(found: Server | string): Promise<void> {
  if (typeof found === 'string') return
  await dropLeftovers(found.url)
  await found.stop()
}

const dropLeftovers = (url: string): Promise<void> =>
  url.startsWith('postgres') ? dropLeftoversOnPostgres(url) : dropLeftoversOnMysql(url)

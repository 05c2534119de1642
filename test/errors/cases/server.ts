import { openSession } from '../../support/open-session.ts'
import { type Refusal, refusingServer } from '../../support/refusing-server.ts'
import type { BadInput, Place } from '../bad-input.ts'
import { configOf, second } from '../base-project.ts'

const database = (url: string) => configOf(`{ apps: ['./accounts', './billing'], databases: { default: '${url}' } }`)
const pending = second("addField({ model: 'Invoice', name: 'status', field: f.text({ null: true }) })")
const run = ['migrate']

/** A role of this process's own that may read and write, and nothing else. It goes with the run. */
export const guest = `godwit_test_guest_${process.pid}`
const madeGuest = `
  DO $$ BEGIN
    CREATE ROLE ${guest} LOGIN PASSWORD 'hunter2';
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$;
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${guest};
`

/** The config names the same database, entered as the guest. */
function asGuest({ database, configure }: Place): undefined {
  const url = new URL(database.url)
  url.username = guest
  url.password = 'hunter2'
  configure(url.href)
}

/** A server that lets nobody in, for this reason. */
function refusedWith(refusal: Refusal) {
  return async ({ configure }: Place): Promise<() => void> => {
    const { server, port } = await refusingServer(refusal)
    configure(`postgres://shop:hunter2@127.0.0.1:${port}/shop`)
    return () => server.close()
  }
}

/** A connection that has run this text and stays open until the command has ended. */
function whileOpen(text: string) {
  return async ({ database }: Place): Promise<() => Promise<void>> => {
    const client = await database.connect()
    await client.exec(text)
    return () => client.close()
  }
}

async function whileMigrating({ database }: Place): Promise<() => Promise<void>> {
  const session = await openSession(database.url)
  await session.lock({ timeout: 1000 })
  return () => session.close()
}

/** Servers that cannot be reached, do not let one in, or do not do as they are asked. */
export const serverCases: readonly BadInput[] = [
  {
    name: 'the host of the server does not exist',
    files: database('postgres://shop:hunter2@db.example.invalid:5432/shop'),
    run,
    code: 'database.noConnection',
    names: 'db.example.invalid',
    hides: 'hunter2',
  },
  {
    name: 'nothing listens at the port of the server',
    files: database('postgresql://shop:hunter2@127.0.0.1:1/shop'),
    run,
    code: 'database.noConnection',
    names: '127.0.0.1:1',
    hides: 'hunter2',
  },
  {
    name: 'the server has no such database',
    arrange: ({ database, configure }) => {
      const url = new URL(database.url)
      url.pathname = '/shpo'
      configure(url.href)
      return undefined
    },
    run,
    code: 'database.noSuchDatabase',
    names: 'shpo',
  },
  {
    name: 'the password is wrong',
    arrange: refusedWith({ code: '28P01', message: 'password authentication failed for user "shop"' }),
    run,
    code: 'database.loginRefused',
    names: 'shop',
    hides: 'hunter2',
  },
  {
    name: 'the server has no connection left',
    arrange: refusedWith({ code: '53300', message: 'sorry, too many clients already' }),
    run,
    code: 'database.noConnection',
    names: 'too many clients',
    hides: 'hunter2',
  },
  {
    name: 'the server is starting',
    arrange: refusedWith({ code: '57P03', message: 'the database system is starting up' }),
    run,
    code: 'database.noConnection',
    names: 'starting up',
    hides: 'hunter2',
  },
  {
    name: 'the password in the URL is not encoded',
    files: database('postgres://shop:hunter2/#@127.0.0.1:port/shop'),
    run,
    code: 'database.badPostgresUrl',
    hides: 'hunter2',
  },
  {
    name: 'the database takes no writes',
    files: pending,
    arrange: async ({ database }) => {
      const client = await database.connect()
      const name = new URL(database.url).pathname.slice(1)
      await client.exec(`ALTER DATABASE ${name} SET default_transaction_read_only = on`)
      await client.close()
      return undefined
    },
    run,
    code: 'database.writesRefused',
  },
  {
    name: 'the search path names no schema that exists',
    files: pending,
    arrange: async ({ database }) => {
      const client = await database.connect()
      const name = new URL(database.url).pathname.slice(1)
      await client.exec(`ALTER DATABASE ${name} SET search_path = shop`)
      await client.close()
      return undefined
    },
    run,
    code: 'database.noSchema',
    names: 'shop',
  },
  {
    name: 'the role does not own the table',
    files: pending,
    sql: madeGuest,
    arrange: asGuest,
    run,
    code: 'execution.stepFailed',
    names: 'billing_invoice',
    hides: 'hunter2',
  },
  {
    name: 'the role may not create tables',
    files: second("createModel({ name: 'Payment', fields: { id: f.bigAuto({ primaryKey: true }) } })"),
    sql: madeGuest,
    arrange: asGuest,
    run,
    code: 'execution.stepFailed',
    names: 'schema public',
    hides: 'hunter2',
  },
  {
    name: 'migrations are to be verified by a role that may not make databases',
    sql: madeGuest,
    arrange: asGuest,
    run: ['verify'],
    code: 'database.scratchRefused',
    hides: 'hunter2',
  },
  {
    name: 'another process is migrating the database of the server',
    files: pending,
    arrange: whileMigrating,
    run: ['migrate', '--wait', '0.2'],
    code: 'database.lockTimeout',
    names: 'godwit',
  },
  {
    name: 'another transaction holds the table',
    files: pending,
    arrange: whileOpen("SET application_name = 'report'; BEGIN; SELECT count(*) FROM billing_invoice"),
    run: ['migrate', '--lock-timeout', '0.2', '--lock-retries', '0'],
    code: 'execution.stepFailed',
    names: 'report',
  },
  {
    name: 'a statement takes longer than it may',
    files: second("runSql({ forwards: 'SELECT pg_sleep(10)' })"),
    run: ['migrate', '--statement-timeout', '0.2'],
    code: 'execution.stepFailed',
    names: '0.2 seconds',
  },
  {
    name: 'the server ends the connection in the middle of a migration',
    files: second(
      "runSql({ forwards: ['UPDATE billing_invoice SET total = 0', 'SELECT pg_terminate_backend(pg_backend_pid())'] })",
    ),
    run,
    code: 'execution.stepFailed',
    names: 'was lost',
  },
]

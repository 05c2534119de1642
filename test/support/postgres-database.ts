import { after } from 'node:test'
import pg from 'pg'
import { openSession } from './open-session.ts'
import { ownDatabaseName } from './own-databases.ts'
import type { Client, DatabaseUnderTest, TestDatabase } from './test-database.ts'

/** Of a maintenance database; the test command sets it. Empty where no server was found. */
const serverUrl = process.env['GODWIT_TEST_POSTGRES'] ?? ''

/** PostgreSQL by a server of its own. */
export const postgresUnderTest: DatabaseUnderTest = {
  name: 'PostgreSQL',
  kind: 'postgres',
  skip: serverUrl !== '' ? false : (process.env['GODWIT_TEST_POSTGRES_ABSENT'] ?? 'run it by `npm test -- <file>`'),
  create: () => createFrom('template1'),
  createScratch: () => createFrom('template1'),
}

let created = 0
const held = new Set<string>()
// Here, where the file is imported: inside a test it would belong to that test.
after(async () => {
  for (const name of [...held]) await dropDatabase(name)
})

/** Runs a statement in the maintenance database. */
export async function maintain(text: string): Promise<void> {
  const client = await connectPostgres(serverUrl)
  try {
    await client.exec(text)
  } finally {
    await client.close()
  }
}

async function dropDatabase(name: string): Promise<void> {
  held.delete(name)
  await maintain(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
}

async function createFrom(template: string): Promise<TestDatabase> {
  created += 1
  const name = ownDatabaseName(created)
  held.add(name)
  await maintain(`CREATE DATABASE "${name}" TEMPLATE "${template}"`)
  return postgresDatabase(name)
}

/** The URL of a database on the server of this run. */
export function postgresUrl(name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

function postgresDatabase(name: string): TestDatabase {
  const url = postgresUrl(name)
  return {
    url,
    openSession: (options) => openSession(url, options),
    connect: () => connectPostgres(url),
    async empty() {
      const client = await connectPostgres(url)
      await client.exec(emptying)
      await client.close()
    },
    copy: () => createFrom(name),
    drop: () => dropDatabase(name),
  }
}

/** Extensions first, which may own whole schemas. */
const emptying = `
DO $$
DECLARE found name;
BEGIN
  FOR found IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP
    EXECUTE format('DROP EXTENSION IF EXISTS %I CASCADE', found);
  END LOOP;
  FOR found IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', found);
  END LOOP;
END $$;
CREATE SCHEMA public;
`

/** A plain connection to a server. */
export async function connectPostgres(url: string): Promise<Client> {
  const client = new pg.Client({ connectionString: url })
  // A server that is told to end a connection says so whenever it likes.
  client.on('error', () => {})
  await client.connect()
  return {
    exec: async (text) => void (await client.query(text)),
    all: async (query) => (await client.query(query)).rows,
    close: () => client.end(),
  }
}

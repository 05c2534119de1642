import { after, test } from 'node:test'
import { openPglite } from '../../../src/dialects/postgres/index.ts'
import type { Row, Session } from '../../../src/schema/dialect.ts'
import { diff } from '../../../src/schema/diff.ts'
import { objectKey, type Schema, type SchemaObject, type Table } from '../../../src/schema/schema.ts'
import { verbatim } from '../../../src/schema/sql.ts'
import { postgresUnderTest } from '../../support/postgres-database.ts'

/** PostgreSQL by a server, and PGlite in this process: each with one session for a whole file, since PGlite takes seconds to start. */
const servers = [
  {
    name: 'PostgreSQL',
    skip: postgresUnderTest.skip,
    open: async () => (await postgresUnderTest.create()).openSession(),
  },
  { name: 'PGlite', skip: false as const, open: () => openPglite({}) },
]

const open = new Map<string, Promise<Session>>()
after(async () => {
  for (const session of open.values()) await (await session).close()
})

/** A test on each of the two, in a database that holds nothing but what the text makes. */
export function testOnBoth(
  name: string,
  text: string,
  work: (session: Session, server: string) => Promise<void>,
): void {
  for (const server of servers) {
    test(`${server.name}: ${name}`, { skip: server.skip }, async () => {
      const session = await (open.get(server.name) ?? opened(server))
      await empty(session)
      await session.script(text)
      await work(session, server.name)
    })
  }
}

function opened({ name, open: start }: (typeof servers)[number]): Promise<Session> {
  const session = start()
  open.set(name, session)
  return session
}

async function empty(session: Session): Promise<void> {
  const schemas = await rows(
    session,
    "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$'",
  )
  for (const { name } of schemas) await session.script(`DROP SCHEMA ${name} CASCADE`)
  await session.script('CREATE SCHEMA public')
}

export async function rows(session: Session, text: string): Promise<readonly Row[]> {
  return session.query(verbatim(text))
}

/** What differs between the database and a declared Schema, once the server has spelled it. */
export async function differences(session: Session, declared: Schema): Promise<ReturnType<typeof diff>> {
  const { dialect } = session
  return diff(await session.inspect(), await dialect.canonicalise(declared, session), {
    match: 'name',
    comparison: dialect.comparison,
  })
}

export function schemaOf(tables: readonly Table[], objects: readonly SchemaObject[] = []): Schema {
  return {
    tables: new Map(tables.map((table) => [table.name, table])),
    ...(objects.length === 0 ? {} : { objects: new Map(objects.map((object) => [objectKey(object), object])) }),
    others: [],
  }
}

/** A table with what a test says and nothing else. */
export function table(name: string, parts: Partial<Table> & Pick<Table, 'columns'>): Table {
  return { name, uniques: [], foreignKeys: [], checks: [], indexes: [], ...parts }
}

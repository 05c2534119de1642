import assert from 'node:assert/strict'
import { openPostgres } from '../../../src/dialects/postgres/index.ts'
import type { Change } from '../../../src/schema/change.ts'
import type { Row, Session } from '../../../src/schema/dialect.ts'
import { diff } from '../../../src/schema/diff.ts'
import type { Intent } from '../../../src/schema/intent.ts'
import { emptySchema, objectKey, type Schema, type SchemaObject, type Table } from '../../../src/schema/schema.ts'
import { verbatim } from '../../../src/schema/sql.ts'
import type { Step } from '../../../src/schema/step.ts'

const server = process.env['GODWIT_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432/test'

/** A database of the server for one test file, dropped at the end. */
export async function scratchDatabase(name: string): Promise<{ session: Session; drop: () => Promise<void> }> {
  const admin = await openPostgres({ url: server })
  await admin.script(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  await admin.script(`CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const session = await openPostgres({ url: url.href })
  return {
    session,
    async drop() {
      await session.close()
      await admin.script(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.close()
    },
  }
}

/** Empties a scratch database. */
export async function emptied(session: Session): Promise<void> {
  const schemas = await rows(
    session,
    "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$)'",
  )
  await session.script(
    `SET client_min_messages = error; ${schemas.map((row) => `DROP SCHEMA ${String(row['name'])} CASCADE;`).join(' ')} CREATE SCHEMA public;`,
  )
}

export async function rows(session: Session, text: string): Promise<readonly Row[]> {
  return session.query(verbatim(text))
}

export function schemaOf(tables: readonly Table[], objects: readonly SchemaObject[] = []): Schema {
  return {
    tables: new Map(tables.map((table) => [table.name, table])),
    ...(objects.length === 0 ? {} : { objects: new Map(objects.map((object) => [objectKey(object), object])) }),
    others: [],
  }
}

/** Makes some changes in a database, as the executor does. */
export async function carryOut(
  session: Session,
  plan: { readonly before: Schema; readonly after: Schema; readonly changes: readonly Change[] },
): Promise<readonly Step[]> {
  const { dialect } = session
  const facts = dialect.needsFacts(plan.changes) ? await session.facts(plan.changes) : undefined
  const steps = dialect.plan({ ...plan, foreignKeys: 'enforced', ...(facts === undefined ? {} : { facts }) })
  const isInside = steps.every((step) => step.kind !== 'statement' || step.outsideTransaction !== true)
  if (isInside) await session.transaction(() => runSteps(session, steps))
  else await runSteps(session, steps)
  return steps
}

async function runSteps(session: Session, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    assert.equal(step.kind, 'statement')
    if (step.kind !== 'statement') continue
    const run = () => session.query(step.sql)
    if (step.outsideTransaction) await session.outsideTransaction(run)
    else await run()
  }
}

/** Turns one Schema into another; what came out is what was asked for. Gives the statements. */
export async function become(
  session: Session,
  before: Schema,
  after: Schema,
  intents: readonly Intent[] = [],
): Promise<readonly string[]> {
  const changes = diff(before, after, { match: 'lineage', comparison: session.dialect.comparison, intents })
  const steps = await carryOut(session, { before, after, changes })
  assert.deepEqual(await differences(session, after), [])
  return steps.map((step) => (step.kind === 'statement' ? session.dialect.toText(step.sql) : step.kind))
}

/** Makes a Schema in an empty database. */
export async function make(session: Session, schema: Schema): Promise<void> {
  await emptied(session)
  await become(session, emptySchema, schema)
}

/** What is left to do to make the database what a Schema says. */
export async function differences(session: Session, expected: Schema): Promise<readonly Change[]> {
  const schemas = [...expected.tables.keys()].flatMap((name) => (name.includes('.') ? [name.split('.')[0] ?? ''] : []))
  const real = await session.inspect({ schemas: [...new Set(schemas)] })
  const declared = await session.dialect.canonicalise(expected, session)
  return diff(real, declared, { match: 'name', comparison: session.dialect.comparison })
}

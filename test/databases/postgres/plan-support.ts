import assert from 'node:assert/strict'
import type { Change } from '../../../src/schema/change.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import { diff } from '../../../src/schema/diff.ts'
import type { Intent } from '../../../src/schema/intent.ts'
import { emptySchema, type Schema } from '../../../src/schema/schema.ts'
import type { Step } from '../../../src/schema/step.ts'
import { rows } from './two-servers.ts'

/** Empties a scratch database. */
export async function emptied(session: Session): Promise<void> {
  const schemas = await rows(
    session,
    "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$)'",
  )
  const drops = schemas.map((row) => `DROP SCHEMA ${String(row['name'])} CASCADE;`)
  await session.script(`SET client_min_messages = error; ${drops.join(' ')} CREATE SCHEMA public;`)
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

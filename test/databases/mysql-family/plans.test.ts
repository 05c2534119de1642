import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { mariadb } from '../../../src/dialects/mariadb/index.ts'
import { mysql } from '../../../src/dialects/mysql/index.ts'
import { applyChanges } from '../../../src/schema/apply-changes.ts'
import type { Dialect, Facts, Session } from '../../../src/schema/dialect.ts'
import { diff } from '../../../src/schema/diff.ts'
import type { Intent } from '../../../src/schema/intent.ts'
import { emptySchema, type Schema, type Table } from '../../../src/schema/schema.ts'
import { verbatim } from '../../../src/schema/sql.ts'
import type { StatementStep } from '../../../src/schema/step.ts'
import type { PlanCase } from './plan-cases/plan-case.ts'
import { planCases } from './plan-cases/plan-cases.ts'
import { testInDatabase } from './support.ts'

/** What is planned, as text to be read in a review. `GODWIT_UPDATE=1` writes it anew. */
const golden = new URL('./plans.txt', import.meta.url)
const subjects = [mariadb('10.11.19'), mariadb('11.8.9'), mysql('9.7.4')]

test('the plans are what was reviewed', async () => {
  const text = planCases.map(inWords).join('\n')
  if (process.env['GODWIT_UPDATE'] === '1') await writeFile(golden, text)
  assert.equal(text, await readFile(golden, 'utf8'))
})

test('what each step makes, one after the other, is what the plan is for', () => {
  for (const one of planCases) {
    for (const dialect of subjects.filter(({ name }) => isFor(one, name))) {
      const { before, after, intents } = forwards(one)
      const makes = planned(dialect, before, after, intents).flatMap((step) => step.makes ?? [])
      const left = diff(applyChanges(before, makes), after, { match: 'name', comparison: dialect.comparison })
      assert.deepEqual(left, [], one.name)
    }
  }
})

for (const one of planCases) {
  testInDatabase(`forwards, and the rows survive: ${one.name}`, '', async (session) => {
    if (!isFor(one, session.dialect.name)) return
    const { before, after, intents } = forwards(one)
    await carriedOut(session, emptySchema, before, [])
    for (const statement of one.rows ?? []) await session.query(verbatim(statement))
    await carriedOut(session, before, after, intents)
    for (const [query, rows] of Object.entries(one.holds ?? {})) assert.deepEqual(await rowsOf(session, query), rows)
  })
  testInDatabase(`backwards: ${one.name}`, '', async (session) => {
    if (!isFor(one, session.dialect.name)) return
    const { before, after } = forwards(one)
    await carriedOut(session, emptySchema, after, [])
    await carriedOut(session, after, before, [])
  })
}

function isFor({ only }: PlanCase, name: string): boolean {
  return only === undefined || only === name
}

function forwards({ before, after, intents = [] }: PlanCase) {
  return { before: schemaOf(before), after: schemaOf(after), intents }
}

function schemaOf(tables: readonly Table[]): Schema {
  return { tables: new Map(tables.map((table) => [table.name, table])), others: [] }
}

function planned(
  dialect: Dialect,
  before: Schema,
  after: Schema,
  intents: readonly Intent[],
  facts?: Facts,
): readonly StatementStep[] {
  const changes = diff(before, after, { match: 'lineage', comparison: dialect.comparison, intents })
  const input = { before, after, changes, foreignKeys: 'enforced', ...(facts === undefined ? {} : { facts }) } as const
  return dialect.plan(input).filter((step) => step.kind === 'statement')
}

/** Makes one schema of another, each statement in the way that was planned. What is inspected then is what was wanted. */
async function carriedOut(session: Session, before: Schema, after: Schema, intents: readonly Intent[]): Promise<void> {
  const { dialect } = session
  const { comparison } = dialect
  const changes = diff(before, after, { match: 'lineage', comparison, intents })
  const facts = dialect.needsFacts(changes) ? await session.facts(changes) : undefined
  for (const step of planned(dialect, before, after, intents, facts)) await session.query(step.sql)
  const wanted = await dialect.canonicalise(after, session)
  assert.deepEqual(diff(await session.inspect(), wanted, { match: 'name', comparison }), [])
}

async function rowsOf(session: Session, query: string): Promise<readonly (readonly (string | null)[])[]> {
  const rows = await session.query(verbatim(query))
  return rows.map((row) => Object.values(row).map((value) => (value === null ? null : String(value))))
}

function inWords(one: PlanCase): string {
  const { before, after, intents } = forwards(one)
  const plans = subjects.flatMap((dialect) => {
    if (!isFor(one, dialect.name)) return []
    const steps = planned(dialect, before, after, intents)
    return [{ of: `${dialect.name} ${dialect.version}`, lines: steps.map(({ sql }) => `  ${dialect.toText(sql)}\n`) }]
  })
  // What is planned alike stands once.
  const alike = Map.groupBy(plans, ({ lines }) => lines.join(''))
  const parts = [...alike].map(([lines, same]) => `${same.map(({ of }) => of).join(', ')}:\n${lines}`)
  return `# ${one.name}\n${parts.join('')}`
}

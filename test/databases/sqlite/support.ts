import assert from 'node:assert/strict'
import { capabilitiesOf } from '../../../src/dialects/sqlite/capabilities.ts'
import { readFacts } from '../../../src/dialects/sqlite/facts.ts'
import { openSqlite, sqlite } from '../../../src/dialects/sqlite/index.ts'
import type { Change } from '../../../src/schema/change.ts'
import type { Row, Session } from '../../../src/schema/dialect.ts'
import { diff } from '../../../src/schema/diff.ts'
import type { Column, Schema, Table } from '../../../src/schema/schema.ts'
import { verbatim } from '../../../src/schema/sql.ts'
import type { Step } from '../../../src/schema/step.ts'

/** How a plan is made and run: by the newest ALTER TABLE or by rebuilds, with foreign keys off or on. */
export interface Way {
  readonly version: string
  readonly foreignKeys: 'suspended' | 'enforced'
}

export const ways: readonly Way[] = ['3.53.4', '3.50.0'].flatMap((version) =>
  (['suspended', 'enforced'] as const).map((foreignKeys) => ({ version, foreignKeys })),
)

/** The ways that the SQLite of this Node can go. */
export const runnableWays: readonly Way[] = ways.filter(({ version }) => {
  const plannedForOld = !capabilitiesOf(version).altersConstraints
  return plannedForOld || capabilitiesOf(process.versions['sqlite'] ?? '').altersConstraints
})

/** An empty database in memory that was filled by hand. */
export async function database(text = ''): Promise<Session> {
  const session = await openSqlite({ path: ':memory:' })
  await session.script(text)
  return session
}

export async function rows(session: Session, text: string): Promise<readonly Row[]> {
  return session.query(verbatim(text))
}

/** Makes changes in a database, as the executor does. */
export async function carryOut(
  session: Session,
  plan: { readonly before: Schema; readonly after: Schema; readonly changes: readonly Change[] },
  { version, foreignKeys }: Way,
): Promise<readonly Step[]> {
  const dialect = sqlite(version)
  return session.transaction(
    async () => {
      const facts = dialect.needsFacts(plan.changes)
        ? await readFacts(plan.changes, capabilitiesOf(version), session.query, foreignKeys)
        : undefined
      const steps = dialect.plan({ ...plan, foreignKeys, ...(facts === undefined ? {} : { facts }) })
      await runSteps(session, steps)
      return steps
    },
    { suspendForeignKeys: foreignKeys === 'suspended' },
  )
}

async function runSteps(session: Session, steps: readonly Step[]): Promise<void> {
  const remembered = new Map<string, readonly Row[]>()
  for (const step of steps) {
    if (step.kind === 'statement') await session.query(step.sql)
    if (step.kind === 'remember') remembered.set(step.key, await session.query(step.query))
    if (step.kind === 'compare')
      assert.deepEqual(await session.query(step.query), remembered.get(step.key), step.subject)
  }
}

/** Turns a database into what a function makes of its Schema. */
export async function alter(session: Session, edit: (schema: Schema) => Schema, way: Way): Promise<readonly Step[]> {
  const before = withLineage(await session.inspect())
  const after = edit(before)
  const changes = diff(before, after, { match: 'lineage', comparison: session.dialect.comparison })
  return carryOut(session, { before, after, changes }, way)
}

/** Gives every table and column an identity, so that a changed name is a rename. */
export function withLineage(schema: Schema): Schema {
  return {
    ...schema,
    tables: new Map(
      [...schema.tables].map(([name, table]) => [
        name,
        {
          ...table,
          identity: table.identity ?? name,
          columns: table.columns.map((column) => ({
            ...column,
            identity: column.identity ?? `${name}.${column.name}`,
          })),
        },
      ]),
    ),
  }
}

export function editTable(name: string, edit: (table: Table) => Table): (schema: Schema) => Schema {
  return (schema) => ({
    ...schema,
    tables: new Map(
      [...schema.tables.values()].map((table) => {
        const edited = table.name === name ? edit(table) : table
        return [edited.name, edited]
      }),
    ),
  })
}

export function editColumn(table: string, column: string, edit: Partial<Column>): (schema: Schema) => Schema {
  return editTable(table, (entry) => ({
    ...entry,
    columns: entry.columns.map((current) => (current.name === column ? { ...current, ...edit } : current)),
  }))
}

/** What differs between the database and a Schema, by the rules of comparison. */
export async function differences(session: Session, expected: Schema): Promise<readonly Change[]> {
  return diff(await session.inspect(), expected, { match: 'name', comparison: session.dialect.comparison })
}

/** The statements of a plan as text, one a line. */
export function textOf(steps: readonly Step[]): readonly string[] {
  const { toText } = sqlite()
  return steps.map((step) => {
    if (step.kind === 'statement') return toText(step.sql)
    return `${step.kind} ${step.key}`
  })
}

/** A Schema of some tables. */
export function schemaOf(...tables: readonly Table[]): Schema {
  return { tables: new Map(tables.map((table) => [table.name, table])), others: [] }
}

/** A table with what a test says and nothing else. */
export function table(name: string, parts: Partial<Table> & { readonly columns: readonly Column[] }): Table {
  return { name, uniques: [], foreignKeys: [], checks: [], indexes: [], ...parts }
}

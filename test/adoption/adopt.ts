import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { detectMigrations } from '../../src/autodetector/detect-migrations.ts'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph } from '../../src/history/graph.ts'
import { type Migration, migrationKey } from '../../src/history/migration.ts'
import { applyMigration } from '../../src/history/replay.ts'
import { resolveTarget } from '../../src/history/resolve-target.ts'
import { isModel } from '../../src/index.ts'
import { type InspectedModels, inspectedModels } from '../../src/reality/inspected-models.ts'
import type { Change } from '../../src/schema/change.ts'
import type { Row, Session } from '../../src/schema/dialect.ts'
import { diff } from '../../src/schema/diff.ts'
import type { Schema } from '../../src/schema/schema.ts'
import { names, sql } from '../../src/schema/sql.ts'
import { project } from '../../src/state/project.ts'
import { emptyState, modelsOf, type ProjectState } from '../../src/state/project-state.ts'
import { resolveModels } from '../../src/state/resolve-models.ts'
import { statesEqual } from '../../src/state/states-equal.ts'
import { facetsOf } from '../../src/state/table-facets.ts'
import { createProject } from '../support/project.ts'
import type { DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'
import { app } from './app.ts'
import type { Changed } from './changed.ts'

/** A database that Godwit has not made, and the models that were read out of it. */
export interface Adopted {
  readonly read: InspectedModels
  /** Runs the first migration on an empty database, which then has the same tables but for what the comments tell. */
  makeElsewhere(): Promise<void>
  /** Detects what leads to other models, applies it, takes it back and applies it again; schema and rows are compared on the way. */
  evolve(to: Changed, options?: EvolveOptions): Promise<void>
}

export interface EvolveOptions {
  /** `table.column`, as it was before: its values do not come back. */
  readonly lost?: readonly string[]
  /** `table.column` before, and what it is called afterwards. */
  readonly renamed?: Readonly<Record<string, string>>
}

/** The statements that make a schema on a kind of database; MariaDB and MySQL share them. */
export function editionFor({ kind }: DatabaseUnderTest, schema: string): string {
  return textOf(`${schema}/${kind === 'mariadb' ? 'mysql' : kind}.sql`)
}

/** The text of a file of this folder. */
export function textOf(path: string): string {
  return readFileSync(join(import.meta.dirname, path), 'utf8')
}

/** What was read is what was approved; GODWIT_UPDATE=1 approves it anew. */
export function assertApproved(schema: string, { kind }: DatabaseUnderTest, source: string): void {
  const file = join(import.meta.dirname, schema, `models.${kind}.txt`)
  if (process.env['GODWIT_UPDATE'] === '1') writeFileSync(file, source)
  assert.equal(source, readFileSync(file, 'utf8'))
}

/** Makes a database of statements that know no Godwit, reads its models and adopts them, as a person would. */
export async function adopt(
  on: DatabaseUnderTest,
  texts: readonly string[],
  work: (adopted: Adopted) => Promise<void>,
) {
  const database = await on.create()
  await fill(database, texts)
  const session = await database.openSession()
  try {
    const inspected = await session.inspect()
    const read = inspectedModels({ schema: inspected, dialect: session.dialect, app })
    const written = await loaded(read.source)
    assert.ok(statesEqual(written, read.state), 'what the file says is what was read')
    const initial = detect(emptyState, written, new Map())
    const graph = buildGraph(initial)
    await migrate({ session, graph, fake: true })
    assert.deepEqual(diffed(inspected, await session.inspect(), session), [], 'adopting changes nothing')
    await assertSays(session, written, read)
    await work({
      read,
      makeElsewhere: () => makeElsewhere(on, initial, written, read),
      evolve: (to, options = {}) => evolve({ session, inspected, initial, from: written, to, read }, options),
    })
  } finally {
    await session.close()
    await database.drop()
  }
}

async function fill(database: TestDatabase, texts: readonly string[]): Promise<void> {
  const client = await database.connect()
  try {
    for (const text of texts) await client.exec(text)
  } finally {
    await client.close()
  }
}

/** The State that a models.ts declares, read as Node reads it. */
async function loaded(source: string): Promise<ProjectState> {
  const { dir } = createProject({ files: { [`${app}/models.ts`]: source } })
  const module: object = await import(pathToFileURL(join(dir, app, 'models.ts')).href)
  return resolveModels(new Map([[app, Object.values(module).filter(isModel)]])).state
}

function detect(
  from: ProjectState,
  to: ProjectState,
  leaves: ReadonlyMap<string, string>,
  hints: ReadonlyMap<string, string> = new Map(),
): readonly Migration[] {
  const outcome = detectMigrations({ from, to, leaves, now: new Date(0), hints })
  if (outcome.kind === 'questions') assert.fail(JSON.stringify(outcome.questions))
  return outcome.migrations
}

/** The models say all of the database but what the comments tell. */
async function assertSays(session: Session, state: ProjectState, { differences }: InspectedModels): Promise<void> {
  const inspected = await session.inspect()
  const { objects: _, ...declared } = await session.dialect.canonicalise(project(state, session.dialect), session)
  const known = new Set(declared.tables.keys())
  const ours = { tables: new Map([...inspected.tables].filter(([name]) => known.has(name))), others: [] }
  const told = [...differences.values()].flat().map(({ change }) => wordsOf(change))
  const found = diffed(ours, declared, session)
  assert.deepEqual(found.map(wordsOf).toSorted(), told.toSorted())
}

function diffed(before: Schema, after: Schema, { dialect }: Session): readonly Change[] {
  const changes = diff(before, after, { match: 'name', comparison: dialect.comparison })
  return changes.filter((change) => !isFreeName(change))
}

function isFreeName(change: Change): boolean {
  return change.kind.startsWith('rename') && 'before' in change && 'generatedName' in Object(change.before)
}

/** What a change is about, without its expressions, which a server may spell otherwise. */
function wordsOf(change: Change): string {
  const named = Object.values(change).flatMap((part: unknown) =>
    typeof part === 'object' && part !== null && 'name' in part ? [part.name] : [],
  )
  return JSON.stringify([change.kind, 'table' in change ? change.table : '', named])
}

async function makeElsewhere(
  on: DatabaseUnderTest,
  initial: readonly Migration[],
  state: ProjectState,
  read: InspectedModels,
): Promise<void> {
  const database = await on.create()
  const session = await database.openSession()
  try {
    await migrate({ session, graph: buildGraph(initial) })
    await assertSays(session, state, { ...read, differences: new Map() })
  } finally {
    await session.close()
    await database.drop()
  }
}

interface Evolution {
  readonly session: Session
  readonly inspected: Schema
  readonly initial: readonly Migration[]
  readonly from: ProjectState
  readonly to: Changed
  readonly read: InspectedModels
}

async function evolve(
  { session, inspected, initial, from, to: { state: to, hints }, read }: Evolution,
  { lost = [], renamed = {} }: EvolveOptions,
): Promise<void> {
  const leaves = new Map(initial.map(({ app: label, name }) => [label, name]))
  const next = detect(initial.reduce(applyMigration, emptyState), to, leaves, hints)
  assert.ok(next.length > 0, 'there is something to migrate')
  const before = await rowsOf(session, from, (table, column) => !lost.includes(`${table}.${column}`))
  const graph = buildGraph([...initial, ...next])
  await migrate({ session, graph })
  const replayed = [...initial, ...next].reduce(applyMigration, emptyState)
  assert.deepEqual(detect(replayed, to, new Map()), [], 'no change is left to be detected')
  await assertSays(session, to, read)
  const called = (table: string, column: string): string => renamed[`${table}.${column}`] ?? column
  const between = await rowsOf(session, from, (table, column) => !lost.includes(`${table}.${column}`), called)
  assert.deepEqual(between, before, 'the rows are as they were, forwards')

  const target = resolveTarget(graph, app, initial.at(-1)?.name ?? 'zero')
  await migrate({ session, graph, target })
  await assertSays(session, from, read)
  assert.deepEqual(diffed(inspected, await session.inspect(), session), [], 'the tables are as they were')
  assert.deepEqual((await session.inspect()).others, inspected.others, 'and so is what no model says')
  const after = await rowsOf(session, from, (table, column) => !lost.includes(`${table}.${column}`))
  assert.deepEqual(after, before, 'the rows are as they were, backwards')
  await migrate({ session, graph })
  await assertSays(session, to, read)
  assert.ok(graph.migrations.has(migrationKey(app, initial[0]?.name ?? '')))
}

/** The rows of all models' tables, by table, in an order that does not depend on where they lie. */
async function rowsOf(
  session: Session,
  state: ProjectState,
  isWanted: (table: string, column: string) => boolean,
  called: (table: string, column: string) => string = (_, column) => column,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, readonly string[]> = {}
  const declared = project(state, session.dialect)
  for (const model of modelsOf(state)) {
    const table = declared.tables.get(facetsOf(state, model).table)
    if (table === undefined) continue
    const columns = table.columns.filter(({ name }) => isWanted(table.name, name)).map(({ name }) => name)
    const asked = columns.map((column) => called(table.name, column))
    const rows = await session.query(sql`SELECT ${names(asked)} FROM ${session.dialect.spelling.table(table.name)}`)
    found[table.name] = rows.map((row) => contentOf(row, asked)).toSorted()
  }
  return found
}

function contentOf(row: Row, columns: readonly string[]): string {
  return JSON.stringify(
    columns.map((column) => row[column]),
    (_, held: unknown) => (typeof held === 'bigint' ? `${held}` : held),
  )
}

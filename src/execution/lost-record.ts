import { fail } from '../errors/error.ts'
import type { Graph } from '../history/graph.ts'
import { parentsOf } from '../history/graph.ts'
import { keyOfMigration, type MigrationKey, splitMigrationKey } from '../history/migration.ts'
import type { MissingMigration } from '../history/missing.ts'
import type { Session } from '../schema/dialect.ts'
import type { Schema } from '../schema/schema.ts'
import { type Placement, stateIn } from '../state/placement.ts'
import { project } from '../state/project.ts'
import { tablesOfApps } from '../state/tables-of-apps.ts'
import type { HalfWay } from './half-way.ts'
import type { PlannedMigration } from './plan-migration.ts'

interface LostRecordOptions {
  readonly graph: Graph
  readonly applied: ReadonlySet<MigrationKey>
  readonly missing: readonly MissingMigration[]
  readonly halfWay: HalfWay
  readonly session: Session
  readonly placement: Placement | undefined
}

/**
 * Recognises, before the first step, a database whose record does not fit its tables: of an app nothing on file is recorded, and its tables are there. Either the
 * rows are lost, or they are those of other files.
 *
 * @throws resets.rowsLost, resets.outOfStep
 */
export async function refuseLostRecord(
  plan: readonly PlannedMigration[],
  { graph, applied, missing, halfWay, session, placement }: LostRecordOptions,
): Promise<void> {
  // The journal remembers what is half-way.
  const known = new Set([...applied, ...halfWay.keys()].map(appOf))
  const forwards = plan.filter(({ direction }) => direction === 'forwards').map(({ migration }) => migration)
  const apps = [...new Set(forwards.map(({ app }) => app))].filter((app) => !known.has(app))
  const end = plan.at(-1)?.to
  if (apps.length === 0 || end === undefined) return
  const { dialect } = session
  const wanted = project(stateIn(end, placement), dialect)
  const made = tablesMadeBy(plan.filter(({ migration: { app } }) => apps.includes(app)))
  const tablesOf = new Map(
    apps.map((app) => [app, tablesOfApps(end, new Set([app]), dialect, placement).tables.intersection(made)]),
  )
  const all = [...tablesOf.values()].flatMap((tables) => [...tables])
  if (all.length === 0) return
  const there = await session.inspect({ tables: all })
  const lost: MigrationKey[] = []
  for (const [app, tables] of tablesOf) {
    const own = forwards.filter((migration) => migration.app === app).map(keyOfMigration)
    const foreign = missing.map(({ key }) => key).filter((key) => appOf(key) === app)
    const isThere = [...tables].some((table) => there.tables.has(table))
    if (isThere && foreign.length > 0) fail('resets.outOfStep', { app, recorded: foreign, files: own })
    if (tables.size > 0 && [...tables].every((table) => looksAlike(table, wanted, there))) lost.push(...own)
  }
  if (lost.length === 0) return
  const isInitial = lost.every((key) => !parentsOf(graph, key).some((parent) => appOf(parent) === appOf(key)))
  fail('resets.rowsLost', { migrations: lost, tables: all.filter((table) => there.tables.has(table)), isInitial })
}

/**
 * The tables that a plan creates, by the names that they have in the end. One that changes hands, and one that is only said to be there, is created by none; one
 * that came by other hands and that a migration says so of (`adopts`) may well be there.
 */
function tablesMadeBy(plan: readonly PlannedMigration[]): ReadonlySet<string> {
  const made = new Set<string>()
  const own = plan.filter(
    ({ direction, migration }) => direction === 'forwards' && migration.definition.adopts !== true,
  )
  for (const change of own.flatMap(({ units }) =>
    units.flatMap((unit) => (unit.kind === 'schema' ? unit.changes : [])),
  )) {
    if (change.kind === 'createTable') made.add(change.table.name)
    if (change.kind === 'renameTable' && made.delete(change.from)) made.add(change.to)
  }
  return made
}

/** Whether a table has the columns, by name, that it is to have in the end. */
function looksAlike(table: string, wanted: Schema, there: Schema): boolean {
  const columnsIn = (schema: Schema): ReadonlySet<string> =>
    new Set(schema.tables.get(table)?.columns.map(({ name }) => name))
  return there.tables.has(table) && columnsIn(wanted).symmetricDifference(columnsIn(there)).size === 0
}

function appOf(key: MigrationKey): string {
  return splitMigrationKey(key)[0]
}

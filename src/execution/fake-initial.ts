import { fail } from '../errors/error.ts'
import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import type { PlannedMigration as ChosenMigration } from '../history/plan.ts'
import { replay } from '../history/replay.ts'
import type { Judge } from '../reality/differences-within.ts'
import type { Discrepancy } from '../reality/discrepancy.ts'
import type { Session } from '../schema/dialect.ts'
import type { Schema } from '../schema/schema.ts'
import { splitTableName } from '../state/names.ts'
import type { Placement } from '../state/placement.ts'
import { isThere, keysUpTo, type MadeBy, madeBy } from './fake-initial-made.ts'
import type { HalfWay } from './half-way.ts'

/** What is to be done, of which initial migrations may be found done. */
export interface InitialWork {
  readonly graph: Graph
  readonly applied: ReadonlySet<MigrationKey>
  readonly halfWay: HalfWay
  readonly steps: readonly ChosenMigration[]
}

export interface InitialOptions {
  readonly session: Session
  readonly placement?: Placement | undefined
  /** Leaves out the differences that somebody has agreed to. */
  readonly agreed?: Agreed | undefined
}

/** The differences that count, of all that there are. */
export type Agreed = Judge

/**
 * The initial migrations of a plan whose tables are in the database already, exactly as the State after them has them: they are to be recorded and
 * not carried out. Those of which nothing is there are carried out. Reads only.
 *
 * @throws adopting.initialDiffers, with every difference, where something is there and not all of it, or not as it should be
 */
export async function initialOnesHeld(work: InitialWork, options: InitialOptions): Promise<ReadonlySet<MigrationKey>> {
  const site = { ...work, dialect: options.session.dialect, placement: options.placement }
  const made = initialOnes(work).map((migration) => madeBy(migration, site))
  if (made.length === 0) return new Set()
  const held: MigrationKey[] = []
  const wrong: NearMiss[] = []
  const inspected = await options.session.inspect({ schemas: schemasOf(made) })
  for (const group of togetherJudged(made)) {
    const verdict = await judge(group, inspected, work, options)
    if ('discrepancies' in verdict) wrong.push(verdict)
    else held.push(...verdict.held)
  }
  if (wrong.length > 0) {
    fail('adopting.initialDiffers', {
      migrations: wrong.flatMap(({ migrations }) => migrations),
      database: options.session.label,
      discrepancies: wrong.flatMap(({ discrepancies }) => discrepancies),
      ...(haveLater(wrong, work) && { isBeginning: true }),
    })
  }
  return new Set(held)
}

/** An initial one says so; else it is the one that waits for nothing of its own app. What comes after one that is none is none either. */
export function initialOnes({ graph, halfWay, steps }: InitialWork): readonly Migration[] {
  const later = new Set<string>()
  const found: Migration[] = []
  for (const { migration, direction } of steps) {
    if (direction !== 'forwards') continue
    const isOpen = !halfWay.has(keyOfMigration(migration)) && !later.has(migration.app)
    if (isOpen && isInitial(migration, graph)) found.push(migration)
    else later.add(migration.app)
  }
  return found
}

/** Whether a migration is the first of its app, or a further piece of it. */
export function isInitial(migration: Migration, graph: Graph): boolean {
  const { initial } = migration.definition
  if (initial !== undefined) return initial
  const parents = graph.parents.get(keyOfMigration(migration)) ?? []
  return parents.every((key) => graph.migrations.get(key)?.app !== migration.app)
}

type Group = readonly MadeBy[]

interface NearMiss {
  readonly migrations: readonly MigrationKey[]
  readonly discrepancies: readonly Discrepancy[]
}

/** Whether the apps of some initial migrations go on after them. */
function haveLater(wrong: readonly NearMiss[], work: InitialWork): boolean {
  const initial = new Set(initialOnes(work))
  const apps = new Set(wrong.flatMap(({ migrations }) => migrations.map((key) => work.graph.migrations.get(key)?.app)))
  return work.steps.some(({ migration }) => apps.has(migration.app) && !initial.has(migration))
}

/** A table that two of them work on is what both made of it, so that neither can be judged alone. */
function togetherJudged(made: readonly MadeBy[]): readonly Group[] {
  let groups: readonly Group[] = []
  for (const one of made) {
    const isNear = (group: Group): boolean => group.some(({ tables }) => !tables.isDisjointFrom(one.tables))
    groups = [...groups.filter((group) => !isNear(group)), [...groups.filter(isNear).flat(), one]]
  }
  const position = new Map(made.map((one, index) => [one, index]))
  return groups.map((group) => group.toSorted((a, b) => (position.get(a) ?? 0) - (position.get(b) ?? 0)))
}

/** The longest beginning of a group that the database holds, if nothing of the rest is there. */
async function judge(
  group: Group,
  inspected: Schema,
  work: InitialWork,
  options: InitialOptions,
): Promise<{ readonly held: readonly MigrationKey[] } | NearMiss> {
  const isAbsent = ({ things }: MadeBy): boolean => things.every((thing) => !isThere(thing, inspected))
  if (group.every(isAbsent)) return { held: [] }
  const whole = await discrepanciesAfter(group, work, options)
  if (whole.length === 0) return { held: keysOf(group) }
  for (let length = group.length - 1; length > 0 && group.slice(length).every(isAbsent); length -= 1) {
    const beginning = group.slice(0, length)
    if ((await discrepanciesAfter(beginning, work, options)).length === 0) return { held: keysOf(beginning) }
  }
  return { migrations: keysOf(group), discrepancies: whole }
}

/** How the tables of some migrations differ from what they are once all of these are applied. */
async function discrepanciesAfter(
  group: Group,
  { graph, applied }: InitialWork,
  { session, placement, agreed }: InitialOptions,
): Promise<readonly Discrepancy[]> {
  const { differencesWithin } = await import('../reality/differences-within.ts')
  const tables = new Set(group.flatMap((one) => [...one.tables].flatMap((name) => [name, splitTableName(name).table])))
  return differencesWithin({
    session,
    state: replay(graph, keysUpTo(graph, applied, keysOf(group))),
    placement,
    only: (table) => tables.has(table),
    objects: new Set(group.flatMap(({ objects }) => [...objects])),
    judge: agreed,
  })
}

function keysOf(group: Group): readonly MigrationKey[] {
  return group.map(({ migration }) => keyOfMigration(migration))
}

function schemasOf(made: readonly MadeBy[]): readonly string[] {
  const tables = made.flatMap((one) => [...one.tables])
  return [...new Set(tables.flatMap((table) => splitTableName(table).schema ?? []))]
}

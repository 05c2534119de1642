import { hasCode } from '../errors/error.ts'
import type { MigrationKey } from '../history/migration.ts'
import { loadModels } from '../project/load-models.ts'
import type { Project } from '../project/project.ts'
import type { NotCompared } from '../reality/by-text.ts'
import type { Unmanaged } from '../reality/compare-database.ts'
import type { Discrepancy } from '../reality/discrepancy.ts'
import type { Session } from '../schema/dialect.ts'
import { splitTableName } from '../state/names.ts'
import { type Placement, stateIn } from '../state/placement.ts'
import { project as projected } from '../state/project.ts'
import { findDrift, type Judgement } from './find-drift.ts'
import type { Unsettled } from './memory-of.ts'
import { openDatabase } from './open-database.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'

export interface DriftOptions extends ProjectChoice {
  /** By its name in the config; `default` if not given. Nothing is written to it, and its user needs to read nothing but the catalogue and Godwit's own tables. */
  readonly database?: string | undefined
  /** Compares with the models too. */
  readonly models?: boolean | undefined
  /** Only what these patterns are about, where `*` stands for any letters: `blog_post`, `index blog_*`. All if none is given. */
  readonly only?: readonly string[] | undefined
}

/** One way in which a database is not what it should be. */
export type ShownDiscrepancy = Omit<Discrepancy, 'changes' | 'remembered'> & {
  /** The migration whose SQL or code made what is gone or another. */
  readonly madeBy?: MigrationKey
}

/** What differs between a database and one side of what it should be. */
export interface ShownDrift {
  readonly discrepancies: readonly ShownDiscrepancy[]
  /** What the config says may differ. */
  readonly ignored: readonly (ShownDiscrepancy & { readonly reason: string })[]
  /** What only the server could compare, for a user whom it would not let. No difference, and no agreement. */
  readonly notCompared: readonly NotCompared[]
}

export interface DriftResult extends ShownDrift {
  /** The database in words fit for messages: no password. */
  readonly database: string
  /** How many migrations are applied to it. */
  readonly applied: number
  /** Nothing was ever applied to it: which tables of the models it has all the same. */
  readonly neverMigrated?: { readonly tables: readonly string[] }
  /** What differs from the models, where that was asked for; among it what is still to be migrated. */
  readonly models?: ShownDrift
  /** Migrations that are half-way, and the tables that are in between and not judged. */
  readonly halfWay: readonly Pick<Unsettled, 'migration' | 'direction' | 'tables'>[]
  /** Recorded by a newer Godwit and without a file here, so that what they made counts as nobody's. */
  readonly unread: readonly MigrationKey[]
  /** In other hands: no model speaks of it, and no migration is known to have made it. Left alone. */
  readonly unmanaged: readonly Unmanaged[]
  /** Patterns of `drift.ignore` in the config that are about nothing. */
  readonly unusedPatterns: readonly string[]
}

/**
 * Compares a database with the migrations that were applied to it, by everything that an inspection shows, and on request with the models. Changes
 * nothing, and needs no right to.
 *
 * @example
 * const { discrepancies } = await drift({ database: 'default' })
 * for (const { text } of discrepancies) console.log(text) // column blog_post.title is varchar(80), and should be varchar(40)
 */
export async function drift(options: DriftOptions = {}): Promise<DriftResult> {
  const project = await projectOf(options)
  const { database, models, only } = options
  const session = await openDatabase(project, database, { forReading: true })
  try {
    const found = await findDrift({ project, database, session, models, only })
    const { memory, judged, byModels } = found
    const neverMigrated = memory.isEmpty
      ? { tables: await tablesOfModels(project, memory.placement, session) }
      : undefined
    return {
      database: session.label,
      applied: memory.recorded.size,
      ...(neverMigrated !== undefined && { neverMigrated }),
      ...shown(judged),
      ...(byModels !== undefined && { models: shown(byModels) }),
      halfWay: memory.unsettled.map(({ migration, direction, tables }) => ({ migration, direction, tables })),
      unread: memory.unread,
      unmanaged: found.unmanaged.filter(
        ({ kind, name }) => kind !== 'table' || neverMigrated?.tables.includes(name) !== true,
      ),
      unusedPatterns: memory.isEmpty ? [] : found.unusedPatterns,
    }
  } finally {
    await session.close()
  }
}

/** Whether there is something that should not be so. */
export function isDrifting({ discrepancies, models, neverMigrated }: DriftResult): boolean {
  return discrepancies.length > 0 || (models?.discrepancies.length ?? 0) > 0 || (neverMigrated?.tables.length ?? 0) > 0
}

function shown({ discrepancies, ignored, notCompared }: Judgement): ShownDrift {
  return { discrepancies: discrepancies.map(show), ignored: ignored.map(show), notCompared }
}

function show<Found extends Discrepancy>({ changes: _, remembered, ...discrepancy }: Found) {
  return { ...discrepancy, ...(remembered !== undefined && { madeBy: remembered.migration }) }
}

/** The tables that models have in a database. A project may have no models yet. */
async function tablesOfModels(project: Project, placement: Placement, session: Session): Promise<readonly string[]> {
  try {
    const { state } = await loadModels(project)
    const declared = [...projected(stateIn(state, placement), session.dialect).tables.keys()]
    const schemas = [...new Set(declared.flatMap((table) => splitTableName(table).schema ?? []))]
    const { tables } = await session.inspect({ schemas })
    return declared.filter((table) => tables.has(table))
  } catch (error) {
    if (hasCode(error, 'config.modelsMissing')) return []
    throw error
  }
}

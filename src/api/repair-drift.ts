import type { DataInTheWay } from '../execution/check-data.ts'
import { executeRepair } from '../execution/execute-repair.ts'
import { type PlannedRepair, planRepair, type RepairStatement } from '../execution/plan-repair.ts'
import type { Loss } from '../execution/unapply-missing.ts'
import { settingsOf } from '../project/database-settings.ts'
import { chosenDatabase, type Project } from '../project/project.ts'
import { type ExtraColumn, type Repair, repairOf } from '../reality/repair-changes.ts'
import type { Dependent, Session } from '../schema/dialect.ts'
import { findDrift } from './find-drift.ts'
import { openDatabase } from './open-database.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'

export type { DataInTheWay, ExtraColumn, Loss, RepairStatement }

export interface RepairDriftOptions extends ProjectChoice {
  /** By its name in the config; `default` if not given. */
  readonly database?: string | undefined
  /** Only what these patterns are about, as for `drift`. */
  readonly only?: readonly string[] | undefined
  /** Columns that no migration made and that may go, with what they hold. */
  readonly dropColumns?: readonly ExtraColumn[] | undefined
  /** Asked before anything is done, with all that would be; without it nothing is done. */
  readonly onPlan?: ((plan: RepairPlan) => Promise<boolean>) | undefined
  /** What of other hands the database would drop, or leave broken, along with a change may go. */
  readonly takeAlong?: boolean | undefined
  /** A statement that the server cannot carry out in the way that was planned may copy its table, and keep writers waiting meanwhile. */
  readonly allowTableCopy?: boolean | undefined
  /** How long to wait for a process that migrates, in milliseconds; ten minutes if not given. */
  readonly wait?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** What a repair would do. */
export interface RepairPlan {
  /** The database in words fit for messages: no password. */
  readonly database: string
  /** Names exactly these statements. */
  readonly key: string
  /** What is mended, a sentence each. */
  readonly repairs: readonly string[]
  readonly statements: readonly RepairStatement[]
  /** All of them or none; otherwise each is committed by itself, and a repair that was stopped is begun again. */
  readonly isOneTransaction: boolean
  /** What is in the columns that go. */
  readonly losses: readonly Loss[]
  /** What of other hands would go along, break, or keep the server from it. */
  readonly dependents: readonly Dependent[]
  /** Rows that keep it from being done. */
  readonly inTheWay: readonly DataInTheWay[]
  /** What stays as it is, and why. */
  readonly left: readonly { readonly text: string; readonly why: string; readonly extraColumn?: ExtraColumn }[]
}

export interface RepairDriftResult {
  readonly plan: RepairPlan
  /**
   * `nothing`: there is nothing that could be mended. `blocked`: something stands in the way, as the plan says. `declined`: nobody agreed. `changed`: the database
   * had become another by the time that it was locked.
   */
  readonly outcome: 'repaired' | 'nothing' | 'blocked' | 'declined' | 'changed'
  /** What differs now. */
  readonly remaining: readonly string[]
}

/**
 * Makes a database what the migrations that were applied to it say: plans the statements, asks, and carries them out under the lock of `migrate`. Columns that
 * nobody declared stay unless they are named.
 *
 * @example
 * const { plan } = await repairDrift({ onPlan: async ({ losses }) => losses.length === 0 })
 */
export async function repairDrift(options: RepairDriftOptions = {}): Promise<RepairDriftResult> {
  const project = await projectOf(options)
  const session = await openDatabase(project, options.database)
  try {
    const { planned, plan } = await plannedNow(project, session, options)
    const stay = (outcome: RepairDriftResult['outcome']): RepairDriftResult => ({
      plan,
      outcome,
      remaining: [...plan.repairs, ...plan.left.map(({ text }) => text)],
    })
    if (plan.statements.length === 0) return stay('nothing')
    const isBlocked = plan.dependents.some(({ fate }) => fate === 'blocks' || options.takeAlong !== true)
    if (plan.inTheWay.length > 0 || isBlocked) return stay('blocked')
    if ((await options.onPlan?.(plan)) !== true) return stay('declined')
    const { wait = 600_000, signal } = options
    const lock = await session.lock({ timeout: wait, ...(signal !== undefined && { signal }) })
    try {
      const again = await plannedNow(project, session, options)
      if (again.plan.key !== plan.key) return stay('changed')
      const { lockRetries: retries = 20 } = settingsOf(chosenDatabase(project, options.database))
      const patience = { retries, ...(signal !== undefined && { signal }) }
      await executeRepair(planned, { session, patience, allowTableCopy: options.allowTableCopy === true })
      const { judged } = await findDrift({ ...options, project, database: options.database, session })
      return { plan, outcome: 'repaired', remaining: judged.discrepancies.map(({ text }) => text) }
    } finally {
      await lock.release()
    }
  } finally {
    await session.close()
  }
}

async function plannedNow(
  project: Project,
  session: Session,
  { database, only, dropColumns = [] }: RepairDriftOptions,
): Promise<{ readonly planned: PlannedRepair; readonly plan: RepairPlan }> {
  const { judged } = await findDrift({ project, database, session, only })
  const mayDrop = (column: ExtraColumn): boolean =>
    dropColumns.some((one) => one.table === column.table && one.column === column.column)
  const repair = repairOf(judged.discrepancies, { ...judged.comparison, dialect: session.dialect }, mayDrop)
  const planned = await planRepair(repair, session)
  return { planned, plan: shown(repair, planned, session) }
}

function shown({ repaired, left }: Repair, planned: PlannedRepair, { label, dialect }: Session): RepairPlan {
  const { key, statements, losses, dependents, inTheWay } = planned
  return {
    database: label,
    key,
    repairs: repaired.map(({ text }) => text),
    statements,
    isOneTransaction: dialect.capabilities.transactionalDdl,
    losses,
    dependents,
    inTheWay,
    left: left.map(({ discrepancy: { text }, ...rest }) => ({ text, ...rest })),
  }
}

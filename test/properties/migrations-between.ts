import { ask, type Questioner } from '../../src/autodetector/ask.ts'
import { detectMigrations } from '../../src/autodetector/detect-migrations.ts'
import { mentionsIn } from '../../src/autodetector/mentions.ts'
import { type ErrorCode, GodwitError, hasCode } from '../../src/errors/error.ts'
import type { Migration } from '../../src/history/migration.ts'
import { applyMigration } from '../../src/history/replay.ts'
import { emptyState, type ProjectState } from '../../src/state/project-state.ts'
import { truthfully } from './answer-questions.ts'
import { stateOf } from './build-models.ts'
import { emptyProject, type ProjectSpec } from './project-spec.ts'

/** The migrations that `makemigrations` would write behind earlier ones, every question answered with the truth, or by somebody else. */
export async function migrationsBetween(
  before: ProjectSpec,
  after: ProjectSpec,
  from: ProjectState,
  earlier: readonly Migration[],
  questioner: Questioner = truthfully(before, after),
): Promise<readonly Migration[]> {
  const to = stateOf(after)
  const known = { from, to, leaves: leavesOf(earlier), mentions: mentionsIn(earlier) }
  const outcome = await ask({
    detect: (answers) => detectMigrations({ ...known, optional: true, hints: new Map(), answers, now: new Date(0) }),
    questioner,
  })
  return outcome.migrations
}

/** A history in two halves: the migrations to a first project and from there to a second, with the State after each half. */
export async function historyThrough(before: ProjectSpec, after: ProjectSpec) {
  const initial = await migrationsBetween(emptyProject, before, emptyState, [])
  const start = initial.reduce(applyMigration, emptyState)
  const next = await migrationsBetween(before, after, start, initial)
  return { initial, leaves: leavesOf(initial), start, next, end: next.reduce(applyMigration, start) }
}

/** The last migration of each app. */
function leavesOf(migrations: readonly Migration[]): ReadonlyMap<string, string> {
  return new Map(migrations.map(({ app, name }) => [app, name]))
}

/**
 * False where the data stands in the way: when a unique or a check is added over rows that were there before, one value fills a column that must not
 * hold it twice, or a value does not fit another type. `also` names further refusals that are right where the work is done.
 */
export async function succeeds(work: () => Promise<unknown>, also: readonly ErrorCode[] = []): Promise<boolean> {
  const refusals: readonly ErrorCode[] = ['execution.dataStandsInTheWay', 'database.constraintFailed', ...also]
  try {
    await work()
    return true
  } catch (error) {
    const failures = causesOf(error).filter((one) => one instanceof GodwitError)
    if (failures.some((one) => refusals.includes(one.code) || isDataException(one))) return false
    throw error
  }
}

function causesOf(error: unknown): readonly unknown[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : []
}

/** Whether a server refused a value: class 22 of its codes (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
function isDataException(error: GodwitError): boolean {
  return hasCode(error, 'database.statementFailed') && /^22/.test(String(error.details.code))
}

import { fail, GodwitError } from '../errors/error.ts'
import { type Direction, planMigration } from '../execution/plan-migration.ts'
import { keyOfMigration, type Migration } from '../history/migration.ts'
import { applyMigration } from '../history/replay.ts'
import type { ProvedSquash } from '../rewriting/prove-squash.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { ProjectState } from '../state/project-state.ts'

/**
 * Refuses a squash that cannot be planned for a kind of database, in a direction, for which all its originals can. That an original cannot either, as when
 * it is irreversible or its app lives on another kind of database, is no fault of the squash.
 *
 * @throws squash.notPlannable
 */
export function requirePlansAlike({ migration, members, before }: ProvedSquash, dialects: readonly Dialect[]): void {
  for (const dialect of dialects) {
    for (const direction of ['forwards', 'backwards'] as const) {
      const reason = refusalOf(migration, before, direction, dialect)
      if (reason === undefined || refusalOfAny(members, before, direction, dialect) !== undefined) continue
      fail('squash.notPlannable', {
        squash: keyOfMigration(migration),
        dialect: dialect.name,
        direction,
        reason: reason.message,
      })
    }
  }
}

function refusalOfAny(
  members: readonly Migration[],
  before: ProjectState,
  direction: Direction,
  dialect: Dialect,
): GodwitError | undefined {
  let state = before
  for (const member of members) {
    const refusal = refusalOf(member, state, direction, dialect)
    if (refusal !== undefined) return refusal
    state = applyMigration(state, member)
  }
  return undefined
}

/** Why a migration cannot be planned; undefined where it can. */
function refusalOf(
  migration: Migration,
  before: ProjectState,
  direction: Direction,
  dialect: Dialect,
): GodwitError | undefined {
  try {
    planMigration({ migration, before, direction, dialect })
    return undefined
  } catch (error) {
    if (error instanceof GodwitError) return error
    throw error
  }
}

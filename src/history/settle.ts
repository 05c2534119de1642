import type { AppliedKeys } from './consistency.ts'
import type { MigrationKey } from './migration.ts'
import type { Replacements } from './replacements.ts'

/** A database's record brought into line with the squashes: a squash is in it exactly where all that it replaces is. */
export interface SettledRecord extends AppliedKeys {
  /** Whether a part of what a squash replaces is applied and the rest is not, so that the squash cannot be used. */
  isHalfWay(squash: MigrationKey): boolean
  /** What counts as applied and has no row yet. */
  readonly unwritten: readonly MigrationKey[]
  /** Squashes with a row although not all that they replace is applied, as when `replaces` was extended afterwards. */
  readonly stale: readonly MigrationKey[]
}

/**
 * What counts as applied in a database with these keys recorded. A squash counts when all that it replaces does; where none of that is recorded but
 * the squash is (the rows of removed files were pruned, and an older commit names them again), what it replaces counts with it.
 */
export function settle({ squashes }: Replacements, recorded: AppliedKeys): SettledRecord {
  const changed = new Map<MigrationKey, boolean>()
  const has = (key: MigrationKey): boolean => changed.get(key) ?? recorded.has(key)
  // What is partly applied is `false` here, what nothing is known of is absent.
  const isTouched = (key: MigrationKey): boolean =>
    changed.has(key) || recorded.has(key) || recorded.isBegun?.(key) === true
  for (const [squash, replaced] of squashes) {
    if (replaced.every(has)) changed.set(squash, true)
    else if (replaced.some(isTouched)) changed.set(squash, false)
  }
  for (const [squash, replaced] of [...squashes].reverse()) {
    if (has(squash)) for (const key of replaced) changed.set(key, true)
  }
  const of = (applied: boolean): readonly MigrationKey[] =>
    [...changed].flatMap(([key, is]) => (is === applied && recorded.has(key) !== applied ? [key] : []))
  const isHalfWay = (squash: MigrationKey): boolean => squashes.has(squash) && changed.get(squash) === false
  return { has, isHalfWay, unwritten: of(true), stale: of(false) }
}

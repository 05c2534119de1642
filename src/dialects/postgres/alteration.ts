import type { Check, Exclusion, Index, Table, Unique } from '../../schema/schema.ts'
import { findReal } from '../shared/pair-with-real.ts'
import type { TableChange } from '../shared/table-changes.ts'
import type { PostgresCapabilities } from './capabilities.ts'
import { alikeChecks, alikeExclusions, alikeIndexes } from './match.ts'
import type { ObjectNames } from './object-names.ts'

/** All that happens to one table in a plan, and what must be known of it. All names are those after the plan's renames. */
export interface Alteration {
  readonly table: string
  readonly changes: readonly TableChange[]
  /** As declared before. */
  readonly before: Table
  /** As the database has it; the declared one where there is no database to ask. */
  readonly real: Table
  /** As declared afterwards. */
  readonly after: Table
  readonly capabilities: PostgresCapabilities
  readonly names: ObjectNames
}

/** The check that is meant, as the database has it. What was taken from there is meant as it is. */
export function realCheck(check: Check, { before, real }: Alteration): Check {
  if (real.checks.includes(check)) return check
  return findReal(check, before.checks, real.checks, alikeChecks) ?? check
}

/** The index that is meant, as the database has it. */
export function realIndex(index: Index, { before, real }: Alteration): Index {
  if (real.indexes.includes(index)) return index
  return findReal(index, before.indexes, real.indexes, alikeIndexes) ?? index
}

/** The unique that is meant, as the database has it. */
export function realUnique(unique: Unique, { before, real }: Alteration): Unique {
  if (real.uniques.includes(unique)) return unique
  return findReal(unique, before.uniques, real.uniques, alikeIndexes) ?? unique
}

/** The exclusion that is meant, as the database has it. */
export function realExclusion(exclusion: Exclusion, { before, real }: Alteration): Exclusion {
  if (real.exclusions?.includes(exclusion)) return exclusion
  return findReal(exclusion, before.exclusions ?? [], real.exclusions ?? [], alikeExclusions) ?? exclusion
}

/**
 * Whether a unique is a constraint, which is dropped and renamed through its table, or an index. Where nobody has looked, by the rule that it is made by:
 * a constraint can say nothing but columns.
 */
export function isConstraint({ form, parts, where }: Unique): boolean {
  if (form !== undefined) return form === 'constraint'
  return (
    where === undefined &&
    parts.every(
      ({ expression, descending, nulls, operatorClass, collation }) =>
        expression.kind === 'column' &&
        descending === undefined &&
        nulls === undefined &&
        operatorClass === undefined &&
        collation === undefined,
    )
  )
}

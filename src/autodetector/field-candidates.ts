import { fieldsEqual } from '../fields/database-options.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import { columnName } from '../state/names.ts'
import type { FieldState, ProjectState } from '../state/project-state.ts'
import { fieldChanges } from './field-changes.ts'
import { columnTypeOf, isForeignKey, isGenerated, isManyToMany } from './field-facts.ts'
import { nameSimilarity } from './name-similarity.ts'
import { isText, sameFamily } from './type-families.ts'

/** A removed field or model that an added one may have been, and what would change beside the name. */
export interface Candidate {
  readonly name: string
  readonly alsoChanges: readonly string[]
}

/** A field, and the State in which it stands. */
interface Placed {
  readonly state: ProjectState
  readonly entry: FieldState
}

/** The removed fields that an added one may have been called before, most alike first. */
export function fieldCandidates(
  removed: readonly FieldState[],
  added: FieldState,
  states: { readonly before: ProjectState; readonly after: ProjectState },
): readonly Candidate[] {
  return removed
    .map((entry) => ({
      entry,
      rank: rankOf({ state: states.before, entry }, { state: states.after, entry: added }),
      similarity: nameSimilarity(entry.name, added.name),
    }))
    .filter(({ rank }) => rank !== undefined)
    .sort(
      (a, b) => (a.rank ?? 0) - (b.rank ?? 0) || b.similarity - a.similarity || (a.entry.name < b.entry.name ? -1 : 1),
    )
    .map(({ entry }) => ({ name: entry.name, alsoChanges: fieldChanges(entry.field, added.field) }))
}

/** Lower is likelier: 0 the same column or the same but for the name, 1 the same kind, 2 one that it can be cast or copied to, 3 text under a name alike. */
function rankOf(old: Placed, now: Placed): number | undefined {
  const before = old.entry.field
  const after = now.entry.field
  const equal = fieldsEqual(before, after) || columnName(old.entry.name, before) === columnName(now.entry.name, after)
  if (isManyToMany(before) || isManyToMany(after)) {
    if (before.to === undefined || before.to !== after.to) return undefined
    const samePlace = isManyToMany(before) && isManyToMany(after) && before.through === after.through
    return samePlace ? (equal ? 0 : 1) : 2
  }
  if (isGenerated(before) || isGenerated(after)) {
    return structuralEqual(before.expression, after.expression) ? (equal ? 0 : 1) : undefined
  }
  const typeBefore = columnTypeOf(old.state, before)
  const typeAfter = columnTypeOf(now.state, after)
  if (isForeignKey(before) || isForeignKey(after)) {
    if (!isForeignKey(before) || !isForeignKey(after)) return undefined
    if (before.to === after.to) return equal ? 0 : 1
    return structuralEqual(typeBefore, typeAfter) ? 2 : undefined
  }
  if (before.kind === after.kind) return equal ? 0 : 1
  if (typeBefore === undefined || typeAfter === undefined) return undefined
  if (sameFamily(typeBefore, typeAfter)) return 2
  return (isText(typeBefore) || isText(typeAfter)) && nameSimilarity(old.entry.name, now.entry.name) >= alike
    ? 3
    : undefined
}

/** From which similarity on two names are taken to resemble each other. */
const alike = 0.5

import { fieldsEqual } from '../fields/database-options.ts'
import type { Field } from '../fields/field.ts'
import { diffBy } from '../lib/diff-by.ts'
import type { ConstraintDeclaration, IndexDeclaration } from '../models/declarations.ts'
import { type FieldState, keyOf, type ModelState } from '../state/project-state.ts'
import { fieldsIn } from '../state/uses-of-field.ts'
import { type DeclarationChanges, type Matched, matchDeclarations } from './match-declarations.ts'
import { mustReplace } from './must-replace.ts'
import { overAnyOf } from './over-any-of.ts'

/** How a model differs from what it is to be, once everything that is renamed has its new name. */
export interface ModelChanges {
  readonly key: string
  readonly before: ModelState
  readonly after: ModelState
  /** Among them fields that cannot be altered into what they are to be; those are added again. */
  readonly removed: readonly FieldState[]
  readonly added: readonly FieldState[]
  readonly altered: readonly (Matched<Field> & { readonly name: string })[]
  readonly indexes: DeclarationChanges<IndexDeclaration>
  readonly constraints: DeclarationChanges<ConstraintDeclaration>
}

/** Compares a model with what it is to be. `replaced` are fields that are to be made again whatever they are, by `app.Model.field`. */
export function modelChanges(
  before: ModelState,
  after: ModelState,
  replaced: ReadonlySet<string> = new Set(),
): ModelChanges {
  const { added, removed, persisted } = diffBy(before.fields, after.fields, ({ name }) => name)
  const again = persisted.filter(
    (pair) => mustReplace(pair.before.field, pair.after.field) || replaced.has(`${keyOf(after)}.${pair.after.name}`),
  )
  const gone = goneFields([...removed, ...again.map((pair) => pair.before)], persisted)
  const made = persisted.filter((pair) => gone.has(pair.before.name))
  const goes = overAnyOf(before.fields.filter(({ name }) => gone.has(name)))
  return {
    key: keyOf(after),
    before,
    after,
    removed: [...removed, ...made.map((pair) => pair.before)],
    added: [...added, ...made.map((pair) => pair.after)],
    altered: persisted
      .filter((pair) => !gone.has(pair.before.name) && !fieldsEqual(pair.before.field, pair.after.field))
      .map((pair) => ({ name: pair.after.name, before: pair.before.field, after: pair.after.field })),
    indexes: madeAgain(matchDeclarations(before.options.indexes ?? [], after.options.indexes ?? []), {
      kept: goes,
      renamed: goes,
      changed: () => true,
    }),
    constraints: madeAgain(matchDeclarations(before.options.constraints ?? [], after.options.constraints ?? []), {
      kept: goes,
      // Without a name there is nothing by which an operation could call the constraint that it alters.
      renamed: (constraint) => constraint.name === undefined || goes(constraint),
      changed: (constraint, other) => constraint.kind !== other.kind || goes(constraint),
    }),
  }
}

/** The fields that go or are replaced, with the generated ones that are computed from them, which are made again. */
function goneFields(going: readonly FieldState[], persisted: readonly Matched<FieldState>[]): ReadonlySet<string> {
  const readers = new Map<string, string[]>()
  for (const { before } of persisted) {
    const reads = before.field.expression === undefined ? [] : fieldsIn([before.field.expression])
    for (const name of reads) readers.set(name, [...(readers.get(name) ?? []), before.name])
  }
  const gone = new Set<string>()
  const pending = going.map(({ name }) => name)
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (gone.has(name)) continue
    gone.add(name)
    pending.push(...(readers.get(name) ?? []))
  }
  return gone
}

/** Moves the pairs that cannot be changed in place to what is removed and added. */
function madeAgain<T>(
  changes: DeclarationChanges<T>,
  mustMake: Record<'kept' | 'renamed' | 'changed', (before: T, after: T) => boolean>,
): DeclarationChanges<T> {
  const split = (how: 'kept' | 'renamed' | 'changed') =>
    Map.groupBy(changes[how], ({ before, after }) => (mustMake[how](before, after) ? 'again' : 'in place'))
  const groups = { kept: split('kept'), renamed: split('renamed'), changed: split('changed') }
  const again = Object.values(groups).flatMap((group) => group.get('again') ?? [])
  return {
    removed: [...changes.removed, ...again.map(({ before }) => before)],
    added: [...changes.added, ...again.map(({ after }) => after)],
    kept: groups.kept.get('in place') ?? [],
    renamed: groups.renamed.get('in place') ?? [],
    changed: groups.changed.get('in place') ?? [],
  }
}

import { defined } from '../lib/defined.ts'
import { invariant } from '../lib/invariant.ts'
import type { ConstraintDeclaration, IndexDeclaration } from '../models/declarations.ts'
import { alterConstraint } from '../operations/alter-constraint.ts'
import { heldNames } from '../operations/held-names.ts'
import type { Operation } from '../operations/operation.ts'
import { removeConstraint } from '../operations/remove-constraint.ts'
import { removeIndex } from '../operations/remove-index.ts'
import { renameIndex } from '../operations/rename-index.ts'
import { validated } from '../operations/validated.ts'
import { findModel, keyOf, type ModelState } from '../state/project-state.ts'
import { components } from './components.ts'
import type { Matched } from './match-declarations.ts'
import { takersInTurn } from './takers-in-turn.ts'
import type { Work } from './work.ts'

/**
 * Gives indexes and constraints their new names, and takes those away from models that go only later, before anything that is new takes one: most
 * databases know a name once. One that takes the name of another comes after it; where they swap, one steps aside.
 */
export function freeNames(work: Work): void {
  removeFromGoing(work)
  const renames = work.kept.flatMap(({ after, indexes, constraints }) => [
    ...indexes.renamed.map((pair) => indexRename(after, pair)),
    ...constraints.renamed.map((pair) => constraintRename(after, pair)),
  ])
  const owners = new Map(renames.flatMap((rename) => (rename.from === undefined ? [] : [[rename.from, rename]])))
  const ownerOfWanted = ({ to }: Rename): readonly Rename[] => {
    const owner = to === undefined ? undefined : owners.get(to)
    return owner === undefined ? [] : [owner]
  }
  for (const group of components(renames, ownerOfWanted)) {
    const [first] = group
    const aside = group.length > 1 && first?.from !== undefined ? `${first.from}_moving` : undefined
    if (aside !== undefined && first !== undefined) work.draft.emit(first.app, first.renaming(undefined, aside))
    for (const rename of takersInTurn(group, ownerOfWanted)) {
      work.draft.emit(rename.app, rename.renaming(rename === first ? aside : undefined))
    }
  }
}

/** An index or constraint that gets another name; `from` and `to` as most databases compare them. */
interface Rename {
  readonly app: string
  readonly from: string | undefined
  readonly to: string | undefined
  /** The operation. `present` is what it is called by then, if not as it was; `aside` what it is to be called meanwhile. */
  renaming(present: string | undefined, aside?: string): Operation
}

function indexRename({ app, name: model }: ModelState, { before, after }: Matched<IndexDeclaration>): Rename {
  return {
    app,
    ...foldedNames(before, after),
    renaming: (present, aside) =>
      renameIndex({
        model,
        index: present === undefined ? before : { ...before, name: present },
        ...defined({ name: aside ?? after.name }),
      }),
  }
}

function constraintRename({ app, name: model }: ModelState, { before, after }: Matched<ConstraintDeclaration>): Rename {
  return {
    app,
    ...foldedNames(before, after),
    renaming: (present, aside) => {
      const name = present ?? before.name
      invariant(name !== undefined, 'a constraint without a name is made again')
      return alterConstraint({ model, name, constraint: aside === undefined ? after : { ...after, name: aside } })
    },
  }
}

function foldedNames(before: Named, after: Named): Pick<Rename, 'from' | 'to'> {
  return { from: before.name?.toLowerCase(), to: after.name?.toLowerCase() }
}

interface Named {
  readonly name?: string
}

/** Removes from models that are still to be deleted what has a name that others are to have. */
function removeFromGoing({ draft, kept, created, deleted }: Work): void {
  const going = deleted.flatMap((model) => findModel(draft.state, keyOf(model)) ?? [])
  if (going.length === 0) return
  const wanted = new Set([...kept.map(({ after }) => after), ...created].flatMap((model) => [...heldNames(model)]))
  const isWanted = ({ name }: Named): boolean => name !== undefined && wanted.has(`object ${name}`.toLowerCase())
  for (const model of going) {
    const { constraints = [], indexes = [] } = model.options
    for (const constraint of constraints.filter(isWanted)) {
      draft.emit(model.app, removeConstraint({ model: model.name, constraint: validated(constraint) }))
    }
    for (const index of indexes.filter(isWanted)) draft.emit(model.app, removeIndex({ model: model.name, index }))
  }
}

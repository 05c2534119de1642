import type { Field } from '../fields/field.ts'
import { diffBy } from '../lib/diff-by.ts'
import { type FieldState, findField, type ModelState, type ProjectState } from '../state/project-state.ts'
import { namedModels } from '../state/state-field.ts'
import { fieldCandidates } from './field-candidates.ts'
import type { Inquiry } from './inquiry.ts'
import { type Renames, resolveRenames } from './resolve-renames.ts'

/** A model that stays, as it was (by its present name) and as it is to be. */
export interface ModelPair {
  readonly key: string
  readonly before: ModelState
  readonly after: ModelState
}

/** The two States, and the models about which a question is open. */
export interface Surroundings {
  readonly before: ProjectState
  readonly after: ProjectState
  readonly open: ReadonlySet<string>
}

/** Which new fields of models were called something else before: `app.Model.field` → old name. */
export function resolveFieldRenames(
  pairs: readonly ModelPair[],
  surroundings: Surroundings,
  inquiry: Inquiry,
): Renames {
  const found = pairs.map((pair) => renamesIn(pair, surroundings, inquiry))
  return {
    renamed: new Map(found.flatMap(({ renamed }) => [...renamed])),
    open: new Map(found.flatMap(({ open }) => [...open])),
  }
}

function renamesIn({ key, before, after }: ModelPair, surroundings: Surroundings, inquiry: Inquiry): Renames {
  const { added, removed } = diffBy(before.fields, after.fields, ({ name }) => name)
  if (added.length === 0) return { renamed: new Map(), open: new Map() }
  return resolveRenames<FieldState>(
    {
      added,
      subjectOf: ({ name }) => `${key}.${name}`,
      removed: new Set(removed.map(({ name }) => name)),
      identify: (name) => name,
      isKept: (name) => findField(after, name) !== undefined,
      isSpent: () => false,
      mustWait: ({ field }) => isOpen(field, surroundings),
      candidatesFor: (entry, free) =>
        fieldCandidates(
          removed.filter(({ name, field }) => free.has(name) && !isOpen(field, surroundings)),
          entry,
          surroundings,
        ),
      question: ({ name }, question, candidates) => ({
        kind: 'fieldRenamed',
        key: question,
        model: key,
        field: name,
        candidates,
      }),
    },
    inquiry,
  )
}

/** Whether a field points at a model that may turn out to be another one, renamed. */
function isOpen(field: Field, { open }: Surroundings): boolean {
  return namedModels(field).some((key) => open.has(key))
}

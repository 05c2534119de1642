import { fail } from '../errors/error.ts'
import { diffBy } from '../lib/diff-by.ts'
import {
  findModel,
  keyOf,
  type ModelState,
  modelKey,
  modelsOf,
  type ProjectState,
  splitModelKey,
} from '../state/project-state.ts'
import type { Inquiry } from './inquiry.ts'
import { canBecome, modelCandidates } from './model-candidates.ts'
import { type Renames, resolveRenames } from './resolve-renames.ts'

/** Which new models were called something else before, or stood in another app: new key → old key. */
export function resolveModelRenames(
  { from, to, isConcerned }: { from: ProjectState; to: ProjectState; isConcerned: (app: string) => boolean },
  inquiry: Inquiry,
): Renames {
  const { added, removed } = diffBy(modelsOf(from), modelsOf(to), keyOf)
  const gone = new Map(removed.filter(({ app }) => isConcerned(app)).map((model) => [keyOf(model) as string, model]))
  const renames = resolveRenames<ModelState>(
    {
      added: added.filter(({ app }) => isConcerned(app)).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
      subjectOf: keyOf,
      removed: new Set(gone.keys()),
      identify: (name, model) => (name.includes('.') ? name : modelKey(model.app, name)),
      isKept: (key) => findModel(to, key) !== undefined,
      isSpent: (key, model) => !from.apps.has(model.app) && !from.apps.has(splitModelKey(key).app),
      mustWait: () => false,
      candidatesFor: (model, free) =>
        modelCandidates(
          [...free].flatMap((key) => gone.get(key) ?? []).filter((old) => canBecome(old, model, from, to)),
          model,
        ),
      question: (model, key, candidates) => ({ kind: 'modelRenamed', key, model: keyOf(model), candidates }),
    },
    inquiry,
  )
  for (const [key, oldKey] of renames.renamed) {
    const [old, model] = [findModel(from, oldKey), findModel(to, key)]
    if (old && model && !canBecome(old, model, from, to)) fail('detection.moveBlocked', { from: oldKey, to: key })
  }
  return renames
}

import { findField, findModel, keyOf, type ModelState, modelsOf, type ProjectState } from '../state/project-state.ts'
import { withField } from '../state/with-field.ts'
import { modelUnder } from '../state/with-model.ts'
import { addDeclarations, addFields, alterOptions } from './add-parts.ts'
import { deleteEnums, extendEnums, replaceEnums, stageEnums } from './alter-enums.ts'
import { alterFields, releaseFields } from './alter-fields.ts'
import { alterTables } from './alter-tables.ts'
import { changeKeys } from './change-keys.ts'
import { concernedApps } from './concerned-apps.ts'
import { removeCopied, stepAsideForCopies } from './copied-relations.ts'
import { createModels } from './create-models.ts'
import { deleteModels } from './delete-models.ts'
import type { Detection } from './detection.ts'
import { type Mentions, startDraft } from './draft.ts'
import { enumChanges } from './enum-changes.ts'
import { freeNames } from './free-names.ts'
import { type Hints, startInquiry } from './inquiry.ts'
import { modelChanges } from './model-changes.ts'
import type { Answers } from './parse-answers.ts'
import { loosenOptions, removeDeclarations, removeFields } from './remove-parts.ts'
import { renameFields } from './rename-fields.ts'
import { renameModels } from './rename-models.ts'
import { type ModelPair, resolveFieldRenames } from './resolve-field-renames.ts'
import { resolveModelRenames } from './resolve-model-renames.ts'
import { resolveRelations } from './resolve-relations.ts'
import { resolveRows } from './resolve-rows.ts'
import { takeSafeSteps } from './take-safe-steps.ts'
import type { Work } from './work.ts'

/** What is compared, and what is known beside the two States. */
export interface DetectOptions {
  /** The State of all migrations. */
  readonly from: ProjectState
  /** The State of the models. */
  readonly to: ProjectState
  readonly hints?: Hints
  readonly answers?: Answers
  /** Only these apps, and those that they need. Absent: all. */
  readonly apps?: Iterable<string>
  /** Ask what needs no answer as well: there is somebody who may like to give one. */
  readonly optional?: boolean
  readonly mentions?: Mentions
}

/**
 * The operations that lead from one State to the other, or all questions that are open before there can be any: what depends on their answers is asked
 * in the next round. Carried out on `from`, the operations give `to`. Pure, and the same on every run.
 */
export function detect(options: DetectOptions): Detection {
  const { from, to, hints = new Map(), answers = new Map(), optional = false, mentions = new Map() } = options
  const inquiry = startInquiry({ answers, hints, optional })
  const { used, questions } = inquiry
  const concerned = options.apps === undefined ? undefined : concernedApps({ from, to, apps: options.apps })
  const isConcerned = (app: string): boolean => concerned === undefined || concerned.has(app)
  const wanted = [...modelsOf(to)].filter(({ app }) => isConcerned(app)).toSorted(byApp)

  const models = resolveModelRenames({ from, to, isConcerned }, inquiry)
  const draft = startDraft(from, mentions)
  const enums = enumChanges(from, to, isConcerned)
  extendEnums(draft, enums)
  renameModels(draft, models.renamed, { from, to })

  const open = new Set([...models.open].flatMap(([added, removed]) => [added, ...removed]))
  const pairs = wanted.flatMap((after): ModelPair[] => {
    const before = findModel(draft.state, keyOf(after))
    return before === undefined ? [] : [{ key: keyOf(after), before, after }]
  })
  const fields = resolveFieldRenames(pairs, { before: draft.state, after: to, open }, inquiry)
  const surroundings = { before: draft.state, after: to, renames: fields, open }
  const relations = resolveRelations(pairs, surroundings, inquiry)
  const rows = resolveRows(pairs, { ...surroundings, relations }, inquiry)
  if (questions.length > 0) return { kind: 'questions', questions, used }

  const target = rows.nullable.reduce(nullable, to)
  const stayed = pairs.map(({ key, before }) => ({ key, before, after: modelUnder(target, key) }))
  const renamed = new Map([...fields.renamed].filter(([path]) => !relations.copies.has(path)))
  for (const pair of stayed) renameFields(draft, pair, renamed)
  const copies = new Map(stayed.flatMap((pair) => [...stepAsideForCopies(draft, pair, to, relations.copies)]))
  const work: Work = {
    draft,
    kept: stayed.map(({ key, after }) => modelChanges(modelUnder(draft.state, key), after, relations.replaced)),
    created: wanted.filter((model) => findModel(draft.state, keyOf(model)) === undefined),
    deleted: [...modelsOf(draft.state)].filter(
      (model) => isConcerned(model.app) && findModel(to, keyOf(model)) === undefined,
    ),
    enums,
    copies,
    ...rows,
  }
  carryOut(work)
  const operations = stageEnums(draft.operations, enums, from)
  return {
    kind: 'operations',
    operations,
    byApp: Map.groupBy(operations, ({ app }) => app),
    notices: rows.nullable.map(({ model, field }) => ({ kind: 'makeNullable', model, field })),
    used,
  }
}

/** The steps, in an order in which each finds what it needs and leaves what the next ones need; each says itself why it stands where it does. */
function carryOut(work: Work): void {
  removeDeclarations(work)
  loosenOptions(work)
  removeFields(work)
  releaseFields(work)
  changeKeys(work)
  const deleteBlocked = deleteModels(work)
  freeNames(work)
  replaceEnums(work)
  alterTables(work)
  createModels(work)
  alterFields(work)
  const all = [
    ...work.kept,
    ...work.created.map((model) => modelChanges(modelUnder(work.draft.state, keyOf(model)), model)),
  ]
  addFields(work, all)
  removeCopied(work)
  addDeclarations(work, all)
  alterOptions(work, all)
  deleteBlocked()
  deleteEnums(work)
  takeSafeSteps(work)
}

function nullable(state: ProjectState, { model, field }: { model: string; field: string }): ProjectState {
  const present = findField(modelUnder(state, model), field)
  return present === undefined ? state : withField(state, model, field, { ...present.field, null: true })
}

/** By app; within one in the order of declaration. */
function byApp(a: ModelState, b: ModelState): number {
  return a.app < b.app ? -1 : a.app > b.app ? 1 : 0
}

import { applyOperation } from '../operations/definitions.ts'
import { heldNames } from '../operations/held-names.ts'
import type { Operation } from '../operations/operation.ts'
import { findModel, type ProjectState, splitModelKey } from '../state/project-state.ts'
import { relationsTo } from '../state/relations.ts'
import type { DetectedOperation, Stage } from './detection.ts'
import { modelsNamedBy } from './models-named.ts'

/** For each model, the apps whose migrations name it by its present name. */
export type Mentions = ReadonlyMap<string, ReadonlySet<string>>

/** Operations as they are found, and the State after them: what each next step compares with what is wanted. */
export interface Draft {
  readonly state: ProjectState
  readonly operations: readonly DetectedOperation[]
  /** Adds an operation to an app's list, with what it must wait for, and carries it out on the State. */
  emit(app: string, operation: Operation, where?: { readonly stage?: Stage; readonly fragment?: string }): void
}

/** Starts with the State of all migrations and no operations. */
export function startDraft(from: ProjectState, mentions: Mentions): Draft {
  let state = from
  const operations: DetectedOperation[] = []
  // For each model: the last operation that settled what others see of it, and all that named it since.
  const settledBy = new Map<string, DetectedOperation>()
  const namedBy = new Map<string, DetectedOperation[]>()
  // For each name of a table or index, the operation that gave it up.
  const freedBy = new Map<string, DetectedOperation>()

  return {
    get state() {
      return state
    },
    operations,
    emit(app, operation, { stage = 'together', fragment } = {}) {
      const around = { before: state, after: applyOperation(operation, state, { app, migration: 'detected' }) }
      const { settled, read, left } = modelsNamedBy(operation, app, around)
      const before = new Set<DetectedOperation>()
      const requires = new Set<string>()
      for (const key of [...settled, ...read]) {
        const settler = settledBy.get(key)
        if (settler !== undefined) before.add(settler)
        else if (!settled.has(key)) requires.add(splitModelKey(key).app)
      }
      for (const key of settled) {
        for (const earlier of namedBy.get(key) ?? []) before.add(earlier)
        // Migrations that name a model must run while it has that name.
        for (const { model } of relationsTo(around.before, key)) requires.add(model.app)
        for (const mentioning of mentions.get(key) ?? []) requires.add(mentioning)
        requires.add(splitModelKey(key).app)
      }
      const names = namesAround([...settled, ...read, ...left], around)
      for (const name of names.after.difference(names.before)) {
        const earlier = freedBy.get(name)
        if (earlier !== undefined) before.add(earlier)
      }
      const detected: DetectedOperation = {
        app,
        operation,
        position: operations.length,
        stage,
        waitsFor: [...before].filter((earlier) => earlier.app !== app).map(({ position }) => position),
        requires: [...requires].filter((other) => other !== app && from.apps.has(other)),
        ...(fragment === undefined ? {} : { fragment }),
      }
      operations.push(detected)
      for (const name of names.before.difference(names.after)) freedBy.set(name, detected)
      for (const key of settled) {
        settledBy.set(key, detected)
        namedBy.set(key, [])
      }
      for (const key of [...read, ...left]) {
        const others = namedBy.get(key)
        if (others === undefined) namedBy.set(key, [detected])
        else others.push(detected)
      }
      state = around.after
    },
  }
}

/** The names in the database that some models hold, in the States before and after an operation. */
function namesAround(keys: readonly string[], around: { readonly before: ProjectState; readonly after: ProjectState }) {
  const namesIn = (state: ProjectState): ReadonlySet<string> =>
    new Set(
      keys.flatMap((key) => {
        const model = findModel(state, key)
        return model === undefined ? [] : [...heldNames(model)].filter((name) => name.startsWith('object '))
      }),
    )
  return { before: namesIn(around.before), after: namesIn(around.after) }
}

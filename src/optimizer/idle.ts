import { structuralEqual } from '../lib/structural-equal.ts'
import { applyOperation } from '../operations/definitions.ts'
import type { Operation } from '../operations/operation.ts'
import { objectKey } from '../schema/schema.ts'
import { findModel, modelKey, type ProjectState } from '../state/project-state.ts'

/** The operations without those that alter something to what it is already, as is left where one alteration takes another back. */
export function withoutIdle(operations: readonly Operation[], app: string, before: ProjectState): readonly Operation[] {
  let state = before
  const kept = operations.filter((operation) => {
    const after = applyOperation(operation, state, { app, migration: '' })
    const isKept = !isIdle(operation, app, { before: state, after })
    state = after
    return isKept
  })
  return kept.length === operations.length ? operations : kept
}

interface States {
  readonly before: ProjectState
  readonly after: ProjectState
}

function isIdle(operation: Operation, app: string, { before, after }: States): boolean {
  const isSameModel = (name: string): boolean => {
    const key = modelKey(app, name)
    return structuralEqual(findModel(before, key), findModel(after, key))
  }
  switch (operation.kind) {
    case 'alterField':
      // A cast changes values, whatever the type.
      return operation.cast === undefined && operation.castRestored === undefined && isSameModel(operation.model)
    case 'alterModelTable':
    case 'alterModelTableComment':
    case 'alterModelOptions':
      return isSameModel(operation.name)
    case 'alterConstraint':
      return isSameModel(operation.model)
    case 'alterEnum': {
      const key = objectKey({ kind: 'enum', name: operation.name })
      return structuralEqual(before.objects.get(key), after.objects.get(key))
    }
    default:
      return false
  }
}

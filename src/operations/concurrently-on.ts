import type { Intent } from '../schema/intent.ts'
import { modelKey, type ProjectState } from '../state/project-state.ts'
import { modelUnder } from '../state/with-model.ts'
import type { OperationContext } from './operation-definition.ts'

/** What an operation wants whose index comes, and on the way back goes, without keeping writers waiting. */
export function concurrentlyOn(
  { model }: { readonly model: string },
  { before }: { readonly before: ProjectState },
  { app }: OperationContext,
): { readonly forwards: readonly Intent[]; readonly backwards: readonly Intent[] } {
  const intents: readonly Intent[] = [
    { kind: 'concurrently', table: modelUnder(before, modelKey(app, model)).identity },
  ]
  return { forwards: intents, backwards: intents }
}

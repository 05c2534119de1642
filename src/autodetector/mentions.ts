import { touches } from '../operations/definitions.ts'
import type { Operation } from '../operations/operation.ts'
import type { Mentions } from './draft.ts'

/** For each model, the apps whose migrations name it. A rename or removal of it has to come after all of them, or they could not be replayed. */
export function mentionsIn(
  migrations: Iterable<{
    readonly app: string
    readonly name: string
    readonly definition: { readonly operations: readonly Operation[] }
  }>,
): Mentions {
  const mentions = new Map<string, Set<string>>()
  for (const { app, name, definition } of migrations) {
    for (const operation of definition.operations) {
      for (const key of touches(operation, { app, migration: name }).models) {
        mentions.set(key, (mentions.get(key) ?? new Set()).add(app))
      }
    }
  }
  return mentions
}

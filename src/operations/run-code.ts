import { qualifiedKey } from '../state/state-field.ts'
import { requireKey } from './checks.ts'
import type { CodeStep, RunCode } from './operation.ts'
import type { OperationContext, OperationDefinition } from './operation-definition.ts'
import { touchesAnything } from './touching.ts'

/** What `runCode` is told. */
export interface RunCodeOptions<Models = unknown> extends Omit<RunCode, 'kind' | 'models' | 'forwards' | 'backwards'> {
  readonly models?: { readonly [Local in keyof Models]: string }
  readonly forwards: CodeStep<Models>
  readonly backwards?: CodeStep<Models>
}

/**
 * Runs a function over the data, with the models as they are at that point of history. Give `backwards` to make it reversible.
 *
 * What the fields of the models are, the compiler is told by a type argument, such as `makemigrations --empty --models` writes; without one, a row is an
 * object of which nothing is known.
 *
 * @example
 * runCode({
 *   models: { Post: 'blog.Post' },
 *   async forwards({ models: { Post } }) {
 *     await Post.filter({ author: { username: 'Greg' } }).update({ isAwesome: true })
 *     await Post.exclude({ author: { username: 'Greg' } }).update({ isAwesome: false })
 *   },
 *   backwards() {},
 * })
 */
export function runCode<Models = unknown>(options: RunCodeOptions<Models>): RunCode {
  // What the fields of the models are is known to the compiler alone.
  return { kind: 'runCode', ...options } as RunCode
}

export const runCodeDefinition: OperationDefinition<RunCode> = {
  symbol: 'c',
  describe: ({ description }) => description ?? 'Run code',
  nameFragment: () => undefined,
  check(operation, state, context) {
    for (const key of declaredModels(operation, context)) requireKey(state, key, context)
  },
  apply: (_operation, state) => state,
  isReversible: ({ backwards }) => backwards !== undefined,
  touches: (operation, context) =>
    operation.models === undefined ? touchesAnything : { models: declaredModels(operation, context) },
}

/** The keys of the models that a step of code declares. */
export function declaredModels(
  { models = {} }: Pick<RunCode, 'models'>,
  { app }: Pick<OperationContext, 'app'>,
): readonly string[] {
  return [...new Set(Object.values(models).map((key) => qualifiedKey(key, app, '')))]
}

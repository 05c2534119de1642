import type { RunCode } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesAnything } from './touching.ts'

/**
 * Runs a function over the data, with Kysely over the tables of that point of history. Give `backwards` to make it reversible.
 *
 * @example
 * runCode({
 *   async forwards({ db }) {
 *     await db.updateTable('blog_post').set({ is_awesome: true }).where('views', '>', 1000).execute()
 *   },
 *   async backwards() {},
 * })
 */
export function runCode(options: Omit<RunCode, 'kind'>): RunCode {
  return { kind: 'runCode', ...options }
}

export const runCodeDefinition: OperationDefinition<RunCode> = {
  symbol: 'c',
  describe: ({ description }) => description ?? 'Run code',
  nameFragment: () => undefined,
  apply: (_operation, state) => state,
  isReversible: ({ backwards }) => backwards !== undefined,
  touches: () => touchesAnything,
}

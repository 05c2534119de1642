import { fail } from '../errors/error.ts'
import type { AnyFields } from '../query/query-set.ts'
import { shapeOf } from '../query/shape.ts'
import type { Json, Value } from '../schema/value.ts'
import type { ModelState, ProjectState } from '../state/project-state.ts'
import { qualifiedKey } from '../state/state-field.ts'
import { keyFields } from '../state/table-facets.ts'
import type { Batched, BatchedOptions, BatchValues, BatchWork } from './batch-work.ts'
import { requireField, requireKey, siteOf } from './checks.ts'
import { namesRelation } from './filter-data.ts'
import type { OperationContext, OperationDefinition } from './operation-definition.ts'
import { declaredModels } from './run-code.ts'
import { touchesAnything } from './touching.ts'

/**
 * Changes the rows of a model batch by batch along its primary key, each batch in a short transaction of its own, so that nobody waits for long. It
 * stands in a migration with `atomic: false`. A run that is stopped or killed goes on behind the last batch that was committed: no row is passed over
 * and none is worked on twice. How many rows a batch holds follows from how long they take.
 *
 * `run` is code, or the values that all rows get. `rows` are those of the batch for which `where` is so: what the code changes may make them fewer. Rows
 * that others add meanwhile are worked on if they come behind the place that the backfill has reached.
 *
 * @example
 * batched({
 *   model: 'Invoice',
 *   where: { status: null },
 *   run: { set: { status: 'draft' } },
 *   backwards: 'nothing',
 * })
 * @example
 * batched({
 *   model: 'Invoice',
 *   async run({ rows }) {
 *     await rows.update({ total: ({ multiply, column }) => multiply(column('net'), '1.2') })
 *   },
 * })
 */
export function batched<Fields = AnyFields, Models = Readonly<Record<string, unknown>>>(
  options: BatchedOptions<NoInfer<Fields>, Models>,
): Batched {
  const { run, backwards } = options
  // What the rows are is known to the compiler alone.
  return {
    kind: 'batched',
    ...options,
    run: withPlainValues(run),
    ...(backwards !== undefined && { backwards: withPlainValues(backwards) }),
  } as Batched
}

export const batchedDefinition: OperationDefinition<Batched> = {
  symbol: 'c',
  describe: ({ description, model, run }) =>
    description ??
    (typeof run === 'function' ? `Run code over ${model} in batches` : `Set ${listOf(run)} of ${model} in batches`),
  nameFragment: () => undefined,
  check(operation, state, context) {
    for (const key of declaredModels(operation, context)) requireKey(state, key, context)
    const model = requireKey(state, modelOf(operation, context), context)
    if (keyFields(model).length === 0) {
      fail('migrations.batchedWithoutKey', { ...siteOf(context), model: modelOf(operation, context) })
    }
    for (const work of [operation.run, operation.backwards]) {
      for (const name of Object.keys(valuesIn(work))) requireAttribute(state, model, name, context)
    }
  },
  apply: (_operation, state) => state,
  isReversible: ({ backwards }) => backwards !== undefined,
  touches: (operation, context) => {
    const { where } = operation
    // Which model a relation leads to, no name says.
    if (where !== undefined && namesRelation(where)) return touchesAnything
    return { models: [...new Set([modelOf(operation, context), ...declaredModels(operation, context)])] }
  },
}

/** Fails with `migrations.operationUnknownField` where the rows of a model show no such field: a relation's key has a name of its own. */
function requireAttribute(state: ProjectState, model: ModelState, name: string, context: OperationContext): void {
  if (!shapeOf(state, model).attributes.has(name)) requireField(model, name, context)
}

/** The key of the model whose rows are worked on. */
export function modelOf({ model }: Batched, { app }: Pick<OperationContext, 'app'>): string {
  return qualifiedKey(model, app, model)
}

/** What a piece of work sets, by field; nothing where it is code or nothing to do. */
export function valuesIn(work: BatchWork | 'nothing' | undefined): BatchValues['set'] {
  return typeof work === 'object' ? work.set : {}
}

function listOf({ set }: BatchValues): string {
  return Object.keys(set).join(', ')
}

/** Values in the form in which they are kept: what JSON has no word for is tagged. */
function withPlainValues<Work>(work: Work | { readonly set: Readonly<Record<string, unknown>> }): unknown {
  if (typeof work !== 'object' || work === null || !('set' in work) || typeof work.set !== 'object') return work
  const set = Object.entries(work.set).map(([name, content]) => [name, plainValue(content)])
  return { set: Object.fromEntries(set) }
}

function plainValue(content: unknown): Value {
  if (typeof content === 'bigint') return { $bigint: content.toString() }
  if (content instanceof Date) return content.toISOString()
  if (content instanceof Uint8Array) return { $bytes: Buffer.from(content).toString('hex') }
  // A document is an object or a list; whatever else there is, is a literal already.
  if (typeof content !== 'object' || content === null || isTagged(content)) return content as Value
  return { $json: content as Json }
}

function isTagged(content: object): boolean {
  const [key, another] = Object.keys(content)
  return another === undefined && (key === '$bigint' || key === '$bytes' || key === '$json')
}

import { fail } from '../errors/error.ts'
import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration } from '../history/migration.ts'
import type { Dialect } from '../schema/dialect.ts'
import { type ProvedSquash, proveSquashes } from './prove-squash.ts'
import { planSquash, type SquashOptions, type SquashPlan } from './squash.ts'

/** A plan whose squashes lead where their originals lead. */
export interface ProvedPlan extends Omit<SquashPlan, 'squashes'> {
  readonly squashes: readonly ProvedSquash[]
}

/**
 * Plans the squash of a range and proves it. Where another app's migration could not follow, the range is cut at all of them that stand in between, and
 * that is proved.
 *
 * @throws squash.cannotJoin, squash.differs
 */
export function provenSquash(
  graph: Graph,
  range: readonly Migration[],
  options: Omit<SquashOptions, 'everyDependent'> & { readonly dialects: readonly Dialect[] },
): ProvedPlan {
  const plan = planSquash(graph, range, options)
  const proof = proveSquashes(graph, plan.squashes, options.dialects)
  if (proof.kind === 'proved') return { ...plan, squashes: proof.squashes }
  const careful = planSquash(graph, range, { ...options, everyDependent: true })
  const second = proveSquashes(graph, careful.squashes, options.dialects)
  if (second.kind === 'proved') return { ...careful, squashes: second.squashes }
  return fail('squash.differs', { squash: keyOfMigration(second.squash), differences: second.differences })
}

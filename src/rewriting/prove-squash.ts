import { GodwitError } from '../errors/error.ts'
import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration } from '../history/migration.ts'
import { applyMigration, replay, stateBefore } from '../history/replay.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { ProjectState } from '../state/project-state.ts'
import { contracted } from './contracted.ts'
import { differencesOfOutcome } from './same-outcome.ts'
import type { Squash } from './squash.ts'

/** A squash with the State that it finds, once it and the others stand in the place of their originals. */
export interface ProvedSquash extends Squash {
  readonly before: ProjectState
}

/** What a proof came to. */
export type SquashProof =
  | { readonly kind: 'proved'; readonly squashes: readonly ProvedSquash[] }
  | { readonly kind: 'differs'; readonly squash: Migration; readonly differences: readonly string[] }

/**
 * Whether squashes lead where their originals lead: each by itself from the State before it, and all of them together with every other migration of the
 * project. A squash that another app's migration cannot follow fails here.
 */
export function proveSquashes(graph: Graph, squashes: readonly Squash[], dialects: readonly Dialect[]): SquashProof {
  const [first] = squashes
  if (first === undefined) return { kind: 'proved', squashes: [] }
  // What is wrong with the originals is not the fault of what replaces them.
  const end = replay(graph, graph.order)
  let current = first
  try {
    const whole = contracted(graph, squashes)
    const proved: ProvedSquash[] = []
    for (const squash of squashes) {
      current = squash
      const before = stateBefore(whole, keyOfMigration(squash.migration))
      const expected = squash.members.reduce(applyMigration, before)
      const differences = differencesOfOutcome(expected, applyMigration(before, squash.migration), dialects)
      if (differences.length > 0) return { kind: 'differs', squash: squash.migration, differences }
      proved.push({ ...squash, before })
    }
    const differences = differencesOfOutcome(end, replay(whole, whole.order), dialects)
    if (differences.length === 0) return { kind: 'proved', squashes: proved }
    return { kind: 'differs', squash: current.migration, differences }
  } catch (error) {
    if (!(error instanceof GodwitError)) throw error
    return { kind: 'differs', squash: current.migration, differences: [error.message.replace(/\.$/, '')] }
  }
}

import { GodwitError } from '../errors/error.ts'
import { forwardsPlan, type Graph } from '../history/graph.ts'
import type { Migration, MigrationKey } from '../history/migration.ts'
import { replay } from '../history/replay.ts'
import { describe } from '../operations/definitions.ts'
import type { Dialect } from '../schema/dialect.ts'
import { rules } from '../state/mistakes/rules.ts'
import type { ProjectState } from '../state/project-state.ts'
import { type Branch, beyond, branchesOf, commonOf } from './branches.ts'
import { type Obstacle, obstacleBetween } from './change-places.ts'
import { type Effect, effectsOf, type Placed } from './effects.ts'
import { reachedFrom } from './reach.ts'
import { differencesOfOutcome } from './same-outcome.ts'

/** Two operations of different branches that may not be done in either order, and why. */
export interface Clash {
  readonly first: { readonly migration: string; readonly operation: string }
  readonly second: { readonly migration: string; readonly operation: string }
  /** A clause: `both concern the field note of billing.Invoice`. */
  readonly reason: string
}

/** What can be said of the branches of an app before anything is written. Without `clashes`, `unproven` and `differences` they commute. */
export interface MergeProof {
  readonly branches: readonly Branch[]
  /** Operations that refer to what the other changes. */
  readonly clashes: readonly Clash[]
  /** Operations of which only their author can know: undeclared code and SQL. */
  readonly unproven: readonly Clash[]
  /** How the outcome of one order of the branches differs from that of another, a clause each. */
  readonly differences: readonly string[]
}

/**
 * Looks whether the branches of an app commute: no operation of one refers to what another changes, and every order of two branches, like the order in
 * which a new database gets all of them, gives the same State and, for every dialect, the same Schema by name. Branches of other apps that come along
 * as dependencies of one branch only are looked at as part of it.
 */
export function proveMerge(graph: Graph, app: string, dialects: readonly Dialect[]): MergeProof {
  const branches = branchesOf(graph, app)
  const obstacles = pairsOf(branches).flatMap(([one, other]) => obstaclesBetween(one, other, graph))
  return {
    branches,
    clashes: ofKind('clash', obstacles),
    unproven: ofKind('unproven', obstacles),
    // Two operations that clash explain themselves better than the outcome that they lead to.
    differences: obstacles.some(({ kind }) => kind === 'clash') ? [] : differencesOfOrders(graph, branches, dialects),
  }
}

type Found = Obstacle & Clash

function ofKind(kind: Obstacle['kind'], found: readonly Found[]): readonly Clash[] {
  return found.filter((one) => one.kind === kind).map(({ first, second, reason }) => ({ first, second, reason }))
}

function pairsOf(branches: readonly Branch[]): readonly (readonly [Branch, Branch])[] {
  return branches.flatMap((one, position) => branches.slice(position + 1).map((other) => [one, other] as const))
}

function obstaclesBetween(one: Branch, other: Branch, graph: Graph): readonly Found[] {
  const theirs = operationsOf(other, one, graph)
  return operationsOf(one, other, graph).flatMap((first) =>
    theirs.flatMap((second): readonly Found[] => {
      const obstacle = obstacleBetween(first.effects, second.effects)
      return obstacle === undefined ? [] : [{ ...obstacle, first: inWords(first), second: inWords(second) }]
    }),
  )
}

/** What one branch does and another has not, with the effects of each operation. */
function operationsOf(branch: Branch, other: Branch, graph: Graph) {
  const own = beyond(branch, other)
  const added = new Set(own)
  const before = branch.line.filter((key) => !added.has(key))
  let states: readonly ProjectState[] | undefined
  const withReach = (effect: Effect): Effect => {
    if (effect.kind === 'schema' || !effect.rowsOnly || effect.models === undefined) return effect
    if (effect.fields !== undefined) return effect
    states ??= [replay(graph, before), replay(graph, branch.line)]
    return { ...effect, reached: reachedFrom(effect.models, states) }
  }
  return own
    .flatMap((key) => placedIn(graph.migrations.get(key)))
    .map((placed) => ({ ...placed, effects: effectsOf(placed).map(withReach) }))
}

function placedIn(migration: Migration | undefined): readonly Placed[] {
  if (migration === undefined) return []
  const { app, name, definition } = migration
  return definition.operations.map((operation) => ({ app, migration: name, operation }))
}

function inWords({ app, migration, operation }: Placed): Clash['first'] {
  return { migration: `${app}.${migration}`, operation: describe(operation) }
}

function differencesOfOrders(
  graph: Graph,
  branches: readonly Branch[],
  dialects: readonly Dialect[],
): readonly string[] {
  const common = commonOf(branches)
  const base = replay(graph, forwardsPlan(graph, common))
  const written = forwardsPlan(
    graph,
    branches.map(({ leaf }) => leaf),
  ).filter((key) => !common.has(key))
  const expected = outcomeOf(graph, written, base)
  if ('reason' in expected) return [`in the order of a new database: ${expected.reason}`]
  const orders = branches.flatMap((one) => branches.flatMap((other) => (one === other ? [] : [[one, other] as const])))
  for (const [one, other] of orders) {
    // A database of one branch gets the other one, and then what is left.
    const order = [...new Set([...one.line, ...other.line, ...written])].filter((key) => !common.has(key))
    const outcome = outcomeOf(graph, order, base)
    const differences =
      'reason' in outcome ? [outcome.reason] : differencesOfOutcome(expected.state, outcome.state, dialects)
    if (differences.length > 0) return differences.map((clause) => `${other.leaf} after ${one.leaf}: ${clause}`)
  }
  return newMistakes(expected.state, branches, graph)
}

/** What nobody may declare, and only both branches together do, such as two tables of one name. */
function newMistakes(state: ProjectState, branches: readonly Branch[], graph: Graph): readonly string[] {
  const found = mistakesIn(state)
  if (found.length === 0) return []
  const known = new Set(branches.flatMap(({ line }) => mistakesIn(replay(graph, line))))
  return found.filter((mistake) => !known.has(mistake)).map((mistake) => `both together: ${mistake}`)
}

function mistakesIn(state: ProjectState): readonly string[] {
  return rules.flatMap((rule) => [...rule(state)].map(inOneClause))
}

function inOneClause({ message }: Error): string {
  return message.replace(/\.$/, '')
}

function outcomeOf(
  graph: Graph,
  keys: readonly MigrationKey[],
  base: ProjectState,
): { readonly state: ProjectState } | { readonly reason: string } {
  try {
    return { state: replay(graph, keys, base) }
  } catch (error) {
    if (!(error instanceof GodwitError)) throw error
    return { reason: inOneClause(error) }
  }
}

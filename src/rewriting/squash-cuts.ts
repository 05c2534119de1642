import { childrenOf, forwardsPlan, type Graph, parentsOf } from '../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import { touches } from '../operations/definitions.ts'
import type { Operation } from '../operations/operation.ts'

/** Why a squash does not go on with a migration. */
export interface Cut {
  readonly before: MigrationKey
  /**
   * `cycle`: a migration outside the range waits for an earlier one, and this one for it. `code`: code runs between them. `dependent`: one outside
   * cannot come after both. `transaction`: some of the work can be part of no transaction.
   */
  readonly why: 'cycle' | 'code' | 'dependent' | 'transaction'
  /** The migration in between; for `transaction` the one whose work it is. */
  readonly through: MigrationKey
}

/** Neighbours in a range that can become one migration, and why they go no further back. */
export interface Segment {
  readonly members: readonly Migration[]
  /** Absent: the range begins here. */
  readonly cut?: Cut
  /** Its work can be part of no transaction. */
  readonly outsideTransaction: boolean
}

export interface CutOptions {
  /** The operations that some members come to when they are one migration. */
  readonly operationsOf: (members: readonly Migration[]) => readonly Operation[]
  /** Cuts wherever a migration outside the range stood between two of it, harmless as it may look. */
  readonly everyDependent?: boolean
}

/**
 * Cuts a range into as few pieces as can each be one migration: without making apps wait for each other, without moving code across what it reads, and
 * without taking into a transaction what can be part of none. A migration in which nothing is atomic is a piece of its own, so that all others can be
 * rolled back whole.
 */
export function cutRange(graph: Graph, range: readonly Migration[], options: CutOptions): readonly Segment[] {
  const segments: Segment[] = []
  const isCutAt = cutFinder(graph, range, options)
  for (const migration of range) {
    const current = segments.at(-1)
    const cut = current && isCutAt(current, migration)
    if (current === undefined || cut !== undefined) {
      const outsideTransaction = needsNoTransaction(migration, [migration], options)
      segments.push({ members: [migration], outsideTransaction, ...(cut === undefined ? {} : { cut }) })
    } else {
      segments[segments.length - 1] = { ...current, members: [...current.members, migration] }
    }
  }
  return segments
}

function cutFinder(graph: Graph, range: readonly Migration[], options: CutOptions) {
  const between = betweenFinder(graph, range)
  return (segment: Segment, next: Migration): Cut | undefined => {
    const before = keyOfMigration(next)
    const cycle = between.waitedFor(segment.members, next)
    if (cycle !== undefined) return { before, why: 'cycle', through: cycle }
    for (const outsider of between.passedOver(segment.members, next)) {
      if (orderMatters(outsider.earlier, outsider.later)) return { before, why: 'code', through: outsider.key }
      if (options.everyDependent === true) return { before, why: 'dependent', through: outsider.key }
    }
    const through = transactionCut(segment, next, options)
    return through === undefined ? undefined : { before, why: 'transaction', through: keyOfMigration(through) }
  }
}

/** The migration whose work stands in the way of one transaction around all, or of none. */
function transactionCut(segment: Segment, next: Migration, options: CutOptions): Migration | undefined {
  const last = segment.members.at(-1) ?? next
  if (segment.outsideTransaction) return needsNoTransaction(next, [next], options) ? undefined : last
  return needsNoTransaction(next, [...segment.members, next], options) ? next : undefined
}

/** Whether what is left of a migration that is not atomic, once it is joined with these, can be part of no transaction. */
function needsNoTransaction(migration: Migration, joined: readonly Migration[], { operationsOf }: CutOptions): boolean {
  const { atomic, operations } = migration.definition
  if (atomic !== false) return false
  const code = new Set(operations.filter(holdsCode))
  const concurrent = operations.some(isConcurrent)
  if (code.size === 0 && !concurrent) return false
  // Code is left as it is or left out; an index may be folded into what it stands on.
  return operationsOf(joined).some((operation) => code.has(operation) || (concurrent && isConcurrent(operation)))
}

function isConcurrent({ kind }: Operation): boolean {
  return kind === 'addIndexConcurrently' || kind === 'removeIndexConcurrently'
}

/** A migration outside the range that comes after a member as it is, and would come at another time. */
interface Outsider {
  readonly key: MigrationKey
  /** What ran first, and would run second. */
  readonly earlier: Migration
  readonly later: Migration
}

function betweenFinder(graph: Graph, range: readonly Migration[]) {
  const own = new Set(range)
  const positions = new Map(graph.order.map((key, index) => [key, index]))
  const comesFirst = (a: MigrationKey, b: MigrationKey): boolean => (positions.get(a) ?? 0) < (positions.get(b) ?? 0)
  return {
    /** A migration outside that waits for a member, and that the next one waits for. */
    waitedFor(members: readonly Migration[], next: Migration): MigrationKey | undefined {
      const inside = members.map(keyOfMigration)
      const waiting = waitingFor(graph, inside)
      return forwardsPlan(graph, parentsOf(graph, keyOfMigration(next))).find(
        (key) => waiting.has(key) && !inside.includes(key),
      )
    },
    /** Those that now come between a member and the next one, and would come after both, or before both. */
    *passedOver(members: readonly Migration[], next: Migration): Generator<Outsider> {
      const inside = members.map(keyOfMigration)
      const nextKey = keyOfMigration(next)
      const outsiders = (keys: Iterable<MigrationKey>, without: ReadonlySet<MigrationKey>) =>
        [...keys].flatMap((key) => {
          const outsider = graph.migrations.get(key)
          return outsider === undefined || own.has(outsider) || without.has(key) ? [] : [{ key, outsider }]
        })
      for (const { key, outsider } of outsiders(waitingFor(graph, inside), waitingFor(graph, [nextKey]))) {
        if (comesFirst(key, nextKey)) yield { key, earlier: outsider, later: next }
      }
      // What a member waits for comes before it as it is.
      const known = new Set(forwardsPlan(graph, inside))
      for (const { key, outsider } of outsiders(forwardsPlan(graph, parentsOf(graph, nextKey)), known)) {
        for (const member of members) {
          if (comesFirst(keyOfMigration(member), key)) yield { key, earlier: member, later: outsider }
        }
      }
    },
  }
}

/** All that waits for one of these, at whatever distance. */
function waitingFor(graph: Graph, keys: readonly MigrationKey[]): ReadonlySet<MigrationKey> {
  const reached = new Set(keys.flatMap((key) => childrenOf(graph, key)))
  for (const key of reached) for (const next of childrenOf(graph, key)) reached.add(next)
  return reached
}

/** Whether one of two migrations holds code that may notice that the other ran at another time. What only makes things anew disturbs nobody. */
function orderMatters(one: Migration, other: Migration): boolean {
  return noticesAny(one, other) || noticesAny(other, one)
}

function noticesAny(reader: Migration, changer: Migration): boolean {
  const changes = changer.definition.operations.filter(({ kind }) => !makesOnly.has(kind))
  return reader.definition.operations
    .filter(holdsCode)
    .some((code) => changes.some((change) => overlap(modelsOf(code, reader), modelsOf(change, changer))))
}

const makesOnly: ReadonlySet<Operation['kind']> = new Set([
  'createModel',
  'createEnum',
  'createExtension',
  'createCollation',
])

function modelsOf(operation: Operation, { app, name }: Migration): readonly string[] {
  return touches(operation, { app, migration: name }).models
}

function overlap(some: readonly string[], others: readonly string[]): boolean {
  if (some.includes('*')) return others.length > 0
  return others.includes('*') ? some.length > 0 : some.some((model) => others.includes(model))
}

/** Whether an operation runs SQL or functions of the user's own. */
function holdsCode(operation: Operation): boolean {
  switch (operation.kind) {
    case 'runSql':
    case 'runCode':
    case 'batched':
    case 'custom':
      return true
    case 'separateDatabaseAndState':
      return operation.databaseOperations.some(holdsCode)
    default:
      return false
  }
}

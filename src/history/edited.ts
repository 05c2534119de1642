import { canonicalJson } from '../lib/canonical-json.ts'
import { differencesBetween } from '../lib/differences-between.ts'
import {
  type CanonicalOperation,
  canonicalOperations,
  onlyForwards,
  operationsChecksum,
} from '../operations/canonical.ts'
import { describe } from '../operations/definitions.ts'
import type { Operation } from '../operations/operation.ts'
import type { Graph } from './graph.ts'
import type { MigrationKey } from './migration.ts'
import type { Recorded, RecordedOperation, Recorder } from './recorder.ts'

/** An applied migration whose file says something else than was applied. */
export interface EditedMigration {
  readonly key: MigrationKey
  /** One line for each operation that was added or removed since, and for each part of one that was changed. */
  readonly differences: readonly string[]
}

/**
 * The applied migrations that were edited afterwards, and how. The record is asked for the operations of those only; what to do about them is the
 * caller's decision.
 */
export async function editedMigrations(
  graph: Graph,
  applied: ReadonlyMap<MigrationKey, Recorded>,
  recorder: Pick<Recorder, 'contents'>,
): Promise<readonly EditedMigration[]> {
  const edited = graph.order.flatMap((key) => {
    const migration = graph.migrations.get(key)
    const recorded = applied.get(key)
    // Of a migration that was recorded along with a squash while its file was not there, only the name is known.
    if (migration === undefined || recorded === undefined || recorded.checksum === '') return []
    const { operations } = migration.definition
    return checksumOf(operations) === recorded.checksum ? [] : [{ key, operations }]
  })
  if (edited.length === 0) return []
  const contents = await recorder.contents(edited.map(({ key }) => key))
  return edited.flatMap(({ key, operations }) => {
    const differences = describeEdits(contents.get(key)?.operations ?? [], canonicalOperations(operations))
    // Data that is equal under another checksum was recorded in an older format.
    return differences.length === 0 ? [] : [{ key, differences }]
  })
}

const checksums = new WeakMap<readonly Operation[], string>()

/** Remembered for as long as the operations live: the record is compared again once the lock is held. */
function checksumOf(operations: readonly Operation[]): string {
  const known = checksums.get(operations) ?? operationsChecksum(operations)
  checksums.set(operations, known)
  return known
}

/** How a list of operations differs from what it was, in words, a line each without a full stop; empty when it does not. */
export function describeEdits(
  recorded: readonly RecordedOperation[],
  onFile: readonly CanonicalOperation[],
): readonly string[] {
  const before = recorded.map(onlyForwards)
  const after = onFile.map(onlyForwards)
  const removed = without(before, after)
  const added = without(after, before)
  if (removed.length === 0 && added.length === 0) {
    return canonicalJson(before) === canonicalJson(after) ? [] : ['the operations are in another order']
  }
  // What is told by the same words on both sides is one operation with other content.
  const partners = Map.groupBy(added, inWords)
  const lost: string[] = []
  const changed = removed.flatMap((old) => {
    const now = partners.get(inWords(old))?.shift()
    if (now !== undefined) return differencesBetween(old, now).map((difference) => `"${inWords(old)}": ${difference}`)
    lost.push(`"${inWords(old)}" was removed`)
    return []
  })
  const gained = [...partners.values()].flat().map((operation) => `"${inWords(operation)}" was added`)
  return [...changed, ...lost, ...gained]
}

/** The operations that have no equal among others; one equal stands for one operation only. */
function without(
  operations: readonly RecordedOperation[],
  others: readonly RecordedOperation[],
): readonly RecordedOperation[] {
  const left = new Map<string, number>()
  for (const other of others) left.set(canonicalJson(other), (left.get(canonicalJson(other)) ?? 0) + 1)
  return operations.filter((operation) => {
    const text = canonicalJson(operation)
    const count = left.get(text) ?? 0
    if (count > 0) left.set(text, count - 1)
    return count === 0
  })
}

/** An operation that was recorded has lost its functions, and with them the words of a custom one. */
function inWords(operation: RecordedOperation): string {
  return operation.kind === 'custom'
    ? `Custom operation ${operation['type']}`
    : describe(operation as unknown as Operation)
}

import { topologicalOrder } from '../lib/topological-order.ts'
import { canonicalFormat } from '../operations/canonical.ts'
import { isReversible } from '../operations/definitions.ts'
import type { Operation } from '../operations/operation.ts'
import { parseOperations, waysBackSurvive } from '../operations/parse-operations.ts'
import { explainedBySquashes } from './explained.ts'
import type { Graph } from './graph.ts'
import {
  keyOfMigration,
  type Migration,
  type MigrationDefinition,
  type MigrationKey,
  migrationKey,
} from './migration.ts'
import type { Recorded, RecordedContent, Recorder } from './recorder.ts'

/** A migration that is recorded as applied and has no file here: it stands on another branch, or was deleted. */
export interface MissingMigration {
  readonly key: MigrationKey
  /** ISO text, in UTC. */
  readonly appliedAt: string
  /** As the record remembers it, without a file; absent where a newer Godwit wrote the record. */
  readonly migration?: Migration
}

/**
 * The migrations that are recorded and have no file here, each after those that it waits for. What a migration here stands in the place of is not
 * missing, nor what the record itself explains by a squash.
 */
export async function missingMigrations(
  graph: Pick<Graph, 'loaded'>,
  applied: ReadonlyMap<MigrationKey, Recorded>,
  recorder: Pick<Recorder, 'contents'>,
): Promise<readonly MissingMigration[]> {
  const known = keysOnFile(graph)
  const explained = explainedBySquashes(known, applied)
  const lost = [...applied].filter(([key]) => !known.has(key) && !explained.has(key))
  if (lost.length === 0) return []
  const readable = lost.flatMap(([key, { format }]) => (format <= canonicalFormat ? [key] : []))
  const contents = await recorder.contents(readable)
  const found = lost
    .map(([key, recorded]) => missingOf(key, recorded, contents.get(key)))
    .toSorted((a, b) => (a.appliedAt < b.appliedAt ? -1 : a.appliedAt > b.appliedAt ? 1 : 0))
  // Several may have been applied within the same millisecond, so what they say of each other counts first.
  return topologicalOrder(
    found,
    ({ key }) => key,
    ({ migration }) => (migration?.definition.dependencies ?? []).map((reference) => migrationKey(...reference)),
  )
}

/** What of a migration that has only its record cannot be undone: code, which no record holds, and what never had a way back. */
export function notUndoable({ definition }: Migration): readonly Operation[] {
  return definition.operations.filter((operation) => !isReversible(operation) || !waysBackSurvive(operation))
}

function keysOnFile({ loaded }: Pick<Graph, 'loaded'>): ReadonlySet<MigrationKey> {
  const replaced = loaded.flatMap(({ definition }) => definition.replaces ?? [])
  return new Set([...loaded.map(keyOfMigration), ...replaced.map((reference) => migrationKey(...reference))])
}

function missingOf(
  key: MigrationKey,
  { app, name, appliedAt }: Recorded,
  content: RecordedContent | undefined,
): MissingMigration {
  if (content === undefined) return { key, appliedAt }
  return { key, appliedAt, migration: { app, name, definition: definitionOf(content) } }
}

function definitionOf({ dependencies, operations }: RecordedContent): MigrationDefinition {
  const parsed = parseOperations(operations)
  // Whether a migration was one transaction is not recorded; what can be part of none tells of itself.
  const isStepwise = parsed.some(isPartOfNoTransaction)
  return { dependencies, operations: parsed, ...(isStepwise && { atomic: false as const }) }
}

function isPartOfNoTransaction(operation: Operation): boolean {
  switch (operation.kind) {
    case 'addIndexConcurrently':
    case 'removeIndexConcurrently':
    case 'batched':
      return true
    case 'runCode':
      return operation.atomic === false
    default:
      return false
  }
}

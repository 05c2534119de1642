import { buildGraph, type Graph } from '../history/graph.ts'
import { keyOfMigration, type MigrationKey } from '../history/migration.ts'
import type { CodeStep, Operation, RunCode } from '../operations/operation.ts'

/** Called behind every step of SQL or code, in its transaction where it has one. */
export type Probe = (migration: MigrationKey, operation: Operation) => Promise<void>

/** Whether an operation works on rows or does anything else that no Schema shows. */
export function isDataOperation({ kind }: Operation): boolean {
  return kind === 'runSql' || kind === 'runCode' || kind === 'batched' || kind === 'custom'
}

/**
 * The same migrations with a probe behind each operation that is SQL or code. The probe is a step of code itself, in the same place and the same
 * transaction, so that the executor needs to know nothing of it.
 */
export function withProbes(graph: Graph, probe: Probe): Graph {
  return withOperations(graph, (key, operation) => {
    if (!isDataOperation(operation)) return [operation]
    return [operation, probeBehind(operation, () => probe(key, operation))]
  })
}

/** The same migrations without what their code does: for code that needs what no scratch database has. */
export function withoutCode(graph: Graph): Graph {
  return withOperations(graph, (_key, operation) => {
    switch (operation.kind) {
      case 'runCode':
        return [{ ...operation, forwards: nothing, ...(operation.backwards !== undefined && { backwards: nothing }) }]
      case 'batched': {
        const { run, backwards } = operation
        const still = { set: {} }
        return [
          {
            ...operation,
            ...(typeof run === 'function' && { run: still }),
            ...(typeof backwards === 'function' && { backwards: still }),
          },
        ]
      }
      default:
        return [operation]
    }
  })
}

const nothing: CodeStep = () => {}

function withOperations(
  graph: Graph,
  change: (key: MigrationKey, operation: Operation) => readonly Operation[],
): Graph {
  const changed = graph.loaded.map((migration) => {
    const key = keyOfMigration(migration)
    const all = (operations: readonly Operation[]): readonly Operation[] =>
      operations.flatMap((operation) =>
        operation.kind === 'separateDatabaseAndState'
          ? [{ ...operation, databaseOperations: all(operation.databaseOperations) }]
          : change(key, operation),
      )
    return { ...migration, definition: { ...migration.definition, operations: all(migration.definition.operations) } }
  })
  return buildGraph(changed, { labels: graph.labels })
}

/** A step of code that runs wherever the operation does. */
function probeBehind(operation: Operation, forwards: CodeStep): RunCode {
  const databases = operation.kind === 'runSql' || operation.kind === 'runCode' ? operation.databases : undefined
  return {
    kind: 'runCode',
    forwards,
    backwards: nothing,
    ...(databases !== undefined && { databases }),
    ...modelsOf(operation),
    // Code outside of the transaction bears no other around its second run either.
    ...(operation.kind === 'runCode' && operation.atomic === false && { atomic: false as const }),
  }
}

function modelsOf(operation: Operation): Pick<RunCode, 'models'> {
  switch (operation.kind) {
    case 'runCode':
      return operation.models === undefined ? {} : { models: operation.models }
    case 'batched':
      return { models: { ...operation.models, probed: operation.model } }
    default:
      return {}
  }
}

import { hash } from 'node:crypto'
import { databaseOptions } from '../fields/database-options.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import type { Batched } from './batch-work.ts'
import { filterToData } from './filter-data.ts'
import type { CodeStep, Operation } from './operation.ts'

/** The format of `canonicalOperations`. It grows by one when the same operations give other data, so that a record is read as it was written. */
export const canonicalFormat = 1

/**
 * Operations as plain data for the record and for checksums: no functions, only what tells of them (`backwards: true`), and of each field only what
 * shapes the database. What changes nothing in any database (`elidable`, descriptions) is left out.
 */
export function canonicalOperations(operations: readonly Operation[]): readonly CanonicalOperation[] {
  return operations.map(canonicalOperation)
}

/** An operation as plain data. */
export interface CanonicalOperation {
  readonly kind: string
  readonly [key: string]: unknown
}

/**
 * The SHA-256 of what the operations do to a database that they are applied to: another text of the same operations is no edit, and neither is a way
 * back that is added later.
 */
export function operationsChecksum(operations: readonly Operation[]): string {
  return hash('sha256', canonicalJson(canonicalOperations(operations).map(onlyForwards)), 'hex')
}

/**
 * The data of an operation without what only unapplying reads, what only a run that was killed reads, and what code says of itself: none of that
 * changes what was done to a database.
 */
export function onlyForwards(operation: CanonicalOperation): CanonicalOperation {
  const inner = Object.entries(operation)
    .filter(([key]) => !besidesForwards.has(key))
    .map(([key, value]) => [key, isOperationList(value) ? value.map(onlyForwards) : value])
  return withoutEmptyOptions(Object.fromEntries(inner))
}

/** No list of indexes says the same as an empty one. */
function withoutEmptyOptions(operation: CanonicalOperation): CanonicalOperation {
  const { options, stateOperations, ...rest } = operation
  const isEmpty = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0)
  const given = Object.entries(options ?? {}).filter(([, value]) => !isEmpty(value))
  return {
    ...rest,
    ...(given.length > 0 && { options: Object.fromEntries(given) }),
    ...(!isEmpty(stateOperations) && { stateOperations }),
  }
}

const besidesForwards: ReadonlySet<string> = new Set([
  'backwards',
  'fillRestored',
  'castRestored',
  'restoreFrom',
  'models',
  'atomic',
  'done',
])

function isOperationList(value: unknown): value is readonly CanonicalOperation[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'object' && entry !== null && 'kind' in entry)
}

/**
 * The SHA-256 of the texts of all functions in the operations; undefined where there are none. It differs between type stripping, `tsc` and bundlers,
 * so it can prove nothing and stops nothing.
 */
export function codeFingerprint(operations: readonly Operation[]): string | undefined {
  const texts = operations.flatMap(functionsOf).map(String)
  return texts.length === 0 ? undefined : hash('sha256', texts.join('\n'), 'hex')
}

function canonicalOperation(operation: Operation): CanonicalOperation {
  switch (operation.kind) {
    case 'createModel': {
      const fields = Object.entries(operation.fields).map(([name, field]) => [name, databaseOptions(field)])
      return { ...operation, fields: Object.fromEntries(fields) }
    }
    case 'addField':
    case 'alterField':
      return { ...operation, field: databaseOptions(operation.field) }
    case 'runSql': {
      const { elidable: _, stateOperations, ...rest } = operation
      return { ...rest, ...(stateOperations && { stateOperations: canonicalOperations(stateOperations) }) }
    }
    case 'runCode':
      return {
        kind: operation.kind,
        ...(operation.models !== undefined && { models: operation.models }),
        ...(operation.backwards !== undefined && { backwards: doesNothing(operation.backwards) ? 'nothing' : true }),
        ...(operation.atomic === false && { atomic: false }),
        ...(operation.databases !== undefined && { databases: operation.databases }),
      }
    case 'batched':
      return canonicalBatched(operation)
    case 'separateDatabaseAndState':
      return {
        kind: operation.kind,
        databaseOperations: canonicalOperations(operation.databaseOperations),
        stateOperations: canonicalOperations(operation.stateOperations),
      }
    case 'custom':
      return { kind: operation.kind, type: operation.type, ...(operation.data && { data: operation.data }) }
    default:
      return { ...operation }
  }
}

/** The model and the filter say which rows; of code there is only that it is there. How large the batches are changes nothing. */
function canonicalBatched({ kind, model, where, models, run, backwards }: Batched): CanonicalOperation {
  return {
    kind,
    model,
    ...(where !== undefined && { where: filterToData(where) }),
    ...(models !== undefined && { models }),
    ...(typeof run === 'object' && { run }),
    ...(backwards !== undefined && { backwards: typeof backwards === 'function' ? true : backwards }),
  }
}

/** Whether a function has an empty body, in any spelling: a way back that is one can be taken without the function. */
function doesNothing(step: CodeStep): boolean {
  return /^(async\s*)?(function\b)?\s*\w*\s*\([^)]*\)\s*(=>)?\s*\{\s*\}$/.test(String(step))
}

function functionsOf(operation: Operation): readonly unknown[] {
  switch (operation.kind) {
    case 'runCode':
      return [operation.forwards, operation.backwards].filter((step) => step !== undefined)
    case 'batched':
      return [operation.run, operation.backwards].filter((step) => typeof step === 'function')
    case 'custom':
      return [operation.definition.apply, operation.definition.forwards, operation.definition.backwards].filter(
        (step) => step !== undefined,
      )
    case 'runSql':
      return (operation.stateOperations ?? []).flatMap(functionsOf)
    case 'separateDatabaseAndState':
      return [...operation.databaseOperations, ...operation.stateOperations].flatMap(functionsOf)
    default:
      return []
  }
}

import { fail } from '../errors/error.ts'
import type { CanonicalOperation } from './canonical.ts'
import { definitions } from './definitions.ts'
import { filterFromData } from './filter-data.ts'
import type { CodeStep, CustomOperation, Operation, RunCode } from './operation.ts'
import { touchesAnything } from './touching.ts'

/**
 * Operations from the data that `canonicalOperations` made of them. Functions cannot come back: a `runCode` or `custom` operation is there in its
 * place, and fails with `migrations.operationWithoutCode` when its code is wanted. What is no known operation fails so as well.
 */
export function parseOperations(operations: readonly CanonicalOperation[]): readonly Operation[] {
  return operations.map(parseOperation)
}

/** Whether an operation, and all those inside it, still has the functions that it was written with. */
export function hasCode(operation: Operation): boolean {
  switch (operation.kind) {
    case 'runCode':
      return !lost.has(operation)
    case 'batched':
    case 'custom':
      return !lost.has(operation)
    case 'runSql':
      return (operation.stateOperations ?? []).every(hasCode)
    case 'separateDatabaseAndState':
      return [...operation.databaseOperations, ...operation.stateOperations].every(hasCode)
    default:
      return true
  }
}

/** Whether an operation can still be unapplied as it was meant to be: no function was lost that its way back needs. */
export function waysBackSurvive(operation: Operation): boolean {
  switch (operation.kind) {
    case 'runCode':
      return operation.backwards === doNothing || hasCode(operation)
    case 'batched':
      return typeof operation.backwards !== 'function' || hasCode(operation)
    case 'separateDatabaseAndState':
      return [...operation.databaseOperations, ...operation.stateOperations].every(waysBackSurvive)
    case 'runSql':
      return (operation.stateOperations ?? []).every(waysBackSurvive)
    default:
      return hasCode(operation)
  }
}

const doNothing: CodeStep = async () => {}

/** The operations that came without their functions. Kept apart from them, so that they stay equal to those with. */
const lost = new WeakSet<Operation>()

function parseOperation(data: CanonicalOperation): Operation {
  switch (data.kind) {
    case 'runCode':
      return withoutCode(parsedCode(data))
    case 'batched':
      return parsedBatched(data)
    case 'custom':
      return withoutCode(parsedCustom(data))
    case 'runSql':
    case 'separateDatabaseAndState':
      return {
        ...known(data),
        ...(Array.isArray(data['stateOperations']) && { stateOperations: parseOperations(data['stateOperations']) }),
        ...(Array.isArray(data['databaseOperations']) && {
          databaseOperations: parseOperations(data['databaseOperations']),
        }),
      }
    default:
      return known(data)
  }
}

function parsedCode(data: CanonicalOperation): RunCode {
  return {
    kind: 'runCode',
    ...(isTextsByName(data['models']) && { models: data['models'] }),
    forwards: missing('Run code'),
    ...(data['backwards'] === true && { backwards: missing('Run code') }),
    ...(data['backwards'] === 'nothing' && { backwards: doNothing }),
    ...(data['atomic'] === false && { atomic: false as const }),
    ...(isTexts(data['databases']) && { databases: data['databases'] }),
  }
}

/** Where only values are set, nothing was lost. */
function parsedBatched(data: CanonicalOperation): Operation {
  const { run = missing('Batches'), backwards, where, ...rest } = data
  const wayBack = backwards === true ? missing('Batches') : backwards
  const operation = known({
    ...rest,
    run,
    ...(where !== undefined && { where: filterFromData(where) }),
    ...(wayBack !== undefined && { backwards: wayBack }),
  })
  return typeof run === 'function' || typeof wayBack === 'function' ? withoutCode(operation) : operation
}

function parsedCustom(data: CanonicalOperation): CustomOperation {
  const type = String(data['type'])
  const code = missing(type)
  return {
    kind: 'custom',
    type,
    ...(isRecord(data['data']) && { data: data['data'] }),
    definition: {
      symbol: '?',
      describe: () => type,
      nameFragment: () => undefined,
      apply: () => fail('migrations.operationWithoutCode', { operation: type }),
      forwards: code,
      backwards: code,
      touches: () => touchesAnything,
    },
  }
}

function missing(operation: string): CodeStep {
  return () => fail('migrations.operationWithoutCode', { operation })
}

function withoutCode<Op extends Operation>(operation: Op): Op {
  lost.add(operation)
  return operation
}

/** Data that was an operation when it was recorded: the kind is checked, and the format number of the record vouches for the rest. */
function known(data: CanonicalOperation): Operation {
  if (!Object.hasOwn(definitions, data.kind)) fail('migrations.operationWithoutCode', { operation: data.kind })
  return data as unknown as Operation
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}

function isTextsByName(value: unknown): value is { readonly [name: string]: string } {
  return isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string')
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

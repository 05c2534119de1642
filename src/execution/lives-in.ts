import { fail } from '../errors/error.ts'
import { modelOf } from '../operations/batched.ts'
import { touches } from '../operations/definitions.ts'
import type { Operation } from '../operations/operation.ts'
import type { OperationContext } from '../operations/operation-definition.ts'
import { holdsModel, type Placement } from '../state/placement.ts'
import { qualifiedKey } from '../state/state-field.ts'

/**
 * Whether an operation has work to do in a database. One that changes the schema has where its model lives; SQL and code have where they say, else where
 * the models live that they declare, all of them, else where their app does. Without a placement everything is everywhere.
 *
 * @throws execution.modelsApart, execution.unknownDatabases
 */
export function livesIn(operation: Operation, context: OperationContext, placement: Placement | undefined): boolean {
  if (placement === undefined) return true
  const { database, holds } = placement
  const named = databasesOf(operation)
  if (named !== undefined) {
    refuseUnknown(named, context, placement)
    return named.includes(database)
  }
  const models = modelsOf(operation, context)
  const [first] = models
  if (first === undefined || models.includes('*')) return holds(context.app)
  const isHere = holdsModel(first, placement)
  const apart = isCode(operation) ? models.find((model) => holdsModel(model, placement) !== isHere) : undefined
  if (apart !== undefined) {
    if (placement.hasHomeFor?.(models) === true) return false
    const [here, elsewhere] = isHere ? [first, apart] : [apart, first]
    fail('execution.modelsApart', { migration: keyIn(context), operation: operation.kind, database, here, elsewhere })
  }
  return isHere
}

/**
 * Refuses a rename between two names that live in different databases: it would leave the table where it is, under its old name, and make none where it
 * should be.
 *
 * @throws execution.renamedApart
 */
export function refuseRenameApart(
  operation: Operation,
  context: OperationContext,
  placement: Placement | undefined,
): void {
  const names = namesOf(operation, context)
  if (placement === undefined || names === undefined) return
  const [from, to] = names
  if (holdsModel(from, placement) === holdsModel(to, placement)) return
  fail('execution.renamedApart', { migration: keyIn(context), from, to, database: placement.database })
}

function databasesOf(operation: Operation): readonly string[] | undefined {
  return operation.kind === 'runSql' || operation.kind === 'runCode' ? operation.databases : undefined
}

/** The models that decide, the one that an operation is about first; `*` where any may be meant. */
function modelsOf(operation: Operation, context: OperationContext): readonly string[] {
  if (operation.kind !== 'batched') return touches(operation, context).models
  const others = Object.values(operation.models ?? {})
  return [modelOf(operation, context), ...others.map((key) => qualifiedKey(key, context.app, ''))]
}

function namesOf(operation: Operation, { app }: OperationContext): readonly [from: string, to: string] | undefined {
  if (operation.kind === 'renameModel') return [`${app}.${operation.from}`, `${app}.${operation.to}`]
  if (operation.kind !== 'moveModel') return undefined
  return [operation.model, `${app}.${operation.model.slice(operation.model.indexOf('.') + 1)}`]
}

function isCode({ kind }: Operation): boolean {
  return kind === 'runCode' || kind === 'batched' || kind === 'custom'
}

function refuseUnknown(named: readonly string[], context: OperationContext, { known }: Placement): void {
  const unknown = named.find((name) => !known.includes(name))
  if (unknown !== undefined) fail('execution.unknownDatabases', { migration: keyIn(context), database: unknown, known })
}

function keyIn({ app, migration }: OperationContext): string {
  return `${app}.${migration}`
}

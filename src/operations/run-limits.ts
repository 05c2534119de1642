import { nativeEnumOf } from '../fields/native-enum.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import { findField, findModel, type ModelState, modelKey, type ProjectState } from '../state/project-state.ts'
import { facetsOf, keyFields } from '../state/table-facets.ts'
import { onlyAdds } from './alter-enum.ts'
import { touches } from './definitions.ts'
import { differsInValuesOnly, findObject } from './find-object.ts'
import { heldNames } from './held-names.ts'
import type { Operation } from './operation.ts'
import type { OperationContext } from './operation-definition.ts'

/** One schema operation, with the States around it. */
export interface AppliedOperation {
  readonly operation: Operation
  readonly before: ProjectState
  readonly after: ProjectState
}

/** What the operations of a run have done so far, as far as it limits what may follow in the same run. */
export interface RunLimits {
  /** Names that were free at some moment since the run began: who takes one needs a run that begins after. */
  readonly freedNames: Set<string>
  /** Models that the run created: they have no rows, so anything may be done to them. */
  readonly created: Set<string>
  /** Fields of other models that the run added or altered, by identity. */
  readonly fields: Map<string, 'added' | 'altered'>
  /** The enum whose values the run changes, with which it began. */
  alteredEnum?: AlteredEnum
}

interface AlteredEnum {
  readonly name: string
  /** Values only come: they can't be used before the run is committed. */
  readonly onlyAdds: boolean
}

/** Nothing was done yet. */
export function noLimits(): RunLimits {
  return { freedNames: new Set(), created: new Set(), fields: new Map() }
}

/**
 * Whether an operation may join the run. It may not when the two ends of the run would no longer tell what happened in between: a name changed hands,
 * or the values of one field changed twice (of `integer` → `text` → `integer`, and of a default that is added and then altered, the ends see one step,
 * and the rows would differ).
 */
export function mayJoin(applied: AppliedOperation, limits: RunLimits, context: OperationContext): boolean {
  const { operation } = applied
  if (operation.kind === 'alterEnum') return false
  if (limits.alteredEnum !== undefined && !belongsTo(limits.alteredEnum, applied, context)) return false
  if (takenNames(applied, context).some((name) => limits.freedNames.has(name))) return false
  if (operation.kind !== 'alterField' && operation.kind !== 'removeField') return true
  const field = fieldIdentity(applied.before, modelKey(context.app, operation.model), operation.name)
  const done = field === undefined ? undefined : limits.fields.get(field)
  if (operation.kind === 'alterField' || operation.fillRestored !== undefined) return done === undefined
  // Added and removed in one run, a field never was.
  return done !== 'altered'
}

/** Takes down what an operation that joined the run has done. */
export function note(applied: AppliedOperation, limits: RunLimits, context: OperationContext): void {
  const { operation, before, after } = applied
  for (const name of freedNames(applied, context)) limits.freedNames.add(name)
  if (operation.kind === 'alterEnum') {
    const { name, values } = operation
    const old = findObject(before, 'enum', name)?.values ?? []
    limits.alteredEnum = { name, onlyAdds: onlyAdds(old, values) }
  }
  if (operation.kind === 'createModel') {
    const model = findModel(after, modelKey(context.app, operation.name))
    if (model !== undefined) limits.created.add(model.identity)
  }
  if (operation.kind === 'addField' || operation.kind === 'alterField') {
    const key = modelKey(context.app, operation.model)
    const field = fieldIdentity(after, key, operation.name)
    const model = findModel(before, key)
    if (field === undefined || model === undefined || limits.created.has(model.identity)) return
    limits.fields.set(field, operation.kind === 'addField' ? 'added' : 'altered')
  }
}

/**
 * Whether an operation must be a run of its own: what is done concurrently is part of no transaction, a check is to be validated after the transaction
 * that added it, a cast speaks of columns by the names of its moment, another type of a key changes columns of other tables on the side, and a model
 * that becomes managed or unmanaged is left out of the comparison of its run. Where pairs are copied, the tables that they are copied from and to must
 * be there as a whole.
 */
export function standsAlone({ operation, before, after }: AppliedOperation, context: OperationContext): boolean {
  if (operation.kind === 'addIndexConcurrently' || operation.kind === 'removeIndexConcurrently') return true
  if (operation.kind === 'validateConstraint') return true
  if (operation.kind === 'alterModelOptions') {
    const key = modelKey(context.app, operation.name)
    return findModel(before, key)?.options.managed !== findModel(after, key)?.options.managed
  }
  if (operation.kind === 'addField') return operation.copyFrom !== undefined
  if (operation.kind === 'removeField') return operation.restoreFrom !== undefined
  if (operation.kind !== 'alterField') return false
  if (operation.cast !== undefined || operation.castRestored !== undefined) return true
  const key = modelKey(context.app, operation.model)
  const old = findModel(before, key)
  const now = findModel(after, key)
  if (old === undefined || now === undefined || !keyFields(old).some(({ name }) => name === operation.name))
    return false
  // Between the one key and the next there is none, and nothing that points at the model has a type.
  if (keyFields(now).length === 0) return false
  return !structuralEqual(keyTypes(before, old), keyTypes(after, now))
}

/** Whether an operation only says the new values of the enum in one of its fields as well; where the enum is made anew, it may do more to the field. */
function belongsTo(
  { name, onlyAdds: mustWait }: AlteredEnum,
  { operation, before, after }: AppliedOperation,
  { app }: OperationContext,
): boolean {
  if (operation.kind !== 'alterField') return false
  const [old, now] = [before, after].map((state) => {
    const model = findModel(state, modelKey(app, operation.model))
    return model && findField(model, operation.name)?.field
  })
  if (old === undefined || now === undefined) return false
  if (nativeEnumOf(old)?.name !== name || nativeEnumOf(now)?.name !== name) return false
  return !mustWait || differsInValuesOnly(old, now)
}

function keyTypes(state: ProjectState, model: ModelState): unknown {
  return facetsOf(state, model).key.map(({ name: _, ...type }) => type)
}

function fieldIdentity(state: ProjectState, key: string, name: string): string | undefined {
  const model = findModel(state, key)
  return model && findField(model, name)?.identity
}

function takenNames({ operation, before, after }: AppliedOperation, context: OperationContext): readonly string[] {
  return [...objectsOnlyIn(after, before), ...namesOnlyIn(after, before, touches(operation, context).models)]
}

function freedNames({ operation, before, after }: AppliedOperation, context: OperationContext): readonly string[] {
  return [...objectsOnlyIn(before, after), ...namesOnlyIn(before, after, touches(operation, context).models)]
}

/** A type of a database has no name that one of its tables has. */
function objectsOnlyIn({ objects }: ProjectState, other: ProjectState): readonly string[] {
  if (objects === other.objects) return []
  return [...objects].flatMap(([key, { object }]) =>
    other.objects.has(key) ? [] : [object.kind === 'enum' ? `object ${object.name.toLowerCase()}` : key],
  )
}

function namesOnlyIn(state: ProjectState, other: ProjectState, keys: readonly string[]): readonly string[] {
  const changed = keys.filter((key) => findModel(state, key) !== findModel(other, key))
  const held = changed.flatMap((key) => findModel(state, key) ?? []).flatMap((model) => [...heldNames(model)])
  const others = changed.flatMap((key) => findModel(other, key) ?? []).map(heldNames)
  return held.filter((name) => !others.some((names) => names.has(name)))
}

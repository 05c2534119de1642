import { fail } from '../errors/error.ts'
import { fieldsEqual } from '../fields/database-options.ts'
import type { Field } from '../fields/field.ts'
import { nativeEnumOf } from '../fields/native-enum.ts'
import { didYouMean } from '../lib/did-you-mean.ts'
import { objectKey, type SchemaObject } from '../schema/schema.ts'
import { keyOf, modelsOf, type ProjectState } from '../state/project-state.ts'
import { siteOf } from './checks.ts'
import type { OperationContext } from './operation-definition.ts'

type ObjectKind = SchemaObject['kind']
type Named<Kind extends ObjectKind> = Extract<SchemaObject, { readonly kind: Kind }>

/** The object of this kind and name, if the State has it. */
export function findObject<Kind extends ObjectKind>(
  state: ProjectState,
  kind: Kind,
  name: string,
): Named<Kind> | undefined {
  const object = state.objects.get(objectKey({ kind, name }))?.object
  return object !== undefined && isOfKind(object, kind) ? object : undefined
}

/** The object of this kind and name. Fails with `migrations.operationUnknownObject`. */
export function requireObject<Kind extends ObjectKind>(
  state: ProjectState,
  kind: Kind,
  name: string,
  context: OperationContext,
): Named<Kind> {
  const object = findObject(state, kind, name)
  if (object !== undefined) return object
  const hint = didYouMean(name, namesOf(state, kind))
  return fail('migrations.operationUnknownObject', { ...siteOf(context), kind, name, hint })
}

/** Fails with `migrations.operationUnknownEnum` when a field is of an enum type that the State does not have. */
export function requireEnum(
  state: ProjectState,
  model: string,
  name: string,
  field: Field,
  context: OperationContext,
): void {
  const native = nativeEnumOf(field)
  if (native === undefined || findObject(state, 'enum', native.name) !== undefined) return
  const hint = didYouMean(native.name, namesOf(state, 'enum'))
  fail('migrations.operationUnknownEnum', { ...siteOf(context), model, field: name, name: native.name, hint })
}

/** Fails with `migrations.operationObjectExists` when the State has an object of this kind and name. */
export function requireNoObject(state: ProjectState, object: SchemaObject, context: OperationContext): void {
  const { kind, name } = object
  if (findObject(state, kind, name) === undefined) return
  fail('migrations.operationObjectExists', { ...siteOf(context), kind, name })
}

/** Fails with `migrations.operationObjectInUse` when a field still is of the enum type or has the collation. */
export function requireUnused(state: ProjectState, { kind, name }: SchemaObject, context: OperationContext): void {
  const uses = (field: Field): boolean =>
    kind === 'enum' ? nativeEnumOf(field)?.name === name : kind === 'collation' && field.collation === name
  const fields = [...modelsOf(state)].flatMap((model) =>
    model.fields.filter(({ field }) => uses(field)).map((entry) => `${keyOf(model)}.${entry.name}`),
  )
  if (fields.length > 0) fail('migrations.operationObjectInUse', { ...siteOf(context), kind, name, fields })
}

/** Whether a field of an enum differs in nothing but the values that it lists, which the enum type has too. */
export function differsInValuesOnly(before: Field, after: Field): boolean {
  return fieldsEqual(withoutValues(before), withoutValues(after))
}

function withoutValues({ values: _, of, output, ...rest }: Field): Field {
  return {
    ...rest,
    ...(of === undefined ? {} : { of: withoutValues(of) }),
    ...(output === undefined ? {} : { output: withoutValues(output) }),
  }
}

function namesOf(state: ProjectState, kind: ObjectKind): readonly string[] {
  return [...state.objects.values()].filter(({ object }) => object.kind === kind).map(({ object }) => object.name)
}

function isOfKind<Kind extends ObjectKind>(object: SchemaObject, kind: Kind): object is Named<Kind> {
  return object.kind === kind
}

import { structuralEqual } from '../lib/structural-equal.ts'
import { onlyAdds } from '../operations/alter-enum.ts'
import type { EnumType } from '../schema/schema.ts'
import type { ProjectState } from '../state/project-state.ts'

/** An enum type, and the app whose migrations make, or made, it. */
export interface OwnedEnum {
  readonly app: string
  readonly name: string
  readonly values: readonly string[]
}

/** How the enum types of the migrations differ from those that the models want. Extensions and collations come from hand-written operations alone. */
export interface EnumChanges {
  readonly created: readonly OwnedEnum[]
  /** Those that only get values more: nothing that is there can stand in the way. */
  readonly extended: readonly OwnedEnum[]
  /** Those that are made anew, for values go or change their order. */
  readonly replaced: readonly OwnedEnum[]
  readonly deleted: readonly OwnedEnum[]
}

/** Compares enum types by name. Renamed values can't be told: they go and come. */
export function enumChanges(from: ProjectState, to: ProjectState, isConcerned: (app: string) => boolean): EnumChanges {
  const before = enumsOf(from)
  const after = enumsOf(to)
  const altered = [...after.values()].flatMap(({ name, values }) => {
    const old = before.get(name)
    if (old === undefined || structuralEqual(old.values, values) || !isConcerned(old.app)) return []
    return [{ app: old.app, name, values, how: onlyAdds(old.values, values) ? 'extended' : 'replaced' } as const]
  })
  const { extended = [], replaced = [] } = Object.groupBy(altered, ({ how }) => how)
  return {
    created: [...after.values()].filter(({ name, app }) => !before.has(name) && isConcerned(app)),
    extended,
    replaced,
    deleted: [...before.values()].filter(({ name, app }) => !after.has(name) && isConcerned(app)),
  }
}

/** The enum types of a State, by name. */
export function enumsOf({ objects }: ProjectState): ReadonlyMap<string, OwnedEnum> {
  return new Map(
    [...objects.values()].flatMap(({ app, object }): readonly (readonly [string, OwnedEnum])[] =>
      isEnum(object) ? [[object.name, { app, name: object.name, values: object.values }]] : [],
    ),
  )
}

function isEnum(object: { readonly kind: string }): object is EnumType {
  return object.kind === 'enum'
}

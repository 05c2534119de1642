import { snakeCase } from '../lib/snake-case.ts'
import { objectKey } from '../schema/schema.ts'
import { withObject } from '../state/project-state.ts'
import { requireObject } from './find-object.ts'
import type { AlterEnum } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesNoModel } from './touching.ts'

/**
 * Replaces the values of an enum type. Values that are only added keep nobody waiting, and can be used once the migration is committed; where one
 * goes, or two change places, the type is made anew and the tables that use it are written again.
 *
 * @example
 * alterEnum({ name: 'mood', values: ['sad', 'ok', 'happy', 'thrilled'] })
 */
export function alterEnum(options: Omit<AlterEnum, 'kind'>): AlterEnum {
  return { kind: 'alterEnum', ...options }
}

export const alterEnumDefinition: OperationDefinition<AlterEnum> = {
  symbol: '~',
  describe: ({ name }) => `Alter enum ${name}`,
  nameFragment: ({ name }) => `alter_${snakeCase(name)}_enum`,
  check({ name }, state, context) {
    requireObject(state, 'enum', name, context)
  },
  // It stays with the app that made it.
  apply: ({ name, values }, state, { app }) =>
    withObject(state, state.objects.get(objectKey({ kind: 'enum', name }))?.app ?? app, { kind: 'enum', name, values }),
  touches: () => touchesNoModel,
}

/** Whether every value that was there stays where it is, in the order of all: the type can then be added to. */
export function onlyAdds(before: readonly string[], after: readonly string[]): boolean {
  const kept = after.filter((value) => before.includes(value))
  return kept.length === before.length && kept.every((value, index) => value === before[index])
}

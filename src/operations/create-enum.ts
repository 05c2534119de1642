import { snakeCase } from '../lib/snake-case.ts'
import type { EnumType } from '../schema/schema.ts'
import { withObject } from '../state/project-state.ts'
import { requireNoObject } from './find-object.ts'
import type { CreateEnum } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesNoModel } from './touching.ts'

/**
 * Creates an enum type, for fields that are `f.enum([…], { native: 'mood' })`. A database that has no such types has nothing to do.
 *
 * @example
 * createEnum({ name: 'mood', values: ['sad', 'ok', 'happy'] })
 */
export function createEnum(options: Omit<CreateEnum, 'kind'>): CreateEnum {
  return { kind: 'createEnum', ...options }
}

export const createEnumDefinition: OperationDefinition<CreateEnum> = {
  symbol: '+',
  describe: ({ name }) => `Create enum ${name}`,
  nameFragment: ({ name }) => `${snakeCase(name)}_enum`,
  check(operation, state, context) {
    requireNoObject(state, enumType(operation), context)
  },
  apply: (operation, state, { app }) => withObject(state, app, enumType(operation)),
  touches: () => touchesNoModel,
}

function enumType({ name, values }: CreateEnum): EnumType {
  return { kind: 'enum', name, values }
}

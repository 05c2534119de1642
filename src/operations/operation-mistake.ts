import { fieldProblems } from '../fields/field-problems.ts'
import { fieldKinds } from '../fields/kinds.ts'
import { didYouMean } from '../lib/did-you-mean.ts'
import { batchedMistake } from './batched-mistake.ts'
import type { AlterEnum, CreateEnum, Operation } from './operation.ts'
import { modelOptionNames, operationProperties } from './properties.ts'

/** What is wrong with an operation by itself, in words that fit behind "the migration has". */
export interface OperationMistake {
  readonly problem: string
  readonly fix: string
}

/**
 * The first thing that is wrong with an operation, whatever it is applied to: something left out, or a field that no model could have. Files are run
 * with their types stripped and not checked, so the compiler has not looked.
 */
export function operationMistake(operation: Operation): OperationMistake | undefined {
  const { kind } = operation
  const named = propertyMistake(operation)
  if (named !== undefined) return named
  if (operation.kind === 'batched') return batchedMistake(operation)
  if (operation.kind === 'createEnum' || operation.kind === 'alterEnum') return valuesMistake(operation)
  if (operation.kind === 'addConstraintNotValid' && operation.constraint.kind !== 'check') {
    return {
      problem: `${kind} of a constraint that is no check`,
      fix: 'Use addConstraint: only a check can be added without looking at the rows.',
    }
  }
  const twice = twoSources(operation)
  if (twice !== undefined) {
    return {
      problem: `${kind} with both ${twice.join(' and ')}`,
      fix: 'Leave one of them out: rows get one of the two.',
    }
  }
  for (const [name, field] of fieldsOf(operation)) {
    const problem = fieldMistake(field)
    if (problem !== undefined) {
      return { problem: `${kind} of the field "${name}", which ${problem.problem}`, fix: problem.fix }
    }
  }
  return undefined
}

/** Something left out, or a name that says nothing to anybody: what was meant by it would be left undone without a word. */
function propertyMistake(operation: Operation): OperationMistake | undefined {
  const { kind, ...given } = operation
  const properties = new Map<string, string>(Object.entries(operationProperties[kind]))
  const values = new Map<string, unknown>(Object.entries(given))
  const missing = [...properties].find(([name, need]) => need === 'required' && values.get(name) === undefined)?.[0]
  const unknown = [...values.keys()].find((name) => !properties.has(name))
  // A name that is mistyped is the better explanation of one that is missing.
  if (unknown !== undefined) return unknownName(`${kind} with`, unknown, properties.keys())
  if (missing !== undefined) {
    return { problem: `${kind} without \`${missing}\``, fix: `Say which: ${kind}({ ${missing}: … }).` }
  }
  if (operation.kind !== 'createModel' && operation.kind !== 'alterModelOptions') return undefined
  const option = Object.keys(operation.options ?? {}).find((name) => !Object.hasOwn(modelOptionNames, name))
  return option === undefined
    ? undefined
    : unknownName(`${kind} with the option`, option, Object.keys(modelOptionNames))
}

function unknownName(holder: string, name: string, known: Iterable<string>): OperationMistake {
  const names = [...known]
  return {
    problem: `${holder} \`${name}\`, which there is not`,
    fix: `Remove or correct it; known are ${names.join(', ')}.${didYouMean(name, names)}`,
  }
}

/** Two options that both say what rows get. */
function twoSources(operation: Operation): readonly [string, string] | undefined {
  if (operation.kind === 'addField' && operation.copyFrom !== undefined && operation.fillExisting !== undefined) {
    return ['copyFrom', 'fillExisting']
  }
  if (operation.kind === 'removeField' && operation.restoreFrom !== undefined && operation.fillRestored !== undefined) {
    return ['restoreFrom', 'fillRestored']
  }
  return undefined
}

function valuesMistake({ kind, name, values }: CreateEnum | AlterEnum): OperationMistake | undefined {
  const texts: readonly unknown[] = Array.isArray(values) ? values : []
  const sound = texts.length > 0 && texts.every((value) => typeof value === 'string')
  if (sound && new Set(texts).size === texts.length) return undefined
  return {
    problem: `${kind} of "${name}" with values that are no list of different texts`,
    fix: `Write them out, each once: ${kind}({ name: '${name}', values: ['low', 'high'] }).`,
  }
}

function fieldsOf(operation: Operation): readonly (readonly [string, unknown])[] {
  if (operation.kind === 'createModel') return Object.entries(operation.fields)
  return 'field' in operation ? [[operation.name, operation.field]] : []
}

function fieldMistake(field: unknown): OperationMistake | undefined {
  return isField(field)
    ? fieldProblems(field)[0]
    : { problem: 'is no field', fix: 'Make it with the factories of f, such as f.char({ maxLength: 50 }).' }
}

function isField(value: unknown): value is Parameters<typeof fieldProblems>[0] {
  return typeof value === 'object' && value !== null && 'kind' in value && Object.hasOwn(fieldKinds, String(value.kind))
}

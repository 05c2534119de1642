import { fail } from '../errors/error.ts'
import { didYouMean } from '../lib/did-you-mean.ts'
import { definitions } from '../operations/definitions.ts'
import type { Operation } from '../operations/operation.ts'
import { operationMistake } from '../operations/operation-mistake.ts'
import type { MigrationDefinition } from './migration.ts'

/**
 * Makes the default export of a migration file; freezes it.
 *
 * @example
 * export default defineMigration({
 *   dependencies: [['billing', '0001_initial']],
 *   operations: [addField({ model: 'Invoice', name: 'status', field: f.char({ maxLength: 20 }), fillExisting: 'draft' })],
 * })
 *
 * @throws migrations.invalidDefinition
 */
export function defineMigration(definition: MigrationDefinition): MigrationDefinition {
  const problem = problemOf(definition)
  if (problem !== undefined) fail('migrations.invalidDefinition', { file: undefined, ...problem })
  const { dependencies, runBefore, replaces, operations } = definition
  for (const list of [dependencies, runBefore, replaces, operations]) if (list !== undefined) Object.freeze(list)
  sound.add(definition)
  return Object.freeze(definition)
}

/** Definitions that were looked at when they were made: the loader need not look again, which shows with thousands of files. */
const sound = new WeakSet<object>()

/** A clause that fits behind "the migration", and what to do about it. */
interface Problem {
  readonly problem: string
  readonly fix: string
}

type Keys = { readonly [Key in keyof MigrationDefinition]-?: (value: unknown, key: string) => Problem | undefined }

/** What each property must look like. */
const checks: Keys = {
  dependencies: referencesProblem,
  runBefore: referencesProblem,
  replaces: referencesProblem,
  resets: resetsProblem,
  initial: flagProblem,
  adopts: flagProblem,
  atomic: flagProblem,
  operations: operationsProblem,
}

const example = 'Write it as `defineMigration({ dependencies: [], operations: [] })`.'

/** What is wrong with a value that should be a definition, if anything is. */
export function problemOf(definition: unknown): Problem | undefined {
  if (!isRecord(definition)) return { problem: `is ${inWords(definition)}, not a definition`, fix: example }
  if (sound.has(definition)) return undefined
  if (definition['operations'] === undefined) return { problem: 'has no operations', fix: example }
  const known = Object.keys(checks)
  const unknown = Object.keys(definition).find((key) => !known.includes(key))
  if (unknown !== undefined) {
    return { problem: `has an unknown property "${unknown}"`, fix: `Remove it.${didYouMean(unknown, known)}` }
  }
  for (const [key, check] of Object.entries(checks)) {
    const value = definition[key]
    const problem = value === undefined ? undefined : check(value, key)
    if (problem !== undefined) return problem
  }
  return codeProblem(definition)
}

function referencesProblem(value: unknown, key: string): Problem | undefined {
  const isReference = (entry: unknown): boolean =>
    Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === 'string')
  if (Array.isArray(value) && value.every(isReference)) return undefined
  return {
    problem: `has ${key} that are no list of pairs of app and name`,
    fix: `Write \`${key}: [['billing', '0001_initial']]\`.`,
  }
}

function resetsProblem(value: unknown): Problem | undefined {
  const isHistory =
    isRecord(value) &&
    isListOfNames(value['migrations']) &&
    (value['squashes'] === undefined ||
      (isRecord(value['squashes']) && Object.values(value['squashes']).every(isListOfNames))) &&
    (value['commit'] === undefined || typeof value['commit'] === 'string')
  if (isHistory) return undefined
  return {
    problem: 'has `resets` that are no list of names and the commit that holds them',
    fix: "Write `resets: { migrations: ['0001_initial', '0002_invoice_status'], commit: '4f2a9c1' }`.",
  }
}

function isListOfNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === 'string')
}

function flagProblem(value: unknown, key: string): Problem | undefined {
  if (typeof value === 'boolean') return undefined
  return { problem: `has \`${key}\` set to ${inWords(value)}`, fix: `Set ${key} to true or false.` }
}

function operationsProblem(value: unknown): Problem | undefined {
  if (!Array.isArray(value)) return { problem: 'has operations that are no list', fix: example }
  for (const [position, entry] of value.entries()) {
    const place = `in place ${position + 1} of its operations`
    if (!isOperation(entry)) {
      return {
        problem: `has ${inWords(entry)} ${place}`,
        fix: "Make each operation with a factory from 'godwit/migrations', such as addField({ … }).",
      }
    }
    const mistake = operationMistake(entry)
    if (mistake !== undefined) return { problem: `has, ${place}, ${mistake.problem}`, fix: mistake.fix }
  }
  return undefined
}

/** A step that commits by itself cannot stand inside a transaction that may still be rolled back. */
function codeProblem({ atomic, operations }: Readonly<Record<string, unknown>>): Problem | undefined {
  if (atomic === false || !Array.isArray(operations)) return undefined
  if (operations.some((entry) => isRecord(entry) && entry['kind'] === 'batched')) {
    return {
      problem: 'is atomic but holds a batched, whose batches are transactions of their own',
      fix: 'Add `atomic: false` to the migration, and put what should happen together into another one.',
    }
  }
  const isOutside = (entry: unknown): boolean =>
    isRecord(entry) && entry['kind'] === 'runCode' && entry['atomic'] === false
  if (!operations.some(isOutside)) return undefined
  return {
    problem: 'is atomic but holds a runCode with `atomic: false`',
    fix: 'Add `atomic: false` to the migration too, or remove it from the runCode.',
  }
}

function isOperation(entry: unknown): entry is Operation {
  return isRecord(entry) && Object.hasOwn(definitions, String(entry['kind']))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function inWords(value: unknown): string {
  if (isRecord(value))
    return typeof value['kind'] === 'string' ? `an unknown operation "${value['kind']}"` : 'an object'
  if (Array.isArray(value)) return 'a list'
  return value === undefined || value === null ? 'nothing' : `a ${typeof value}`
}

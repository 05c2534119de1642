import { fail } from '../errors/error.ts'
import { keyOfMigration, type Migration } from '../history/migration.ts'
import { displayPath } from '../lib/display-path.ts'
import { describe } from '../operations/definitions.ts'
import type { Operation } from '../operations/operation.ts'
import { type CodeValue, functionsIn } from '../writer/code.ts'
import { printDoc, symbolsOf } from '../writer/layout.ts'
import { findUnwritable, operationDoc, operationsDoc } from '../writer/operation.ts'
import type { WriteOptions } from '../writer/write-migration.ts'
import {
  conflictsOf,
  type Destination,
  emptyDestination,
  exportedName,
  stays,
  takeAlong,
  writeOptionsOf,
} from './destination.ts'
import { readMigrationSource } from './migration-source.ts'
import { namesInScope } from './names-in-scope.ts'
import { commentsBefore, type Origin, textsOf } from './operation-texts.ts'
import { declarationsOf, fileName, moduleOf, needsOf, withoutEnding } from './text-needs.ts'

/** How the code of one operation came into another file. */
export interface CarriedOperation {
  /** The migration that it is from. */
  readonly from: string
  readonly operation: string
  readonly how: 'imported' | 'writtenOut'
  /** What the text uses that its own file declares or imports. */
  readonly uses: readonly string[]
}

/** What the writer needs to write operations that hold code, and how that was come by. */
export interface CarriedCode {
  readonly options: WriteOptions
  readonly carried: readonly CarriedOperation[]
}

export interface CarryOptions {
  /** Files that will be gone, by absolute path: nothing may be imported from them. */
  readonly without?: readonly string[]
  /** The one of the sources whose file is written anew, and keeps what it holds. */
  readonly into?: Migration
}

/**
 * Takes the code of other migrations' operations along into a migration of the same folder: by importing what their files export by name, or else by its
 * text, with the declarations and imports that it uses.
 *
 * @param sources The migrations whose operations these are.
 * @throws squash.codeNotCarried
 */
export async function carryCode(
  migration: Migration,
  sources: readonly Migration[],
  { without = [], into }: CarryOptions = {},
): Promise<CarriedCode> {
  const { operations } = migration.definition
  // A file that is written anew keeps the text of all its operations.
  const withCode = operations.filter((operation) => into !== undefined || functionsIn(operation).length > 0)
  const plain = operations.filter((operation) => !withCode.includes(operation))
  const scope = namesInScope(['defineMigration', ...symbolsOf(operationsDoc(plain))])
  const destination = emptyDestination({ into, scope, gone: new Set(without.map(withoutEnding)) })
  if (into !== undefined) keepDeclarations(destination, { from: into, source: await readMigrationSource(into) })
  const found = await Promise.all(withCode.map((operation) => originsOf(operation, sources)))
  // A text brings its names with it; who is imported can be given another one.
  const carried = new Map<Operation, CarriedOperation>()
  for (const { operation, origins } of found) {
    if (!origins.some(({ from }) => isImportable(destination, operation, from))) {
      carried.set(operation, writeOut(destination, operation, origins))
    }
  }
  for (const { operation, origins } of found) {
    const origin = origins.find(({ from }) => isImportable(destination, operation, from))
    if (origin !== undefined) carried.set(operation, importFrom(destination, operation, origin))
  }
  return {
    options: writeOptionsOf(destination),
    carried: withCode.flatMap((operation) => carried.get(operation) ?? []),
  }
}

/** Where the operation stands, and then where its functions stand, which it may have imported. */
async function originsOf(operation: Operation, sources: readonly Migration[]) {
  const functions = functionsIn(operation)
  const holding = sources.filter(({ definition }) => definition.operations.includes(operation))
  const sharing = sources.filter(({ definition }) =>
    functionsIn(definition.operations).some((fn) => functions.includes(fn)),
  )
  const origins = [...new Set([...holding, ...sharing])].map(async (from): Promise<Origin> => {
    return { from, source: await readMigrationSource(from) }
  })
  return { operation, origins: await Promise.all(origins) }
}

/** Whether an operation can be had by importing what a file exports. */
function isImportable(destination: Destination, operation: Operation, from: Migration): boolean {
  const code = (value: CodeValue): string | undefined => exportedName(destination, from, value)
  return exportedName(destination, from, operation) !== undefined || findUnwritable([operation], { code }) === undefined
}

function importFrom(destination: Destination, operation: Operation, { from, source }: Origin): CarriedOperation {
  const { code, preambles, scope, specifiers, texts } = destination
  const cameAlong = preambles.has(from)
  const name = (value: unknown): string | undefined => {
    const exported = exportedName(destination, from, value)
    if (exported === undefined) return undefined
    if (cameAlong && source?.declared.has(exported)) return exported
    return scope.takeImport(moduleOf(from), exported, `${exported}_${from.name.replace(/\W/g, '_')}`)
  }
  const comments = commentsBefore(source?.operations.get(operation) ?? '')
  const whole = name(operation)
  if (whole !== undefined) texts.set(operation, [...comments, whole].join('\n'))
  for (const value of whole === undefined ? valuesIn(operation) : []) {
    const text = name(value)
    if (text !== undefined) code.set(value, text)
  }
  if (whole === undefined && comments.length > 0) {
    const doc = operationDoc(operation, { code: (value) => code.get(value) })
    for (const symbol of symbolsOf(doc)) specifiers.add(symbol)
    texts.set(operation, [...comments, printDoc(doc)].join('\n'))
  }
  return { ...summary(operation, from), how: cameAlong ? 'writtenOut' : 'imported', uses: [] }
}

/** Whoever imports something from a file that is written anew still finds it there. */
function keepDeclarations(destination: Destination, { from, source }: Origin): void {
  const text = source === undefined ? '' : declarationsOf(source)
  if (source === undefined || text === '') return
  const needs = needsOf({ text, own: new Set() }, from, source, (file) => stays(destination, file))
  const names = conflictsOf(destination, needs, from)
  if (names.length > 0) fail('squash.codeNotCarried', { ...whereIs(from), operation: 'Declarations', names })
  takeAlong(destination, needs, from)
}

/** Writes an operation out as its file says it, in the first of the ways whose names mean there what they are to mean. */
function writeOut(destination: Destination, operation: Operation, origins: readonly Origin[]): CarriedOperation {
  const conflicts: string[] = []
  for (const written of origins.flatMap((origin) => textsOf(operation, origin))) {
    const { from, source } = written
    const needs = needsOf(written, from, source, (file) => stays(destination, file))
    const taken = conflictsOf(destination, needs, from)
    conflicts.push(...taken)
    if (taken.length > 0) continue
    takeAlong(destination, needs, from)
    for (const name of written.symbols) destination.specifiers.add(name)
    const functions = new Set(functionsIn(operation).map((fn) => source.names.get(fn)))
    const uses = needs.uses.filter((name) => !functions.has(name))
    const isOwn = from === destination.into
    destination.texts.set(operation, isOwn ? written.text : `${originComment(from, uses)}\n${written.text}`)
    return { ...summary(operation, from), how: 'writtenOut', uses }
  }
  const where = whereIs(origins[0]?.from)
  return fail('squash.codeNotCarried', { ...where, operation: describe(operation), names: conflicts })
}

/** The functions of an operation, and the definition of a custom one. */
function valuesIn(operation: Operation): readonly CodeValue[] {
  return [...functionsIn(operation), ...(operation.kind === 'custom' ? [operation.definition] : [])]
}

function originComment(from: Migration, uses: readonly string[]): string {
  const along = uses.length === 0 ? '' : `, with what it uses there: ${uses.join(', ')}`
  return `// Written out from ${fileName(from)}${along}.`
}

function summary(operation: Operation, from: Migration): Pick<CarriedOperation, 'from' | 'operation'> {
  return { from: keyOfMigration(from), operation: describe(operation) }
}

function whereIs(migration: Migration | undefined): { readonly migration: string; readonly file: string } {
  if (migration === undefined) return { migration: '', file: '' }
  return { migration: keyOfMigration(migration), file: displayPath(migration.file ?? migration.name) }
}

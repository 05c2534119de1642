import { fail } from '../errors/error.ts'
import type { Migration, MigrationDefinition, MigrationReference } from '../history/migration.ts'
import { keyOfMigration } from '../history/migration.ts'
import { given } from './declarations.ts'
import type { Doc } from './layout.ts'
import { concat, group, hardLine, indent, joinDocs, line, printDoc, symbol, symbolsOf, whenBroken } from './layout.ts'
import { findUnwritable, isWritable, operationsDoc } from './operation.ts'
import { arrayDoc, callDoc, objectDoc, stringText } from './syntax.ts'

export interface WriteOptions {
  /** The first comment, without slashes: `Written by Godwit 1.0.0 on 2026-11-21`. `false` or absent: none. */
  readonly header?: string | false
}

/**
 * A migration as the source text of its file: TypeScript that Node runs by erasing types. Loaded again it is equal. The same migration gives the same
 * text; the file system is not its job.
 *
 * @throws migrations.codeNotWritable where an operation is a function of the user's own.
 */
export function writeMigration(migration: Migration, options: WriteOptions = {}): string {
  const code = findUnwritable(migration.definition.operations)
  if (code !== undefined) {
    fail('migrations.codeNotWritable', { migration: keyOfMigration(migration), kind: code.kind })
  }
  const definition = concat(
    'export default ',
    callDoc(symbol('defineMigration'), [definitionDoc(migration.definition)]),
  )
  const comment = options.header ? [commentDoc(options.header), hardLine] : []
  return printDoc(concat(...comment, importDoc(symbolsOf(definition)), hardLine, hardLine, definition, hardLine))
}

function definitionDoc(definition: MigrationDefinition): Doc {
  const { initial, atomic, dependencies, runBefore, replaces, operations } = definition
  return objectDoc(
    [
      ...given('replaces', replaces, referencesDoc),
      ...given('initial', initial, String),
      ...given('atomic', atomic, String),
      ...given('runBefore', runBefore, referencesDoc),
      ...given('dependencies', dependencies, referencesDoc),
      ['operations', operationsDoc(operations.filter(isWritable))],
    ],
    { expanded: true },
  )
}

function referencesDoc(references: readonly MigrationReference[]): Doc {
  return arrayDoc(
    references.map((reference) => arrayDoc(reference.map(stringText))),
    { expanded: references.length > 1 },
  )
}

function importDoc(names: ReadonlySet<string>): Doc {
  const sorted = joinDocs([...names].sort(), concat(',', line))
  return concat(
    'import ',
    group(concat('{', indent(concat(line, sorted)), whenBroken(','), line, '}')),
    " from 'godwit/migrations'",
  )
}

function commentDoc(text: string): Doc {
  return joinDocs(
    text.split(/\r?\n/).map((words) => `// ${words}`),
    hardLine,
  )
}

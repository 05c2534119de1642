import { fail } from '../errors/error.ts'
import type { Migration, MigrationDefinition, MigrationReference, ResetHistory } from '../history/migration.ts'
import { keyOfMigration } from '../history/migration.ts'
import { given } from './declarations.ts'
import type { Doc } from './layout.ts'
import { concat, hardLine, joinDocs, printDoc, symbol, symbolsOf } from './layout.ts'
import type { TextSources } from './operation.ts'
import { findUnwritable, operationsDoc } from './operation.ts'
import { arrayDoc, callDoc, importLineDoc, objectDoc, stringText } from './syntax.ts'

export interface WriteOptions extends TextSources {
  /** The first comment, without slashes: `Written by Godwit 1.0.0 on 2026-11-21`. `false` or absent: none. */
  readonly header?: string | false | undefined
  /** The text before everything else, comments and line ends as they are: instead of `header`, where a file is written again. */
  readonly head?: string | undefined
  /** What the given texts need of `godwit/migrations`, as it stands in an import: `q`, `type CodeContext`, `f as fields`. */
  readonly specifiers?: readonly string[] | undefined
  /** Further imports, each a line, behind that of `godwit/migrations`. */
  readonly imports?: readonly string[] | undefined
  /** Declarations of the file that the given texts use, written before the definition and behind it. */
  readonly preamble?: string | undefined
  readonly epilogue?: string | undefined
}

/**
 * A migration as the source text of its file: TypeScript that Node runs by erasing types. Loaded again it is equal. The same migration gives the same
 * text; the file system is not its job.
 *
 * @throws migrations.codeNotWritable where an operation holds a function of the user's own and no text is given for it.
 */
export function writeMigration(migration: Migration, options: WriteOptions = {}): string {
  const code = findUnwritable(migration.definition.operations, options)
  if (code !== undefined) {
    fail('migrations.codeNotWritable', { migration: keyOfMigration(migration), kind: code.kind })
  }
  const definition = concat(
    'export default ',
    callDoc(symbol('defineMigration'), [definitionDoc(migration.definition, options)]),
  )
  const { head, header, specifiers = [], imports = [], preamble, epilogue } = options
  const comment = head !== undefined ? [head] : header ? [commentDoc(header), hardLine] : []
  const importLines = [
    importLineDoc(new Set([...symbolsOf(definition), ...specifiers]), 'godwit/migrations'),
    ...imports,
  ]
  const paragraphs = [joinDocs(importLines, hardLine), preamble, definition, epilogue].filter(
    (part) => part !== undefined,
  )
  return printDoc(concat(...comment, joinDocs(paragraphs, concat(hardLine, hardLine)), hardLine))
}

function definitionDoc(definition: MigrationDefinition, sources: TextSources): Doc {
  const { initial, adopts, atomic, dependencies, runBefore, replaces, resets, operations } = definition
  return objectDoc(
    [
      ...given('replaces', replaces, referencesDoc),
      ...given('resets', resets, resetsDoc),
      ...given('initial', initial, String),
      ...given('adopts', adopts, String),
      ...given('atomic', atomic, String),
      ...given('runBefore', runBefore, referencesDoc),
      ...given('dependencies', dependencies, referencesDoc),
      ['operations', operationsDoc(operations, sources)],
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

/** The history that is gone, and where it can still be read. */
function resetsDoc({ migrations, squashes, commit }: ResetHistory): Doc {
  const namesDoc = (names: readonly string[]): Doc => arrayDoc(names.map(stringText))
  const squashesDoc = (all: NonNullable<typeof squashes>): Doc =>
    objectDoc(Object.entries(all).map(([name, replaced]) => [name, namesDoc(replaced)]))
  return objectDoc(
    [
      ['migrations', namesDoc(migrations)],
      ...given('squashes', squashes, squashesDoc),
      ...given('commit', commit, stringText),
    ],
    { expanded: true },
  )
}

function commentDoc(text: string): Doc {
  return joinDocs(
    text.split(/\r?\n/).map((words) => `// ${words}`),
    hardLine,
  )
}

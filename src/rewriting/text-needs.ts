import { basename } from 'node:path'
import type { Migration } from '../history/migration.ts'
import { defined } from '../lib/defined.ts'
import { lexemesOf, mentions } from '../writer/lexemes.ts'
import { type ImportBinding, importBindings, localName, moduleRun } from './import-bindings.ts'
import type { MigrationSource } from './migration-source.ts'

/** What a piece of a file needs of that file to mean the same in another one of its folder. */
export interface TextNeeds {
  readonly imports: readonly ImportBinding[]
  /** What its file imports for what that does. */
  readonly modules: readonly string[]
  /** Names that come along with declarations of the file. */
  readonly own: readonly string[]
  readonly uses: readonly string[]
  /** What is used of `godwit/migrations`. */
  readonly specifiers: readonly string[]
  readonly declarations?: string
}

/**
 * What a text needs of its file. Declarations that cannot be imported come along, all of them, and with them what they need.
 *
 * @param own Names in the text that are its own.
 * @param stays Whether a file will be there to import from.
 */
export function needsOf(
  { text, own: ofItsOwn }: { readonly text: string; readonly own: ReadonlySet<string> },
  from: Migration,
  source: MigrationSource,
  stays: (file: string) => boolean,
): TextNeeds {
  const bindings = (source.parts?.imports ?? []).flatMap(importBindings)
  const imported = new Set(bindings.map(({ local }) => local))
  const declared = [...source.declared].filter((name) => !imported.has(name))
  const isIn = usesIn(text)
  const own = declared.filter((name) => isIn(name) && !ofItsOwn.has(name))
  const uses = [...[...imported].filter((name) => isIn(name) && !ofItsOwn.has(name)), ...own]
  const isImportable =
    from.file !== undefined && stays(from.file) && own.every((name) => Object.hasOwn(from.exports ?? {}, name))
  const declarations = own.length === 0 || isImportable ? undefined : declarationsOf(source)
  const isUsed = declarations === undefined ? isIn : usesIn(`${text}\n${declarations}`)
  const exported = declarations === undefined ? own : []
  return {
    imports: [
      ...bindings.filter(({ local }) => isUsed(local) && !ofItsOwn.has(local)),
      ...exported.map((name) => ({ local: name, imported: name, module: moduleOf(from), type: false })),
    ],
    modules: (source.parts?.imports ?? []).flatMap((statement) => moduleRun(statement) ?? []),
    own: declarations === undefined ? [] : declared,
    uses,
    specifiers: (source.parts?.specifiers ?? []).filter((specifier) => isUsed(localName(specifier))),
    ...defined({ declarations }),
  }
}

/** The path by which a file of the same folder imports this one. */
export function moduleOf(migration: Migration): string {
  return `./${fileName(migration)}`
}

/** What a migration's file is called; its name, where there is none. */
export function fileName({ file, name }: Migration): string {
  return file === undefined ? name : basename(file)
}

/** The path of a file without the ending by which Node knows what it is. */
export function withoutEnding(path: string): string {
  return path.replace(/\.m?[jt]s$/, '')
}

/** What a file declares, without its imports and its definition. */
export function declarationsOf({ parts }: MigrationSource): string {
  return [parts?.preamble, parts?.epilogue].filter((part) => part !== undefined).join('\n\n')
}

/** Whether a text uses a name. */
export function usesIn(text: string): (name: string) => boolean {
  const lexemes = lexemesOf(text)
  return (name) => mentions(lexemes, new Set([name]))
}

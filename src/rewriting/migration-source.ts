import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import type { Migration } from '../history/migration.ts'
import { quietly } from '../lib/quietly.ts'
import type { Operation } from '../operations/operation.ts'
import type { AnyFunction, CodeValue } from '../writer/code.ts'
import { functionsIn } from '../writer/code.ts'
import { lexemesOf, mentions } from '../writer/lexemes.ts'
import type { WriteOptions } from '../writer/write-migration.ts'
import type { FileParts } from './file-parts.ts'
import { filePartsOf } from './file-parts.ts'
import { functionPlaces } from './function-places.ts'
import { localName } from './import-bindings.ts'

/** What a migration's file says, for those who write it anew. */
export interface MigrationSource {
  /**
   * The original text of each function in its operations, types included: an expression or a method. One that is not written in this file is absent, and
   * so is one that was made inside another function, for it may use what only that one knows.
   */
  readonly code: ReadonlyMap<AnyFunction, string>
  /** What the file calls those functions that it declares at its top level. */
  readonly names: ReadonlyMap<AnyFunction, string>
  /** The text of each operation, with the comments that belong to it. Empty where the list of operations is computed. */
  readonly operations: ReadonlyMap<Operation, string>
  /** The names that are declared or imported at the top level of the file, those of `godwit/migrations` apart: whoever takes a text elsewhere needs them. */
  readonly declared: ReadonlySet<string>
  /** The file's parts; absent where it is not written as the writer writes one. */
  readonly parts?: FileParts
  readonly lineEnd: '\n' | '\r\n'
}

/** Reads the file of a migration; undefined where there is none, or none that Node runs as it is written. */
export async function readMigrationSource(migration: Migration): Promise<MigrationSource | undefined> {
  if (migration.file === undefined) return undefined
  const written = (await readFile(migration.file, 'utf8')).replace(/^\ufeff/, '')
  const source = written.replaceAll('\r\n', '\n')
  const code = withoutTypes(source, migration.file)
  if (code === undefined) return undefined
  const lexemes = lexemesOf(code)
  const { operations } = migration.definition
  const places = functionPlaces(functionsIn(operations), code, lexemes)
  const parts = filePartsOf(source, lexemes)
  const texts = parts?.operations?.length === operations.length ? parts.operations : []
  return {
    code: new Map([...places].map(([fn, { start, end }]) => [fn, source.slice(start, end)])),
    names: new Map([...places].flatMap(([fn, { name }]) => (name === undefined ? [] : [[fn, name]]))),
    operations: new Map(texts.map((text, index): [Operation, string] => [operations[index] as Operation, text])),
    declared: declaredIn(parts),
    ...(parts !== undefined && { parts }),
    lineEnd: written.includes('\r\n') ? '\r\n' : '\n',
  }
}

/**
 * How to write a migration into the place of its file: every operation that stays is written as it was, a function of one that changes by its name or its
 * text, and the file's own declarations around them. Undefined where the file cannot be taken apart.
 */
export function rewritingOptions(
  source: MigrationSource,
  definition: { readonly operations: readonly Operation[] },
): WriteOptions | undefined {
  const { parts, code, names, operations } = source
  if (parts === undefined) return undefined
  const kept = definition.operations.flatMap((operation) => operations.get(operation) ?? [])
  const used = lexemesOf([parts.preamble, parts.epilogue, ...kept, ...code.values()].join('\n'))
  return {
    head: parts.head,
    code: (value) => textIn(names, value) ?? textIn(code, value),
    operationText: (operation) => operations.get(operation),
    specifiers: parts.specifiers.filter((specifier) => mentions(used, new Set([localName(specifier)]))),
    imports: parts.imports,
    preamble: parts.preamble,
    epilogue: parts.epilogue,
  }
}

/** The comments of the definition that a text written in its place does not have. */
export function lostComments({ parts }: MigrationSource, text: string): readonly string[] {
  if (parts === undefined) return []
  const ofOperations = (parts.operations ?? []).flatMap((operation) => commentsOf(operation))
  // A comment of several lines may have been moved to another depth.
  const words = (comment: string): string => comment.replace(/\s+/g, ' ')
  const kept = new Set(commentsOf(text).map(words))
  return [...parts.looseComments, ...ofOperations].filter((comment) => !kept.has(words(comment)))
}

function commentsOf(text: string): readonly string[] {
  return lexemesOf(text).flatMap((lexeme) => (lexeme.kind === 'comment' ? [lexeme.text] : []))
}

function textIn(texts: ReadonlyMap<AnyFunction, string>, value: CodeValue): string | undefined {
  return typeof value === 'function' ? texts.get(value) : undefined
}

/** The file as Node runs it; undefined where that has other places than the file, or Node does not take it. */
export function withoutTypes(source: string, file: string): string | undefined {
  if (!/\.m?ts$/.test(file)) return source
  try {
    const code = quietly(/stripTypeScriptTypes/, () => stripTypeScriptTypes(source))
    return code.length === source.length ? code : undefined
  } catch {
    return undefined
  }
}

const declaring = new Set(['const', 'let', 'var', 'function', 'class', 'interface', 'type', 'enum', 'namespace'])

/** Names that a file has at its top level: it may be some more, where a pattern takes a value apart. */
function declaredIn(parts: FileParts | undefined): ReadonlySet<string> {
  if (parts === undefined) return new Set()
  const imported = lexemesOf(parts.imports.join('\n')).filter(({ kind }) => kind === 'word')
  const lexemes = lexemesOf(`${parts.preamble ?? ''}\n${parts.epilogue ?? ''}`).filter(({ kind }) => kind !== 'comment')
  const declared = lexemes.flatMap(({ text, depth }, place): string[] => {
    if (depth > 0) return []
    // Behind a comma comes another name of the same statement, or an argument of a type.
    const isNext = text === ',' && /^[=:]$/.test(lexemes[place + 2]?.text ?? '')
    if (!isNext && !declaring.has(text)) return []
    const next = lexemes[place + 1]?.text === '*' ? lexemes[place + 2] : lexemes[place + 1]
    if (next?.kind === 'word') return [next.text]
    const pattern = lexemes.slice(
      place + 2,
      lexemes.findIndex((lexeme, at) => at > place && lexeme.text === '=' && lexeme.depth === 0),
    )
    return pattern.flatMap((lexeme) => (lexeme.kind === 'word' ? [lexeme.text] : []))
  })
  return new Set(
    [...imported.map(({ text }) => text), ...declared].filter((name) => !/^(import|from|as|type|with)$/.test(name)),
  )
}

import type { Migration } from '../history/migration.ts'
import type { Operation } from '../operations/operation.ts'
import { type AnyFunction, type CodeValue, functionsIn } from '../writer/code.ts'
import { printDoc, symbolsOf } from '../writer/layout.ts'
import { lexemesOf } from '../writer/lexemes.ts'
import { findUnwritable, operationDoc } from '../writer/operation.ts'
import { importBindings } from './import-bindings.ts'
import type { MigrationSource } from './migration-source.ts'
import { usesIn } from './text-needs.ts'

/** A migration that an operation or its functions are in, and what its file says. */
export interface Origin {
  readonly from: Migration
  readonly source: MigrationSource | undefined
}

/** A text of an operation that holds code. */
export interface WrittenOperation {
  readonly text: string
  /** Names in the text that are its own, whatever the file calls so. */
  readonly own: ReadonlySet<string>
  readonly from: Migration
  readonly source: MigrationSource
  /** What the text needs of `godwit/migrations` and its file may not import. */
  readonly symbols: ReadonlySet<string>
}

/**
 * An operation as it stands in its file, comments included; or else written anew: with its functions by the names that the file gives them, as they stand
 * there, or without their types. Each way needs fewer names than the one before.
 */
export function textsOf(operation: Operation, { from, source }: Origin): readonly WrittenOperation[] {
  if (source?.parts === undefined) return []
  const whole = source.operations.get(operation)
  const own = namesOfItsOwn(operation, source)
  const written = (
    code: (fn: AnyFunction) => string | false | undefined,
    names: ReadonlySet<string>,
  ): readonly WrittenOperation[] => {
    const sources = { code: (value: CodeValue) => (isFunction(value) ? code(value) || undefined : undefined) }
    if (findUnwritable([operation], sources) !== undefined) return []
    const doc = operationDoc(operation, sources)
    return [{ text: printDoc(doc), own: names, symbols: symbolsOf(doc), from, source }]
  }
  return [
    ...(whole === undefined ? [] : [{ text: whole, own: new Set<string>(), symbols: new Set<string>(), from, source }]),
    ...written((fn) => source.names.get(fn) ?? source.code.get(fn), new Set()),
    ...written((fn) => source.code.get(fn), own),
    ...written((fn) => source.code.has(fn) && withoutGaps(String(fn)), own.union(typesIn(source))),
  ]
}

/** The comments before the code of an operation. */
export function commentsBefore(text: string): readonly string[] {
  const lexemes = lexemesOf(text)
  const code = lexemes.findIndex(({ kind }) => kind !== 'comment')
  return lexemes.slice(0, Math.max(code, 0)).map((comment) => comment.text)
}

/** The names of types that a file declares or imports: code that ran needs none of them. */
function typesIn({ parts }: MigrationSource): ReadonlySet<string> {
  const imported = (parts?.imports ?? []).flatMap(importBindings).filter(({ type }) => type)
  const lexemes = lexemesOf(`${parts?.preamble ?? ''}\n${parts?.epilogue ?? ''}`).filter(
    ({ kind }) => kind !== 'comment',
  )
  const declared = lexemes.flatMap(({ text, depth }, place) => {
    const name = lexemes[place + 1]
    return depth === 0 && (text === 'interface' || text === 'type') && name?.kind === 'word' ? [name.text] : []
  })
  return new Set([...imported.map(({ local }) => local), ...declared])
}

/** Code without the blanks that types left behind. */
function withoutGaps(code: string): string {
  let text = ''
  let end = 0
  for (const lexeme of lexemesOf(code)) {
    const gap = code.slice(end, lexeme.start)
    text += gap.length > 1 && gap.trim() === '' && !gap.includes('\n') ? (/^[,);]$/.test(lexeme.text) ? '' : ' ') : gap
    text += lexeme.text
    end = lexeme.end
  }
  return text
}

/** The names of functions that only they themselves use: a function that is written in its place brings its name along. */
function namesOfItsOwn(operation: Operation, source: MigrationSource): ReadonlySet<string> {
  const functions = [...new Set(functionsIn(operation))]
  const names = functions.flatMap((fn) => {
    const name = source.names.get(fn)
    const others = functions.filter((other) => other !== fn).map((other) => source.code.get(other) ?? '')
    return name === undefined || usesIn(others.join('\n'))(name) ? [] : [name]
  })
  return new Set(names)
}

function isFunction(value: CodeValue): value is AnyFunction {
  return typeof value === 'function'
}

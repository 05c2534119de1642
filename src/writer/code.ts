import type { CustomOperation } from '../operations/operation.ts'
import type { Doc } from './layout.ts'
import { concat, hardLine } from './layout.ts'
import type { Lexeme } from './lexemes.ts'
import { closingOf, lexemesOf } from './lexemes.ts'
import { arrayDoc, callDoc, keyText, membersDoc, memberText, objectDoc, stringText } from './syntax.ts'
import { numberText } from './values.ts'

/** Any function. */
export type AnyFunction = (...args: never[]) => unknown

/** What stands in an operation and is no data: a function, or the definition of a custom operation. */
export type CodeValue = AnyFunction | CustomOperation['definition']

/** Source text for a value that is code: an expression, a method, or a name that is in scope; undefined where there is none. */
export type CodeSource = (value: CodeValue) => string | undefined

/** The functions in a value, however deep, in the order in which they stand there. */
export function functionsIn(value: unknown): readonly AnyFunction[] {
  if (isFunction(value)) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(functionsIn) : []
}

/** Whether a value can be written with this source of code: every function in it, or what it is in, has a text. */
export function isWritableValue(value: unknown, code: CodeSource): boolean {
  if (isFunction(value)) return code(value) !== undefined
  if (typeof value !== 'object' || value === null) return typeof value !== 'symbol'
  return isNamed(value, code) || Object.values(value).every((part) => isWritableValue(part, code))
}

/** Properties as an object, functions among them with their text. */
export function codeObjectDoc(properties: Readonly<Record<string, unknown>>, code: CodeSource): Doc {
  const members = Object.entries(properties).flatMap(([key, value]): readonly Doc[] => {
    if (value === undefined) return []
    const text = textOf(value, code)
    return [text === undefined ? concat(keyText(key), ': ', plainDoc(value, code)) : memberDoc(key, text)]
  })
  return members.length === 0 ? '{}' : membersDoc(members)
}

/**
 * The text of code with the lines after the first moved to where it stands now: the last one, which closes it, stands below the first. What is inside a
 * template literal is not moved.
 */
export function codeDoc(text: string): Doc {
  const lines = text.split('\n')
  const kept = linesInTemplates(text)
  const margin = blanksBefore(lines.findLast((content, index) => !kept.has(index) && content.trim() !== '') ?? '')
  return concat(
    ...lines.flatMap((content, index): readonly Doc[] => {
      if (index === 0) return [content]
      if (kept.has(index)) return [`\n${content}`]
      return [hardLine, content.trim() === '' ? '' : content.slice(Math.min(margin, blanksBefore(content)))]
    }),
  )
}

function blanksBefore(content: string): number {
  return content.length - content.trimStart().length
}

/** `key: text`, or the text alone where it is a method of this name. */
function memberDoc(key: string, text: string): Doc {
  const method = methodName(text)
  if (method === key || text === key) return codeDoc(text)
  if (method === undefined) return concat(keyText(key), ': ', codeDoc(text))
  return concat(keyText(key), ': { ', codeDoc(text), ' }', memberText(method))
}

/** The name that a text gives a method; undefined for an expression. */
function methodName(text: string): string | undefined {
  const lexemes = lexemesOf(text).filter(({ kind }) => kind !== 'comment')
  const signs = lexemes.findIndex(
    ({ text: piece }, place) => piece !== '*' && !(piece === 'async' && isName(lexemes, place + 1)),
  )
  const name = lexemes[signs]
  if (name === undefined || !isName(lexemes, signs) || name.text === 'function' || lexemes[signs + 1]?.text !== '(') {
    return undefined
  }
  const behind = lexemes[closingOf(lexemes, signs + 1) + 1]?.text
  return behind === '{' || behind === ':' ? nameOf(name) : undefined
}

function isName(lexemes: readonly Lexeme[], place: number): boolean {
  const lexeme = lexemes[place]
  return lexeme?.text === '*' || lexeme?.kind === 'word' || lexeme?.kind === 'string'
}

function nameOf({ kind, text }: Lexeme): string {
  return kind === 'string' ? text.slice(1, -1) : text
}

/** The lines that begin inside a template literal, where a blank more would be another text. */
function linesInTemplates(text: string): ReadonlySet<number> {
  const templates = lexemesOf(text).filter(({ kind, text: piece }) => kind === 'template' && piece.includes('\n'))
  return new Set(
    templates.flatMap(({ start, text: piece }) => {
      const first = text.slice(0, start).split('\n').length
      return piece
        .split('\n')
        .slice(1)
        .map((_, index) => first + index)
    }),
  )
}

/** A value as source that gives an equal one. */
function plainDoc(value: unknown, code: CodeSource): Doc {
  if (typeof value === 'string') return stringText(value)
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof Date) return callDoc('new Date', [stringText(value.toISOString())])
  if (value instanceof Uint8Array) {
    return callDoc('Buffer.from', [stringText(Buffer.from(value).toString('hex')), stringText('hex')])
  }
  if (Array.isArray(value)) return arrayDoc(value.map((part) => partDoc(part, code)))
  if (functionsIn(value).length > 0) return codeObjectDoc({ ...value }, code)
  return objectDoc(
    Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [[key, plainDoc(part, code)]])),
  )
}

function partDoc(value: unknown, code: CodeSource): Doc {
  const text = textOf(value, code)
  return text === undefined ? plainDoc(value, code) : codeDoc(text)
}

function textOf(value: unknown, code: CodeSource): string | undefined {
  if (isFunction(value)) return code(value)
  return typeof value === 'object' && value !== null ? nameIn(value, code) : undefined
}

function isNamed(value: object, code: CodeSource): boolean {
  return nameIn(value, code) !== undefined
}

function nameIn(value: object, code: CodeSource): string | undefined {
  return 'describe' in value && 'apply' in value ? code(value as CustomOperation['definition']) : undefined
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === 'function'
}

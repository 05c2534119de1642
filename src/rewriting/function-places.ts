import type { AnyFunction } from '../writer/code.ts'
import type { Lexeme } from '../writer/lexemes.ts'
import { isClosing, isOpening } from '../writer/lexemes.ts'

/** Where a function is written in a file. */
export interface FunctionPlace {
  readonly start: number
  readonly end: number
  /** What the file calls it, where it is declared at the top level. */
  readonly name?: string
}

/**
 * Where functions are written in a file, by function. What a function says of itself is a piece of the code that ran, so it is looked for there; of
 * several pieces that are alike each function takes its own, in order.
 *
 * @param code The file as it ran: without types, every character where it is in the file.
 */
export function functionPlaces(
  functions: readonly AnyFunction[],
  code: string,
  lexemes: readonly Lexeme[],
): ReadonlyMap<AnyFunction, FunctionPlace> {
  const starts = new Map(lexemes.map(({ kind, start }, place) => [start, kind === 'comment' ? -1 : place]))
  const places = new Map<AnyFunction, FunctionPlace>()
  for (const [text, alike] of Map.groupBy(new Set(functions), textOf)) {
    const found: FunctionPlace[] = []
    for (let start = code.indexOf(text); start !== -1; start = code.indexOf(text, start + 1)) {
      const place = starts.get(start) ?? -1
      if (place === -1 || isInsideFunction(lexemes, place)) continue
      found.push({ start, end: start + text.length, ...declaredAs(lexemes, place) })
    }
    for (const [index, fn] of alike.entries()) {
      const place = found[index] ?? found.at(-1)
      if (place !== undefined) places.set(fn, place)
    }
  }
  return places
}

/** The text of a function, with the line ends that sources are compared with. */
function textOf(fn: AnyFunction): string {
  return Function.prototype.toString.call(fn).replaceAll('\r\n', '\n')
}

const statementWords = new Set(['const', 'let', 'var', 'function', 'async', 'export', 'import', 'class', 'default'])

/**
 * Whether a place in the code is inside a function or a class: behind an arrow, or in braces that are no object literal. A function that is made there
 * may use what is known only there.
 */
function isInsideFunction(lexemes: readonly Lexeme[], place: number): boolean {
  let depth = lexemes[place]?.depth ?? 0
  for (let index = place - 1; index >= 0; index -= 1) {
    const lexeme = lexemes[index]
    if (lexeme === undefined || lexeme.kind === 'comment' || lexeme.depth > depth) continue
    if (lexeme.depth < depth) {
      if (lexeme.text === '{' && !opensObject(lexemes, index)) return true
      if (lexeme.kind === 'template') return true
      depth = lexeme.depth
      continue
    }
    if (lexeme.text === '=>') return true
    if (isEndOfElement(lexeme)) index = openingOf(lexemes, index, depth) + 1
  }
  return false
}

/** What stands before belongs to another element or statement. */
function isEndOfElement({ kind, text, depth }: Lexeme): boolean {
  return (
    (kind === 'sign' && (text === ',' || text === ';')) || (kind === 'word' && depth === 0 && statementWords.has(text))
  )
}

/** The place of the bracket around the elements at a depth, or that before the first. */
function openingOf(lexemes: readonly Lexeme[], from: number, depth: number): number {
  let index = from
  while (index >= 0 && (lexemes[index]?.depth ?? 0) >= depth) index -= 1
  return index
}

function opensObject(lexemes: readonly Lexeme[], place: number): boolean {
  const before = lexemes.slice(0, place).findLast(({ kind }) => kind !== 'comment')
  if (before === undefined) return false
  if (before.kind === 'word') return before.text === 'return' || before.text === 'default'
  return (
    before.kind === 'sign' &&
    before.text !== '=>' &&
    (isOpening(before.text) || !isClosing(before.text)) &&
    before.text !== ';'
  )
}

/** The name of a top-level declaration whose function begins at a place. */
function declaredAs(lexemes: readonly Lexeme[], place: number): { readonly name?: string } {
  const first = lexemes[place]
  if (first === undefined || first.depth > 0) return {}
  const [word, name, equals] = lexemes.slice(Math.max(place - 3, 0), place)
  if (equals?.text === '=' && name?.kind === 'word' && /^(const|let|var)$/.test(word?.text ?? ''))
    return { name: name.text }
  const words = lexemes.slice(place, place + 4).map(({ text }) => text)
  const named = words[words.indexOf('function') + 1]
  return words[0] === 'function' || (words[0] === 'async' && words[1] === 'function') ? nameOf(named) : {}
}

function nameOf(text: string | undefined): { readonly name?: string } {
  return text === undefined || !/^[\w$\u00a1-\uffff]+$/.test(text) ? {} : { name: text }
}

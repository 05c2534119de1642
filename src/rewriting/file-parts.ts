import type { Lexeme } from '../writer/lexemes.ts'
import { closingOf } from '../writer/lexemes.ts'
import { withoutComments } from './import-bindings.ts'

/** The parts of a migration's file, each as it is written there. */
export interface FileParts {
  /** The comments before everything else, with the line ends behind them. */
  readonly head: string
  /** What is imported from `godwit/migrations` by name: `q`, `type CodeContext`, `f as fields`. */
  readonly specifiers: readonly string[]
  /** The other imports. */
  readonly imports: readonly string[]
  /** What else stands before the definition, and behind it. */
  readonly preamble: string | undefined
  readonly epilogue: string | undefined
  /** The elements of `operations`, each with the comments that belong to it; absent where that is no plain list. */
  readonly operations?: readonly string[]
  /** The comments of the definition that belong to no operation. */
  readonly looseComments: readonly string[]
}

/**
 * Takes a migration's file apart; undefined where it does not end in `export default defineMigration({ … })` or `export default { … }`.
 *
 * @param lexemes Those of the file without its types, in which every character is where it is in the file.
 */
export function filePartsOf(source: string, lexemes: readonly Lexeme[]): FileParts | undefined {
  const definition = definitionIn(lexemes)
  const first = lexemes.find(({ kind }) => kind !== 'comment')
  if (definition === undefined || first === undefined) return undefined
  const imports = importsIn(source, lexemes)
  const before = between(source, first.start, definition.start, imports)
  const after = between(source, definition.end, source.length, imports)
  const inside = lexemes.filter(({ start }) => start >= definition.start && start < definition.end)
  const elements = elementsOf(source, inside)
  const comments = inside.filter(({ kind }) => kind === 'comment')
  return {
    head: source.slice(0, first.start),
    specifiers: imports.flatMap(({ specifiers }) => specifiers ?? []),
    imports: imports.flatMap(({ specifiers, start, end }) => {
      return specifiers === undefined ? [source.slice(start, end)] : []
    }),
    preamble: before === '' ? undefined : before,
    epilogue: after === '' ? undefined : after,
    ...(elements !== undefined && { operations: elements.map(({ text }) => text) }),
    looseComments: comments
      .filter(({ start }) => !(elements ?? []).some((element) => element.start <= start && start < element.end))
      .map(({ text }) => text),
  }
}

interface Range {
  readonly start: number
  readonly end: number
}

/** Where the default export stands, without the keyword's line before it and with a semicolon behind it. */
function definitionIn(lexemes: readonly Lexeme[]): Range | undefined {
  const code = lexemes.filter(({ kind }) => kind !== 'comment')
  const place = code.findIndex(({ text, depth }, index) => {
    return depth === 0 && text === 'export' && code[index + 1]?.text === 'default'
  })
  const start = code[place]?.start
  const opening = code[place + 2]?.text === 'defineMigration' ? place + 3 : place + 2
  if (place === -1 || start === undefined || !/^[({]$/.test(code[opening]?.text ?? '')) return undefined
  if (code[opening]?.text === '(' && code[opening + 1]?.text !== '{') return undefined
  const last = closingOf(code, opening)
  const end = code[code[last + 1]?.text === ';' ? last + 1 : last]?.end
  return end === undefined ? undefined : { start, end }
}

interface Import extends Range {
  /** The names, where it is of `godwit/migrations` and imports by name. */
  readonly specifiers?: readonly string[]
}

/** The import statements. Types are gone from the lexemes, so where one ends and what it names is read from the file. */
function importsIn(source: string, lexemes: readonly Lexeme[]): readonly Import[] {
  const pattern =
    /import(?:\s+type)?\s*(?:(?:[\w$*\s{},'"-]|\/\/.*|\/\*[\s\S]*?\*\/)*?(?:\bfrom|\}\s*from)\s*)?(['"])([^'"]*)\1(?:\s*with\s*\{[^}]*\})?[ \t]*;?/y
  const starts = new Set(
    lexemes.filter(({ kind, depth }) => kind !== 'comment' && depth === 0).map(({ start }) => start),
  )
  const found: Import[] = []
  for (const { index } of source.matchAll(/^[ \t]*import\b(?!\s*[(.])/gm)) {
    const start = index + (source.slice(index).match(/^[ \t]*/)?.[0].length ?? 0)
    pattern.lastIndex = start
    const [text, , module] = pattern.exec(source) ?? []
    if (text === undefined || (!starts.has(start) && !isErased(lexemes, start))) continue
    found.push({ start, end: start + text.length, ...(module === 'godwit/migrations' && specifiersOf(text)) })
  }
  return found
}

/** Whether nothing is left of a place once types are gone, which is not so inside a comment or a string. */
function isErased(lexemes: readonly Lexeme[], position: number): boolean {
  return !lexemes.some(({ start, end }) => start <= position && position < end)
}

function specifiersOf(text: string): Pick<Import, 'specifiers'> {
  const [, type, names] = /^import(\s+type)?\s*\{([^}]*)\}/.exec(withoutComments(text)) ?? []
  if (names === undefined) return {}
  const list = names.split(',').map((name) => name.trim().replace(/\s+/g, ' '))
  return { specifiers: list.filter((name) => name !== '').map((name) => (type === undefined ? name : `type ${name}`)) }
}

/** A piece of the source without the imports in it, as paragraphs. */
function between(source: string, from: number, to: number, imports: readonly Import[]): string {
  const inside = imports.filter(({ start }) => start >= from && start < to)
  const edges = [from, ...inside.flatMap(({ start, end }) => [start, end]), to]
  const pieces = edges.flatMap((start, index) => (index % 2 === 0 ? [source.slice(start, edges[index + 1])] : []))
  return pieces
    .map((piece) => piece.replace(/^[ \t]*\n+|[ \t\n]+$/g, ''))
    .filter((piece) => piece.trim() !== '')
    .join('\n')
}

interface Element extends Range {
  readonly text: string
  /** Where its code begins. */
  readonly code: number
}

/** The elements of the list of operations of a definition; undefined where it is no list, or one into which others are spread. */
function elementsOf(source: string, definition: readonly Lexeme[]): readonly Element[] | undefined {
  const code = definition.filter(({ kind }) => kind !== 'comment')
  const brace = code.find(({ text }) => text === '{')
  const place = code.findIndex(({ text, depth }, index) => {
    return text === 'operations' && depth === (brace?.depth ?? 0) + 1 && code[index + 1]?.text === ':'
  })
  const opening = place === -1 ? undefined : code[place + 2]
  const closing = code[closingOf(code, place + 2)]
  if (opening?.text !== '[' || closing === undefined) return undefined
  if (!/^[,}]$/.test(code[code.indexOf(closing) + 1]?.text ?? '')) return undefined
  const inside = definition.filter(({ start }) => start > opening.start && start < closing.start)
  const elements = splitAtCommas(inside, opening.depth + 1, source)
  if (elements.some((lexemes) => lexemes.find(({ kind }) => kind !== 'comment')?.text === '...')) return undefined
  return elements.map((lexemes) => elementOf(source, lexemes))
}

/** The lexemes of each element. A comment behind a comma and on its line belongs to what stands before it, and so does one behind the last. */
function splitAtCommas(lexemes: readonly Lexeme[], depth: number, source: string): readonly (readonly Lexeme[])[] {
  const elements: Lexeme[][] = [[]]
  let comma: Lexeme | undefined
  for (const lexeme of lexemes) {
    if (lexeme.kind === 'sign' && lexeme.text === ',' && lexeme.depth === depth) {
      comma = lexeme
      elements.push([])
      continue
    }
    const onLine = comma !== undefined && !source.slice(comma.end, lexeme.start).includes('\n')
    const isTrailing = lexeme.kind === 'comment' && onLine
    elements.at(isTrailing && elements.length > 1 ? -2 : -1)?.push(lexeme)
  }
  const last = elements.at(-1)
  if (last !== undefined && elements.length > 1 && last.every(({ kind }) => kind === 'comment')) {
    elements.at(-2)?.push(...last)
    elements.pop()
  }
  return elements.filter((element) => element.some(({ kind }) => kind !== 'comment'))
}

/** Where each element of `operations` begins, behind the comments that belong to it; undefined where that is no plain list. */
export function operationStarts(source: string, lexemes: readonly Lexeme[]): readonly number[] | undefined {
  const definition = definitionIn(lexemes)
  if (definition === undefined) return undefined
  const inside = lexemes.filter(({ start }) => start >= definition.start && start < definition.end)
  return elementsOf(source, inside)?.map(({ code }) => code)
}

/** The text of an element: its comments on lines of their own, and its code as it is written. */
function elementOf(source: string, lexemes: readonly Lexeme[]): Element {
  const code = lexemes.filter(({ kind }) => kind !== 'comment')
  const start = code[0]?.start ?? 0
  const end = code.at(-1)?.end ?? start
  const around = lexemes.filter(({ kind, start: at }) => kind === 'comment' && (at < start || at >= end))
  return {
    start: Math.min(start, lexemes[0]?.start ?? start),
    end: Math.max(end, lexemes.at(-1)?.end ?? end),
    text: [...around.map(({ text }) => text), source.slice(start, end)].join('\n'),
    code: start,
  }
}

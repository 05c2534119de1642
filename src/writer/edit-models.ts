import { type Lexeme, lexemesOf } from './lexemes.ts'

/** A piece of a text, and what takes its place. */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The text with pieces of it replaced; none may overlap. */
export function edited(source: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start || b.end - a.end)
    .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), source)
}

/** Where a file declares a model: `model('Post', { fields }, { options })`. */
export interface DeclaredModel {
  textOf(part: ModelPart, name: string): string | undefined
  /** The items of an option that is a list, as they are written; undefined where it is computed. */
  itemsOf(option: string): readonly string[] | undefined
  /** What puts a property in the place of the one of its name, adds it, or takes it away; undefined where there is no such place. */
  edit(part: ModelPart, name: string, text: string | undefined): TextEdit | undefined
}

type ModelPart = 'fields' | 'options'

/** Finds the declaration of a model; undefined where the file has none that is written out. */
export function declaredModel(source: string, model: string): DeclaredModel | undefined {
  const lexemes = lexemesOf(source).filter(({ kind }) => kind !== 'comment')
  const at = lexemes.findIndex(
    ({ text }, index) =>
      text === 'model' && lexemes[index + 1]?.text === '(' && nameIn(lexemes[index + 2]?.text) === model,
  )
  if (at < 0) return undefined
  const inside = (lexemes[at + 1]?.depth ?? 0) + 1
  const call = behind(lexemes, at + 2, inside)
  const [fields, options] = argumentsIn(call, inside)
  const objects = { fields: objectIn(fields), options: objectIn(options) }
  if (objects.fields === undefined) return undefined
  return {
    textOf(part, name) {
      const found = objects[part]?.properties.get(name)
      return found && source.slice(found.start, found.end)
    },
    itemsOf(option) {
      const items = objects.options?.properties.get(option)?.items
      return items?.map(({ start, end }) => source.slice(start, end))
    },
    edit(part, name, text) {
      const object = objects[part]
      const found = object?.properties.get(name)
      if (found !== undefined && text !== undefined) return { start: found.start, end: found.end, text }
      if (found !== undefined) return { ...withComma(found, source), text: '' }
      if (text === undefined) return undefined
      if (object !== undefined) return added(object, text, source)
      const last = fields?.at(-1)
      return part === 'options' && last ? { start: last.end, end: last.end, text: `, {\n  ${text},\n}` } : undefined
    },
  }
}

/** The text with these names among those that it imports from Godwit. */
export function withImports(source: string, names: ReadonlySet<string>): string {
  const found = /import\s*\{([^}]*)\}\s*from\s*(['"])godwit\2/.exec(source)
  if (found === null) return source
  const known = (found[1] ?? '').split(',').map((one) => one.trim().split(/\s+as\s+/)[0])
  const missing = [...names].filter((one) => !known.includes(one)).sort()
  if (missing.length === 0) return source
  const brace = found.index + found[0].indexOf('}')
  const list = (found[1] ?? '').trimEnd()
  const isOpen = list.endsWith(',') || list.trim() === ''
  const start = found.index + found[0].indexOf('{') + 1 + list.length
  return `${source.slice(0, start)}${isOpen ? ' ' : ', '}${missing.join(', ')}${source.slice(start, brace)}${source.slice(brace)}`
}

function nameIn(text: string | undefined): string | undefined {
  return text !== undefined && /^(['"`]).*\1$/s.test(text) ? text.slice(1, -1) : undefined
}

/** What stands behind a place and inside the same bracket. */
function behind(lexemes: readonly Lexeme[], at: number, depth: number): readonly Lexeme[] {
  const rest = lexemes.slice(at)
  const end = rest.findIndex((lexeme) => lexeme.depth < depth)
  return end < 0 ? rest : rest.slice(0, end)
}

/** The arguments behind the first, each as its lexemes. */
function argumentsIn(call: readonly Lexeme[], depth: number): readonly (readonly Lexeme[])[] {
  return pieces(call, depth).slice(1)
}

/** Lexemes cut at the commas of one depth; nothing behind the last comma is no piece. */
function pieces(lexemes: readonly Lexeme[], depth: number): readonly (readonly Lexeme[])[] {
  const found: Lexeme[][] = [[]]
  for (const lexeme of lexemes) {
    if (lexeme.depth === depth && lexeme.text === ',') found.push([])
    else found.at(-1)?.push(lexeme)
  }
  return found.filter(({ length }) => length > 0)
}

interface Range {
  readonly start: number
  readonly end: number
}

interface ObjectText extends Range {
  readonly properties: ReadonlyMap<string, Range & { readonly items?: readonly Range[] }>
}

function objectIn(lexemes: readonly Lexeme[] | undefined): ObjectText | undefined {
  const [first] = lexemes ?? []
  const last = lexemes?.at(-1)
  if (lexemes === undefined || first?.text !== '{' || last?.text !== '}') return undefined
  const depth = first.depth + 1
  const properties = pieces(lexemes.slice(1, -1), depth).flatMap((piece) => {
    const [key, colon, ...value] = piece
    if (key === undefined || colon?.text !== ':') return []
    const items = itemsIn(value)
    return [[nameIn(key.text) ?? key.text, { ...rangeOf(piece), ...(items && { items }) }] as const]
  })
  return { ...rangeOf(lexemes), properties: new Map(properties) }
}

function itemsIn(value: readonly Lexeme[]): readonly Range[] | undefined {
  const [first] = value
  if (first?.text !== '[' || value.at(-1)?.text !== ']') return undefined
  return pieces(value.slice(1, -1), first.depth + 1).map(rangeOf)
}

function rangeOf(lexemes: readonly Lexeme[]): Range {
  return { start: lexemes[0]?.start ?? 0, end: lexemes.at(-1)?.end ?? 0 }
}

/** A property with the comma behind it and, where it has lines of its own, the line end. */
function withComma({ start, end }: Range, source: string): Range {
  const comma = /^\s*,[^\S\n]*\n?/.exec(source.slice(end))?.[0] ?? ''
  const indent = /\n([^\S\n]*)$/.exec(source.slice(0, start))?.[1] ?? ''
  return { start: comma.endsWith('\n') ? start - indent.length : start, end: end + comma.length }
}

/** A property behind all others of an object. */
function added(object: ObjectText, text: string, source: string): TextEdit {
  const last = [...object.properties.values()].at(-1)
  if (last === undefined) return { start: object.start + 1, end: object.start + 1, text: `\n  ${text},\n` }
  const indent = /\n([^\S\n]*)$/.exec(source.slice(0, last.start))?.[1]
  const separator = indent === undefined ? ' ' : `\n${indent}`
  const hasComma = /^\s*,/.test(source.slice(last.end))
  const at = hasComma ? last.end + (/^\s*,/.exec(source.slice(last.end))?.[0].length ?? 0) : last.end
  return { start: at, end: at, text: hasComma ? `${separator}${text},` : `,${separator}${text}` }
}

import type { Doc } from './layout.ts'
import { concat, group, hardLine, indent, joinDocs, line, softLine, whenBroken } from './layout.ts'

/** A property of an object: its key as text, and its value. */
export type Property = readonly [key: string, value: Doc]

/** An object on one line where it fits; `expanded`: one property a line. */
export function objectDoc(properties: readonly Property[], options?: { readonly expanded?: boolean }): Doc {
  if (properties.length === 0) return '{}'
  const entries = properties.map(([key, value]) => concat(keyText(key), ': ', value))
  return bracketed('{', entries, '}', options?.expanded ? hardLine : line)
}

/** An object whose members are written as they are given: methods among the properties. */
export function membersDoc(members: readonly Doc[]): Doc {
  return bracketed('{', members, '}', hardLine)
}

/** A list on one line where it fits; `expanded`: one element a line. */
export function arrayDoc(elements: readonly Doc[], options?: { readonly expanded?: boolean }): Doc {
  return elements.length === 0 ? '[]' : bracketed('[', elements, ']', options?.expanded ? hardLine : softLine)
}

/** A call. Where its last argument has brackets and those before it are plain, the brackets stand in for lines of the call's own. */
export function callDoc(callee: Doc, args: readonly Doc[]): Doc {
  const before = args.slice(0, -1)
  const last = args.at(-1)
  if (last === undefined) return concat(callee, '()')
  if (isBracketed(last) && before.every((arg) => typeof arg === 'string')) {
    return concat(callee, '(', ...before.flatMap((arg) => [arg, ', ']), last, ')')
  }
  return group(concat(callee, '(', indent(concat(softLine, commaSeparated(args))), whenBroken(','), softLine, ')'))
}

/** `import { a, b } from 'module'`: specifiers in the order of formatters. */
export function importLineDoc(specifiers: ReadonlySet<string>, module: string): Doc {
  const sorted = joinDocs([...specifiers].toSorted(byName), concat(',', line))
  return concat(
    'import ',
    group(concat('{', indent(concat(line, sorted)), whenBroken(','), line, '}')),
    ` from ${stringText(module)}`,
  )
}

/** A key of an object: bare where it may be. `__proto__` would set the prototype, written as anything but a computed key. */
export function keyText(key: string): string {
  if (key === '__proto__') return `['__proto__']`
  return isIdentifier(key) ? key : stringText(key)
}

/** `.name`, or `['odd name']`. */
export function memberText(key: string): string {
  return isIdentifier(key) ? `.${key}` : `[${stringText(key)}]`
}

/** A string in the quotes that need the fewer escapes, single ones for preference. */
export function stringText(text: string): string {
  const quote = count(text, "'") > count(text, '"') ? '"' : "'"
  // JSON escapes what must be, lone surrogates included; the line separators of Unicode are only hard to see.
  const content = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replace(/[\u2028\u2029\u007f-\u009f\ufeff]/g, escaped)
  return `${quote}${content.replaceAll(quote, `\\${quote}`)}${quote}`
}

/** A text of several lines as a template literal, any other as a string. */
export function longTextDoc(text: string): Doc {
  if (!text.includes('\n') || /[^\n\t\x20-\x7e\u00a1-\ud7ff]/.test(text)) return stringText(text)
  return `\`${templateText(text)}\``
}

/** Text as it stands between backticks. */
function templateText(text: string): string {
  return text.replace(/[\\`]|\$\{/g, '\\$&')
}

function bracketed(open: string, entries: readonly Doc[], close: string, edge: Doc): Doc {
  return group(
    concat(open, indent(concat(edge, commaSeparated(entries, edge === hardLine))), whenBroken(','), edge, close),
  )
}

function commaSeparated(docs: readonly Doc[], expanded = false): Doc {
  return joinDocs(docs, concat(',', expanded ? hardLine : line))
}

function isBracketed(doc: Doc): boolean {
  if (typeof doc === 'string') return doc === '{}' || doc === '[]' || doc.startsWith('`')
  if (doc.kind !== 'group' || typeof doc.content === 'string' || doc.content.kind !== 'concat') return false
  const first = doc.content.parts[0]
  return first === '{' || first === '['
}

function isIdentifier(text: string): boolean {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(text)
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** As formatters sort them: by the imported name, without its case. */
function byName(a: string, b: string): number {
  const [first = '', second = ''] = [a, b].map((specifier) => specifier.replace(/^type /, '').toLowerCase())
  return first === second ? 0 : first < second ? -1 : 1
}

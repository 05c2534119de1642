import type { MigrationReference } from '../history/migration.ts'
import { type Lexeme, lexemesOf } from '../writer/lexemes.ts'
import { stringText } from '../writer/syntax.ts'

/**
 * The text of a migration's file with other names for the migrations that it refers to, wherever it says `['app', 'name']`. Everything else stays as it
 * is. Whoever writes it loads it first: a file may come to its references in other ways.
 *
 * @param renamed The new reference of an old one; undefined where it stays.
 */
export function withReferences(
  source: string,
  renamed: (reference: MigrationReference) => MigrationReference | undefined,
): string {
  const lexemes = lexemesOf(source).filter(({ kind }) => kind !== 'comment')
  let edited = ''
  let end = 0
  for (const place of lexemes.keys()) {
    const pair = lexemes.slice(place, place + 5)
    const reference = referenceIn(pair)
    const other = reference && renamed(reference)
    const [first, last] = [pair[0], pair.at(-1)]
    if (other === undefined || first === undefined || last === undefined) continue
    edited += `${source.slice(end, first.start)}[${other.map(stringText).join(', ')}]`
    end = last.end
  }
  return edited + source.slice(end)
}

function referenceIn(pair: readonly Lexeme[]): MigrationReference | undefined {
  const [opening, app, comma, name, closing] = pair
  if (opening?.text !== '[' || comma?.text !== ',' || closing?.text !== ']') return undefined
  if (app?.kind !== 'string' || name?.kind !== 'string') return undefined
  return [app.text.slice(1, -1), name.text.slice(1, -1)]
}

/** The text of a migration's file without a property of its definition; undefined where it is not found as a property of its own. */
export function withoutProperty(source: string, property: string): string | undefined {
  const lexemes = lexemesOf(source)
  const place = lexemes.findIndex(({ text }, index) => text === property && lexemes[index + 1]?.text === ':')
  const key = lexemes[place]
  if (key === undefined || lexemes[place + 2]?.text !== '[') return undefined
  const closing = lexemes.findIndex(({ text, depth }, index) => index > place && text === ']' && depth === key.depth)
  const last = lexemes[closing]
  if (last === undefined) return undefined
  const comma = lexemes[closing + 1]
  const end = comma?.text === ',' ? comma.end : last.end
  const lineStart = source.lastIndexOf('\n', key.start) + 1
  const alone = source.slice(lineStart, key.start).trim() === '' && /^[ \t]*\r?\n/.test(source.slice(end))
  const start = alone ? lineStart : key.start
  return source.slice(0, start) + source.slice(end).replace(alone ? /^[ \t]*\r?\n/ : /^[ \t]+/, '')
}

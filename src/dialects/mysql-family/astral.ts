/** What the catalogue of a server has in the place of a character beyond the Basic Multilingual Plane, which it has no room for. */
export interface AstralForms {
  /** In expressions; undefined where the catalogue has the character itself. */
  readonly inExpressions: string | undefined
  /** In a default that is one literal, and in comments. */
  readonly inLiterals: string
}

/** Stand-ins for characters that a server's answer has no room for. */
export interface StandIns {
  /** A text with the stand-ins in the place of the characters. */
  readonly put: (text: string) => string
  /** A text with the characters, or with what the catalogue has for each, in the place of the stand-ins. */
  readonly restore: (text: string, form: string | undefined) => string
}

/** Stand-ins for the characters of some texts, of which none is in those texts. */
export function standInsFor(texts: readonly string[]): StandIns {
  const all = texts.join('')
  const wanted = [...new Set(all.match(astral) ?? [])]
  const free = Array.from({ length: lastPrivate - firstPrivate + 1 }, (_, index) =>
    String.fromCodePoint(firstPrivate + index),
  ).filter((candidate) => wanted.length > 0 && !all.includes(candidate))
  const byCharacter = new Map(wanted.map((character, index) => [character, free[index] ?? character]))
  const byStandIn = new Map([...byCharacter].map(([character, standIn]) => [standIn, character]))
  return {
    put: (text) => text.replaceAll(astral, (character) => byCharacter.get(character) ?? character),
    restore: (text, form) =>
      text.replaceAll(privateUse, (character) => {
        const original = byStandIn.get(character)
        return original === undefined ? character : (form ?? original)
      }),
  }
}

/** A text as the catalogue has it in comments and literals. */
export function inCatalogue(text: string, form: string): string {
  return text.replaceAll(astral, form)
}

const astral = /[\u{10000}-\u{10ffff}]/gu
const [firstPrivate, lastPrivate] = [0xe000, 0xf8ff]
const privateUse = /[\ue000-\uf8ff]/g

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const file = join(import.meta.dirname, 'sentences.txt')
const heading = '## '

/** What is said, by the name of the case and then by the database on which it is said. */
export type Sentences = ReadonlyMap<string, ReadonlyMap<string, string>>

/** The sentences as they were last approved, by their heading. */
export function readSentences(): ReadonlyMap<string, string> {
  const sections = readFileSync(file, 'utf8').split(`\n${heading}`).slice(1)
  return new Map(
    sections.map((section) => {
      const end = section.indexOf('\n')
      return [section.slice(0, end), section.slice(end + 1).trimEnd()]
    }),
  )
}

/** The headings of a case: its name, and one more for each database that says something else than the first one. */
export function headingsOf(name: string, said: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  const [first] = said.values()
  return [...said].flatMap(([database, sentence], index) => {
    if (index === 0) return [[name, sentence] as const]
    return sentence === first ? [] : [[headingOn(name, database), sentence] as const]
  })
}

/** The heading of what one database alone says. */
export function headingOn(name: string, database: string): string {
  return `${name} (${database})`
}

/** Writes the file anew, for people to read from top to bottom. */
export function writeSentences(sentences: Sentences): void {
  const sections = [...sentences]
    .flatMap(([name, said]) => headingsOf(name, said))
    .map(([title, text]) => `\n${heading}${title}\n${text}\n`)
  writeFileSync(
    file,
    `What Godwit says to bad input. Written by GODWIT_UPDATE=1; read it as its user would.\n${sections.join('')}`,
  )
}

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const file = join(import.meta.dirname, 'sentences.txt')
const heading = '## '

/** The sentences as they were last approved, by the name of their case. */
export function readSentences(): ReadonlyMap<string, string> {
  const sections = readFileSync(file, 'utf8').split(`\n${heading}`).slice(1)
  return new Map(
    sections.map((section) => {
      const end = section.indexOf('\n')
      return [section.slice(0, end), section.slice(end + 1).trimEnd()]
    }),
  )
}

/** Writes the file anew, for people to read from top to bottom. */
export function writeSentences(sentences: ReadonlyMap<string, string>): void {
  const sections = [...sentences].map(([name, text]) => `\n${heading}${name}\n${text}\n`)
  writeFileSync(
    file,
    `What Godwit says to bad input. Written by GODWIT_UPDATE=1; read it as its user would.\n${sections.join('')}`,
  )
}

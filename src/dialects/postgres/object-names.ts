import type { Named } from '../../schema/schema.ts'

/** Which names of relations and constraints are in use while a plan is made. */
export interface ObjectNames {
  /** The object under the name to use: a generated one that is taken gets a number behind it. */
  readonly claim: <T extends Named>(wanted: T) => T
  readonly release: (name: string) => void
}

/** The longest name, in bytes: the server cuts what is longer, so that two names would become one. */
const limit = 63

export function objectNames(taken: Iterable<string>): ObjectNames {
  const used = new Set(taken)
  return {
    claim: (wanted) => {
      const name = wanted.generatedName ? firstFree(wanted.name, used) : wanted.name
      used.add(name)
      return name === wanted.name ? wanted : { ...wanted, name }
    },
    release: (name) => {
      used.delete(name)
    },
  }
}

/** A name with a number behind it, where it is taken as it is. */
export function firstFree(name: string, used: ReadonlySet<string>): string {
  let candidate = name
  for (let number = 2; used.has(candidate); number += 1) {
    const ending = `_${number}`
    candidate = `${cutToBytes(name, limit - ending.length)}${ending}`
  }
  return candidate
}

/** The name that PostgreSQL gives a primary key that is made without one. */
export function defaultKeyName(table: string): string {
  return `${cutToBytes(table, limit - '_pkey'.length)}_pkey`
}

function cutToBytes(text: string, most: number): string {
  let used = 0
  let kept = ''
  for (const character of text) {
    used += Buffer.byteLength(character)
    if (used > most) break
    kept += character
  }
  return kept
}

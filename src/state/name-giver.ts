import { canonicalJson } from '../lib/canonical-json.ts'
import { shortHash } from '../lib/short-hash.ts'
import { type GeneratedNameKind, generatedName } from './names.ts'

/** Makes names for the unnamed objects of one table. */
export type NameGiver = (kind: GeneratedNameKind, words: readonly string[], definition: unknown) => string

/**
 * Names that are unique within the table and keep clear of those that a user gave. Two objects that would share a name, such as an index on
 * `status` and one on `lower(status)`, are told apart by a hash of their definitions.
 */
export function nameGiver(table: string, given: Iterable<string>): NameGiver {
  const taken = new Set(given)
  return (kind, words, definition) => {
    const readable = generatedName(kind, table, words)
    const name = taken.has(readable)
      ? generatedName(kind, table, [...words, shortHash(canonicalJson(definition), 6)])
      : readable
    taken.add(name)
    return name
  }
}

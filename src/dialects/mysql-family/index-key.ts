import { fold } from './tokens.ts'

/** What the name of an index is known by among the names that are taken: it is unique in its table only, whatever its case. */
export function indexKey(table: string, index: string): string {
  return `${table}.${fold(index)}`
}

import type { Named } from '../../schema/schema.ts'
import { fold } from './raw-sql.ts'

/** Which names of indexes and tables are in use while a plan is made. SQLite keeps them in one space for the whole database. */
export interface IndexNames {
  /** The name to use: a generated one that is taken gets a number behind it. */
  readonly claim: (wanted: Named) => string
  readonly claimTemporary: (table: string) => string
  readonly release: (name: string) => void
}

export function indexNames(taken: Iterable<string>): IndexNames {
  const used = new Set([...taken].map(fold))
  const firstFree = (name: string): string => {
    let candidate = name
    for (let number = 2; used.has(fold(candidate)); number += 1) candidate = `${name}_${number}`
    return candidate
  }
  const use = (name: string): string => {
    used.add(fold(name))
    return name
  }
  return {
    claim: (wanted) => use(wanted.generatedName ? firstFree(wanted.name) : wanted.name),
    claimTemporary: (table) => use(firstFree(`godwit_new_${table}`)),
    release: (name) => {
      used.delete(fold(name))
    },
  }
}

import type { Named } from '../../schema/schema.ts'
import { indexKey } from './index-key.ts'

/**
 * Which names are in use while a plan is made: a foreign key's is the only one of its kind in the database, as a check's is on one of the servers, and
 * an index's in its table.
 */
export interface ObjectNames {
  /** The constraint under the name to use: a generated one that is taken gets a number behind it. */
  readonly claim: <T extends Named>(wanted: T) => T
  /** The same for an index of a table. */
  readonly claimIndex: <T extends Named>(table: string, wanted: T) => T
  readonly release: (name: string) => void
  readonly releaseIndex: (table: string, name: string) => void
  /** Whether a table has an index of a name, one that the server made for itself included. */
  readonly hasIndex: (table: string, name: string) => boolean
}

/** The longest name, in characters. */
const limit = 64

export function objectNames(taken: Iterable<string>): ObjectNames {
  const used = new Set(taken)
  const claim = <T extends Named>(wanted: T, key: (name: string) => string): T => {
    const name = wanted.generatedName ? firstFree(wanted.name, (candidate) => used.has(key(candidate))) : wanted.name
    used.add(key(name))
    return name === wanted.name ? wanted : { ...wanted, name }
  }
  return {
    claim: (wanted) => claim(wanted, (name) => name),
    claimIndex: (table, wanted) => claim(wanted, (name) => indexKey(table, name)),
    release: (name) => {
      used.delete(name)
    },
    releaseIndex: (table, name) => {
      used.delete(indexKey(table, name))
    },
    hasIndex: (table, name) => used.has(indexKey(table, name)),
  }
}

/** A name with a number behind it, where it is taken as it is. */
export function firstFree(name: string, isTaken: (candidate: string) => boolean): string {
  let candidate = name
  for (let number = 2; isTaken(candidate); number += 1) {
    const ending = `_${number}`
    candidate = `${[...name].slice(0, limit - ending.length).join('')}${ending}`
  }
  return candidate
}

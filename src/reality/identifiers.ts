import { snakeCase } from '../lib/snake-case.ts'

/** The words of a name in a database, in lower case and of plain letters and digits: `OrderID` and `order id` are `order`, `id`. */
export function wordsOf(name: string): readonly string[] {
  const plain = name
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
  return snakeCase(plain)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

/** `OrderDetails`: what a model of these words is called. */
export function modelNameFrom(words: readonly string[]): string {
  const name = words.map(capital).join('')
  // The source of a default may speak of the class of this name.
  return /^[A-Z]/.test(name) && name !== 'Buffer' ? name : `Table${name}`
}

/** `orderDate`: what a field of these words is called. */
export function fieldNameFrom(words: readonly string[]): string {
  const [first = '', ...others] = words
  const name = `${first}${others.map(capital).join('')}`
  return /^[a-z]/.test(name) ? name : `field${name}`
}

/** Names that are given once, whatever their case. */
export interface Names {
  /** The first of the names that is free, or the last of them with a number behind it. */
  claim(...names: readonly [string, ...string[]]): string
  /** Takes a name if it is free, and says whether it was. */
  take(name: string): boolean
}

/** Names that are given once, beside those that are taken. */
export function freshNames(taken: Iterable<string> = []): Names {
  const used = new Set([...taken].map((name) => name.toLowerCase()))
  const isFree = (name: string): boolean => !used.has(name.toLowerCase())
  const take = (name: string): boolean => {
    const free = isFree(name)
    used.add(name.toLowerCase())
    return free
  }
  return {
    take,
    claim(...names) {
      const last = names.at(-1) ?? names[0]
      let found = names.find(isFree)
      for (let number = 2; found === undefined; number += 1) {
        if (isFree(`${last}${number}`)) found = `${last}${number}`
      }
      take(found)
      return found
    },
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

import type { Named } from '../../schema/schema.ts'

/**
 * How objects of one kind are told apart. A server re-spells what it is given, so that a declared text seldom equals the one that is read: where
 * `same` finds nothing, the object is looked for by what a re-spelling leaves alone.
 */
export interface Alikeness<T> {
  /** Whether two definitions are the same to the letter. */
  readonly same: (a: T, b: T) => boolean
  /** Whether one could be the other in other words. */
  readonly mayBe: (a: T, b: T) => boolean
  /** The words, names and literals of the texts that a re-spelling could have changed. */
  readonly words: (object: T) => ReadonlySet<string>
  /** Whether two names of such objects are one to the database. */
  readonly sameName: (a: string, b: string) => boolean
}

/**
 * Which real object each declared one is: a given name is the name; of those whose names were generated, each is the one of the same definition, or
 * else the one that is most like it. Each real one is claimed once, and first by who is surest of it.
 */
export function pairWithReal<T extends Named>(
  declared: readonly T[],
  real: readonly T[],
  { same, mayBe, words, sameName }: Alikeness<T>,
): ReadonlyMap<T, T> {
  const left = new Set(real)
  const pairs = new Map<T, T>()
  const claim = (wanted: T, choose: (candidates: readonly T[]) => T | undefined): void => {
    const found = pairs.has(wanted) ? undefined : choose([...left])
    if (found === undefined) return
    pairs.set(wanted, found)
    left.delete(found)
  }
  const named = (wanted: T) => (one: T) => sameName(one.name, wanted.name) && !isNameless(one)
  for (const wanted of declared) {
    claim(wanted, (all) => all.find((one) => named(wanted)(one) && (!wanted.generatedName || same(one, wanted))))
  }
  // One without a name is whichever declared one says the same.
  for (const wanted of declared) {
    claim(wanted, (all) => all.find((one) => (wanted.generatedName || isNameless(one)) && same(one, wanted)))
  }
  const generated = declared.filter(({ generatedName }) => generatedName)
  for (const wanted of generated) claim(wanted, (all) => all.find((one) => named(wanted)(one) && mayBe(one, wanted)))
  for (const wanted of generated) {
    const own = words(wanted)
    claim(
      wanted,
      (all) =>
        all
          .filter((one) => mayBe(one, wanted))
          .map((one) => ({ one, likeness: likenessOf(words(one), own) }))
          .toSorted((a, b) => b.likeness - a.likeness)
          .at(0)?.one,
    )
  }
  return pairs
}

/** The real object that is meant by a declared one, given all that are declared with it. */
export function findReal<T extends Named>(
  wanted: T,
  declared: readonly T[],
  real: readonly T[],
  alikeness: Alikeness<T>,
): T | undefined {
  const own = declared.find((one) => one.name === wanted.name) ?? wanted
  return pairWithReal(declared.includes(own) ? declared : [...declared, own], real, alikeness).get(own)
}

/** A check in the definition of a column has no name of its own. */
function isNameless(object: Named): boolean {
  return 'ofColumn' in object && object.ofColumn !== undefined
}

/** The share of words that both have. */
function likenessOf(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const all = left.union(right).size
  return all === 0 ? 1 : left.intersection(right).size / all
}

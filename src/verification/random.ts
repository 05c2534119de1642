/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Random {
  /** A whole number from 0 to below the limit. */
  below(limit: number): number
}

/** The generator of one seed (mulberry32: 32 bits of state, which is plenty for rows). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  return { below: (limit) => Math.floor((next() / 2 ** 32) * limit) }
}

/** The generator of a part of the work: what one part draws changes nothing for another. */
export function randomFor(seed: number, part: string): Random {
  let mixed = seed >>> 0
  for (const letter of part) mixed = (Math.imul(mixed, 31) + (letter.codePointAt(0) ?? 0)) >>> 0
  return randomFrom(mixed)
}

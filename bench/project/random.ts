/** Numbers that look random and are the same on every run, so that two benchmarks measure the same project. */
export interface Random {
  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number
  pick<T>(choices: readonly [T, ...T[]]): T
}

/** A generator started with a seed (mulberry32: 32 bits of state are plenty for a benchmark). */
export function createRandom(seed: number): Random {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (end: number): number => next() % end
  return { below, pick: (choices) => choices[below(choices.length)] ?? choices[0] }
}

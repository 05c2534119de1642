/** What one round of one subject took, in milliseconds: the whole process, and the work inside it where the process says so. */
export interface Sample {
  readonly whole: number
  readonly work: number
}

/**
 * The medians of several subjects that take turns: whatever slows the machine for a while slows them all. Every other round goes the other way, so
 * that nobody always comes after the same neighbour.
 */
export function alternate<Name extends string>(
  rounds: number,
  subjects: { readonly [N in Name]: () => Sample },
): { readonly [N in Name]: Sample } {
  const names = Object.keys(subjects) as Name[]
  const samples = new Map<Name, Sample[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) samples.get(name)?.push(subjects[name]())
  }
  return Object.fromEntries(
    names.map((name) => {
      const taken = samples.get(name) ?? []
      return [name, { whole: median(taken.map(({ whole }) => whole)), work: median(taken.map(({ work }) => work)) }]
    }),
  ) as { [N in Name]: Sample }
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = low] = sorted.length % 2 === 0 ? sorted.slice(middle - 1, middle + 1) : [sorted[middle]]
  return (low + high) / 2
}

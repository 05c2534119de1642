/** How alike two names are, from 0 to 1: the pairs of letters that they share (Dice), whatever the case. */
export function nameSimilarity(a: string, b: string): number {
  const left = letterPairs(a)
  const right = letterPairs(b)
  if (left.length + right.length === 0) return a.toLowerCase() === b.toLowerCase() ? 1 : 0
  const unmatched = [...right]
  for (const pair of left) {
    const index = unmatched.indexOf(pair)
    if (index >= 0) unmatched.splice(index, 1)
  }
  return (2 * (right.length - unmatched.length)) / (left.length + right.length)
}

function letterPairs(name: string): readonly string[] {
  const letters = name.toLowerCase().replaceAll('_', '')
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, index) => letters.slice(index, index + 2))
}

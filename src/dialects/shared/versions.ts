/** Whether a version is the other one or a later one. What follows the numbers says nothing: `16.4 (Debian 16.4-1)`, `18beta1`. */
export function isAtLeast(version: string, other: string): boolean {
  const [mine, theirs] = [numbersOf(version), numbersOf(other)]
  const differing = theirs.findIndex((number, index) => number !== (mine[index] ?? 0))
  return differing === -1 || (mine[differing] ?? 0) > (theirs[differing] ?? 0)
}

function numbersOf(version: string): readonly number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number)
}

/** The changed lines of a text, as a diff shows them: removed ones behind `-`, new ones behind `+`, each group below the line before it. */
export function lineDiff(before: string, after: string): readonly string[] {
  const [old, current] = [before.trimEnd().split('\n'), after.trimEnd().split('\n')]
  const common = commonLengths(old, current)
  const shown: string[] = []
  let lineBefore = ''
  let [i, j] = [0, 0]
  const show = (line: string): void => {
    if (lineBefore !== '') shown.push(`  ${lineBefore}`)
    lineBefore = ''
    shown.push(line)
  }
  while (i < old.length || j < current.length) {
    if (i < old.length && j < current.length && old[i] === current[j]) {
      lineBefore = current[j] ?? ''
      i++
      j++
    } else if (j === current.length || (i < old.length && at(common, i + 1, j) >= at(common, i, j + 1))) {
      show(`- ${old[i++]}`)
    } else {
      show(`+ ${current[j++]}`)
    }
  }
  return shown
}

type Lengths = readonly (readonly number[])[]

function at(lengths: Lengths, i: number, j: number): number {
  return lengths[i]?.[j] ?? 0
}

/** For each pair of positions, how many lines the rests of both texts have in common. */
function commonLengths(old: readonly string[], current: readonly string[]): Lengths {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(current.length + 1).fill(0))
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = current.length - 1; j >= 0; j--) {
      const row = lengths[i] ?? []
      row[j] =
        old[i] === current[j] ? at(lengths, i + 1, j + 1) + 1 : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1))
    }
  }
  return lengths
}

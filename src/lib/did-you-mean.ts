/** The known names nearest to a mistyped one, best first; empty when none is near enough to be meant. */
export function nearestNames(mistyped: string, known: Iterable<string>, most = 3): readonly string[] {
  const wanted = mistyped.toLowerCase()
  const near = [...known]
    .map((name) => ({ name, distance: distanceTo(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(Math.max(wanted.length, name.length) * 0.4)))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
  const nearest = near[0]?.distance ?? 0
  // Beside a name that is one slip away, one that is three away was not meant.
  return near
    .filter(({ distance }) => distance <= nearest + 1)
    .slice(0, most)
    .map(({ name }) => name)
}

/** How far a name is from what was typed; a name that was begun and not ended is as near as one slip. */
function distanceTo(wanted: string, name: string): number {
  const begun = wanted.replace(/^-+/, '').length >= 2 && name.startsWith(wanted) && name !== wanted
  return begun ? 1 : editDistance(wanted, name)
}

/** ` Did you mean "accounts"?`, with a leading blank, or an empty string when nothing is near. */
export function didYouMean(mistyped: string, known: Iterable<string>): string {
  const names = nearestNames(mistyped, known)
  return names.length === 0 ? '' : ` Did you mean ${names.map((name) => `"${name}"`).join(' or ')}?`
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, substitution))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}

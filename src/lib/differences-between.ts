import { canonicalJson } from './canonical-json.ts'

/** Where two pieces of plain data differ, a line each: `field.maxLength 100 → 200`. Empty where they are equal. */
export function differencesBetween(before: unknown, after: unknown, path = ''): readonly string[] {
  if (isObject(before) && isObject(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...keys].flatMap((key) =>
      differencesBetween(
        before[key],
        after[key],
        Array.isArray(before) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`,
      ),
    )
  }
  const [old, now] = [shown(before), shown(after)]
  if (old === now) return []
  const same = old.length > most || now.length > most ? sharedBeginning(old, now) : 0
  return [`${path} ${shortened(old, same)} → ${shortened(now, same)}`]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : canonicalJson(value)
}

/** How much of a long value is shown, in characters. */
const most = 60

function shortened(text: string, same: number): string {
  // What differs is to be seen, with a little of what stands before it.
  const from = text.length <= most || same < most - 20 ? 0 : same - 10
  const rest = `${from > 0 ? '…' : ''}${text.slice(from)}`
  return rest.length <= most ? rest : `${rest.slice(0, most - 1)}…`
}

/** How many characters two texts have in common before they differ. */
function sharedBeginning(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length
}

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
  return old === now ? [] : [`${path} ${shortened(old)} → ${shortened(now)}`]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : canonicalJson(value)
}

/** How much of a long value is shown, in characters. */
const most = 60

function shortened(text: string): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}

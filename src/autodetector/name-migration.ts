import { nameFragment } from '../operations/definitions.ts'
import type { DetectedOperation } from './detection.ts'

/** How long a migration's name may get by further fragments. */
const nameLength = 52
/** How long the names of merged branches may be, joined; as Django has it. */
const mergeLength = 47
/** How long a single fragment may be. */
const fragmentLength = 100

/** The number of the migration after one of this name; a squash counts as the last one that it replaces. */
export function nextNumber(leaf: string | undefined): number {
  const numbers = /^(?<first>\d+)(?:_squashed_(?<last>\d+))?/.exec(leaf ?? '')?.groups
  return Number(numbers?.['last'] ?? numbers?.['first'] ?? 0) + 1
}

/** The number of the migration after a last one of this name, in an app where these names are taken by a history that was begun anew. */
export function nextFreeNumber(leaf: string | undefined, taken: readonly string[] = []): number {
  return Math.max(...[leaf, ...taken].map(nextNumber))
}

/** `0002_invoice_status`. */
export function numberedName(number: number, name: string): string {
  return `${String(number).padStart(4, '0')}_${name}`
}

/** `0008_merge_0007_note_0007_paid`: after the last migrations that it joins, or after the minute where their names are too long together. */
export function mergeName(leaves: readonly string[], now: Date, name?: string): string {
  const numbered = leaves.filter((leaf) => /^\d/.test(leaf))
  // Leaves without a number are at least one migration each, so the merge is the second one.
  const number = numbered.length === 0 ? 2 : Math.max(...numbered.map(nextNumber))
  const joined = leaves.toSorted().join('_')
  return numberedName(number, name ?? `merge_${joined.length > mergeLength ? stamp(now) : joined.replace(/\W+/g, '_')}`)
}

/** What a migration does, as its name says it: fragments of its operations, as many as fit; the date where one has none. */
export function suggestName(
  operations: readonly Pick<DetectedOperation, 'operation' | 'fragment'>[],
  now: Date,
): string {
  const fragments = operations.map((detected) => detected.fragment ?? nameFragment(detected.operation))
  if (fragments.length === 0 || fragments.includes(undefined)) return `auto_${stamp(now)}`
  const [first, ...others] = fragments.flatMap((fragment) => fragment?.replace(/\W+/g, '_') || [])
  if (first === undefined) return `auto_${stamp(now)}`
  let name = first.slice(0, fragmentLength)
  for (const fragment of others) {
    const longer = `${name}_${fragment}`
    if (longer.length > nameLength) return `${name}_and_more`
    name = longer
  }
  return name
}

function stamp(now: Date): string {
  const digits = now.toISOString().replace(/\D/g, '')
  return `${digits.slice(0, 8)}_${digits.slice(8, 12)}`
}

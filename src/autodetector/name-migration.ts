import { nameFragment } from '../operations/definitions.ts'
import type { DetectedOperation } from './detection.ts'

/** How long a migration's name may get by further fragments. */
const nameLength = 52
/** How long a single fragment may be. */
const fragmentLength = 100

/** The number of the migration after one of this name; a squash counts as the last one that it replaces. */
export function nextNumber(leaf: string | undefined): number {
  const numbers = /^(?<first>\d+)(?:_squashed_(?<last>\d+))?/.exec(leaf ?? '')?.groups
  return Number(numbers?.['last'] ?? numbers?.['first'] ?? 0) + 1
}

/** `0002_invoice_status`. */
export function numberedName(number: number, name: string): string {
  return `${String(number).padStart(4, '0')}_${name}`
}

/** What a migration does, as its name says it: fragments of its operations, as many as fit; the date where one has none. */
export function suggestName(operations: readonly DetectedOperation[], now: Date): string {
  const fragments = operations.map((detected) => detected.fragment ?? nameFragment(detected.operation))
  if (fragments.length === 0 || fragments.includes(undefined)) return `auto_${stamp(now)}`
  const [first = '', ...others] = fragments.map((fragment) => (fragment ?? '').replace(/\W+/g, '_'))
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

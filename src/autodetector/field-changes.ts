import type { Field } from '../fields/field.ts'
import { kindOf } from '../fields/kinds.ts'
import { structuralEqual } from '../lib/structural-equal.ts'

/** What differs between two fields beside their names, in words: `maxLength 20 → 40`, `char → text`. What only code reads is left out. */
export function fieldChanges(before: Field, after: Field): readonly string[] {
  const purposes = { ...kindOf(before).options, ...kindOf(after).options }
  const names = Object.keys(purposes).filter((name) => purposes[name] === 'database')
  const old: Readonly<Record<string, unknown>> = { ...before }
  const now: Readonly<Record<string, unknown>> = { ...after }
  return [
    ...(before.kind === after.kind ? [] : [`${before.kind} → ${after.kind}`]),
    ...names
      .filter((name) => !structuralEqual(old[name], now[name]))
      .map((name) => (name === 'null' ? nullability(after) : `${name} ${inWords(old[name])} → ${inWords(now[name])}`)),
  ]
}

function nullability(after: Field): string {
  return after.null === true ? 'NOT NULL → NULL' : 'NULL → NOT NULL'
}

function inWords(value: unknown): string {
  if (value === undefined) return 'none'
  if (value === true) return 'yes'
  if (typeof value === 'string') return /^\w+(\.\w+)*$/.test(value) ? value : `'${value}'`
  return JSON.stringify(value)
}

import type { Expression } from '../../schema/expression.ts'
import type { Check, ForeignKey, Index, Named, Unique } from '../../schema/schema.ts'
import { comparison } from './comparison.ts'

/**
 * Which real object each declared one is: by its name, or by what it is when its name was generated. Each real one is claimed once, by given names
 * first, so that of two equal checks each finds its own.
 */
export function pairWithReal<T extends Named>(
  declared: readonly T[],
  real: readonly T[],
  same: (a: T, b: T) => boolean,
): ReadonlyMap<T, T> {
  const left = new Set(real.values())
  const pairs = new Map<T, T>()
  const claim = (wanted: T, fits: (candidate: T) => boolean): void => {
    const found = pairs.has(wanted) ? undefined : left.values().find(fits)
    if (found === undefined) return
    pairs.set(wanted, found)
    left.delete(found)
  }
  for (const wanted of declared) {
    claim(wanted, (one) => one.name === wanted.name && one.name !== '' && (!wanted.generatedName || same(one, wanted)))
  }
  for (const wanted of declared) if (wanted.generatedName) claim(wanted, (one) => same(one, wanted))
  return pairs
}

/** The real object that is meant by a declared one, given all that are declared with it. */
export function findReal<T extends Named>(
  wanted: T,
  declared: readonly T[],
  real: readonly T[],
  same: (a: T, b: T) => boolean,
): T | undefined {
  const own = declared.find((one) => one.name === wanted.name) ?? wanted
  return pairWithReal(declared.includes(own) ? declared : [...declared, own], real, same).get(own)
}

export function sameIndex(a: Index | Unique, b: Index | Unique): boolean {
  return (
    a.parts.length === b.parts.length &&
    sameOptional(a.where, b.where) &&
    a.parts.every(({ expression, descending }, position) => {
      const other = b.parts[position]
      return (
        other !== undefined &&
        descending === other.descending &&
        comparison.sameExpression(expression, other.expression)
      )
    })
  )
}

export function sameCheck(a: Check, b: Check): boolean {
  return comparison.sameExpression(a.expression, b.expression)
}

/** Whether two foreign keys lead from the same columns to the same ones. */
export function sameForeignKey(a: ForeignKey, b: ForeignKey): boolean {
  return (
    a.references.table === b.references.table &&
    a.columns.join('\0') === b.columns.join('\0') &&
    a.references.columns.join('\0') === b.references.columns.join('\0')
  )
}

function sameOptional(a: Expression | undefined, b: Expression | undefined): boolean {
  return a === undefined || b === undefined ? a === b : comparison.sameExpression(a, b)
}

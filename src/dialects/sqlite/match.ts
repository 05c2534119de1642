import type { Expression } from '../../schema/expression.ts'
import type { Check, ForeignKey, Index, Named, Unique } from '../../schema/schema.ts'
import * as shared from '../shared/pair-with-real.ts'
import { comparison } from './comparison.ts'

/** Which real object each declared one is: by its name, or by what it is when its name was generated. */
export function pairWithReal<T extends Named>(
  declared: readonly T[],
  real: readonly T[],
  same: (a: T, b: T) => boolean,
): ReadonlyMap<T, T> {
  return shared.pairWithReal(declared, real, toTheLetter(same))
}

/** The real object that is meant by a declared one, given all that are declared with it. */
export function findReal<T extends Named>(
  wanted: T,
  declared: readonly T[],
  real: readonly T[],
  same: (a: T, b: T) => boolean,
): T | undefined {
  return shared.findReal(wanted, declared, real, toTheLetter(same))
}

/** SQLite keeps the words of a definition, so that there is nothing to guess. What has no name is called by an empty one. */
function toTheLetter<T>(same: (a: T, b: T) => boolean): shared.Alikeness<T> {
  return {
    same,
    mayBe: () => false,
    words: () => new Set(),
    sameName: (a, b) => a === b && a !== '',
  }
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

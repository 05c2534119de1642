import type { Expression } from '../../schema/expression.ts'
import type { Check, ForeignKey, Index, Named, Unique } from '../../schema/schema.ts'
import { comparison } from './comparison.ts'

/** The object that is meant, among those of the real table: by its name, or by what it is when its name was generated. */
export function findReal<T extends Named>(wanted: T, real: readonly T[], same: (a: T, b: T) => boolean): T | undefined {
  const named = real.find((candidate) => candidate.name === wanted.name && candidate.name !== '')
  if (named !== undefined && (!wanted.generatedName || same(named, wanted))) return named
  return wanted.generatedName ? real.find((candidate) => same(candidate, wanted)) : undefined
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

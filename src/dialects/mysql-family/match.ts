import { structuralEqual } from '../../lib/structural-equal.ts'
import type { Expression } from '../../schema/expression.ts'
import type { Check, ForeignKey, Index, IndexPart, Unique } from '../../schema/schema.ts'
import type { Alikeness } from '../shared/pair-with-real.ts'
import { spellingOf } from './column-types.ts'
import { columnsRead } from './columns-read.ts'
import { comparisonOf } from './comparison.ts'
import { toText } from './statement-text.ts'
import { fold, tokenize } from './tokens.ts'
import type { Flavour } from './variant.ts'

/** Names of indexes and constraints are the same when they differ only in case. */
const named = { sameName: (a: string, b: string): boolean => fold(a) === fold(b) }

/** What an index and a unique have in common, and what only one of them can have. */
type AnyIndex = Omit<Unique, 'form'> & Pick<Index, 'method'>

/** How indexes and uniques are told apart. */
export function alikeIndexes(flavour: Flavour): Alikeness<AnyIndex> {
  const { sameExpression } = comparisonOf(flavour)
  const sameParts = (a: AnyIndex, b: AnyIndex, same: (a: Expression, b: Expression) => boolean): boolean =>
    a.method === b.method &&
    a.parts.length === b.parts.length &&
    a.parts.every((part, position) => {
      const other = b.parts[position]
      return other !== undefined && sameOrder(part, other) && same(part.expression, other.expression)
    })
  return {
    ...named,
    same: (a, b) => sameParts(a, b, sameExpression),
    mayBe: (a, b) => sameParts(a, b, (left, right) => sameColumns(left, right, flavour)),
    words: ({ parts }) =>
      wordsOf(
        parts.map(({ expression }) => expression),
        flavour,
      ),
  }
}

/** How checks are told apart. */
export function alikeChecks(flavour: Flavour): Alikeness<Check> {
  const { sameExpression } = comparisonOf(flavour)
  return {
    ...named,
    same: (a, b) => sameExpression(a.expression, b.expression),
    mayBe: (a, b) => sameColumns(a.expression, b.expression, flavour),
    words: ({ expression }) => wordsOf([expression], flavour),
  }
}

/** How foreign keys are told apart: by where they lead. */
export const alikeForeignKeys: Alikeness<ForeignKey> = {
  ...named,
  same: leadsAlike,
  mayBe: leadsAlike,
  words: () => new Set(),
}

function leadsAlike(a: ForeignKey, b: ForeignKey): boolean {
  return (
    a.references.table === b.references.table &&
    structuralEqual(a.columns.map(fold), b.columns.map(fold)) &&
    structuralEqual(a.references.columns.map(fold), b.references.columns.map(fold))
  )
}

function sameOrder(a: IndexPart, b: IndexPart): boolean {
  return a.descending === b.descending && a.prefix === b.prefix
}

/** Whether two expressions read the same columns, as far as one can tell: words of one that the other has not may be keywords. */
function sameColumns(a: Expression, b: Expression, flavour: Flavour): boolean {
  if (a.kind === 'column' || b.kind === 'column') return comparisonOf(flavour).sameExpression(a, b)
  const [left, right] = [columnsRead(a, flavour), columnsRead(b, flavour)]
  return left.intersection(right).size > 0 || (left.size === 0 && right.size === 0)
}

function wordsOf(expressions: readonly Expression[], flavour: Flavour): ReadonlySet<string> {
  return new Set(
    expressions.flatMap((expression) =>
      tokenize(toText(spellingOf(flavour).expression(expression)))
        .filter(({ kind }) => kind !== 'operator')
        .map(({ kind, value }) => (kind === 'string' ? value : fold(value))),
    ),
  )
}

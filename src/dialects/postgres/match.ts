import { structuralEqual } from '../../lib/structural-equal.ts'
import type { Expression } from '../../schema/expression.ts'
import type { Check, Exclusion, ForeignKey, Index, IndexPart, Unique } from '../../schema/schema.ts'
import type { Alikeness } from '../shared/pair-with-real.ts'
import { spelling } from './column-types.ts'
import { columnsRead } from './columns-read.ts'
import { comparison } from './comparison.ts'
import { toText } from './statement-text.ts'
import { tokenize } from './tokens.ts'

const named = { sameName: (a: string, b: string): boolean => a === b }

/** What an index and a unique have in common, and what only one of them can have. */
type AnyIndex = Omit<Unique, 'form'> & Pick<Index, 'method'>

export const alikeIndexes: Alikeness<AnyIndex> = {
  same: (a, b) =>
    sameSettings(a, b) &&
    a.parts.length === b.parts.length &&
    sameOptional(a.where, b.where) &&
    a.parts.every((part, position) => samePart(part, b.parts[position])),
  mayBe: (a, b) =>
    sameSettings(a, b) &&
    a.parts.length === b.parts.length &&
    (a.where === undefined) === (b.where === undefined) &&
    a.parts.every(({ expression }, position) => sameColumns(expression, b.parts[position]?.expression)),
  ...named,
  words: ({ parts, where }) => wordsOf([...parts.map(({ expression }) => expression), ...(where ? [where] : [])]),
}

export const alikeChecks: Alikeness<Check> = {
  same: (a, b) => comparison.sameExpression(a.expression, b.expression),
  mayBe: (a, b) => sameColumns(a.expression, b.expression),
  ...named,
  words: ({ expression }) => wordsOf([expression]),
}

export const alikeExclusions: Alikeness<Exclusion> = {
  same: (a, b) =>
    sameOptional(a.where, b.where) && sameElements(a, b, (left, right) => comparison.sameExpression(left, right)),
  mayBe: (a, b) => (a.where === undefined) === (b.where === undefined) && sameElements(a, b, sameColumns),
  ...named,
  words: ({ elements, where }) => wordsOf([...elements.map(({ expression }) => expression), ...(where ? [where] : [])]),
}

export const alikeForeignKeys: Alikeness<ForeignKey> = {
  same: leadsAlike,
  mayBe: leadsAlike,
  ...named,
  words: () => new Set(),
}

/** Whether two foreign keys lead from the same columns to the same ones. */
function leadsAlike(a: ForeignKey, b: ForeignKey): boolean {
  return (
    a.references.table === b.references.table &&
    structuralEqual(a.columns, b.columns) &&
    structuralEqual(a.references.columns, b.references.columns)
  )
}

function sameSettings(a: AnyIndex, b: AnyIndex): boolean {
  return (
    a.method === b.method &&
    a.nullsNotDistinct === b.nullsNotDistinct &&
    a.deferrable === b.deferrable &&
    structuralEqual(a.include, b.include)
  )
}

function samePart(a: IndexPart, b: IndexPart | undefined): boolean {
  return (
    b !== undefined &&
    a.descending === b.descending &&
    a.nulls === b.nulls &&
    a.operatorClass === b.operatorClass &&
    a.collation === b.collation &&
    comparison.sameExpression(a.expression, b.expression)
  )
}

function sameElements(a: Exclusion, b: Exclusion, same: (a: Expression, b: Expression) => boolean): boolean {
  return (
    a.elements.length === b.elements.length &&
    a.elements.every(({ expression, operator }, position) => {
      const other = b.elements[position]
      return other !== undefined && operator === other.operator && same(expression, other.expression)
    })
  )
}

function sameOptional(a: Expression | undefined, b: Expression | undefined): boolean {
  return a === undefined || b === undefined ? a === b : comparison.sameExpression(a, b)
}

/** Whether two expressions read the same columns, as far as one can tell: words of one that the other has not may be keywords. */
function sameColumns(a: Expression, b: Expression | undefined): boolean {
  if (b === undefined) return false
  if (a.kind === 'column' || b.kind === 'column') return comparison.sameExpression(a, b)
  const [left, right] = [columnsRead(a), columnsRead(b)]
  const shared = left.intersection(right)
  return shared.size > 0 || (left.size === 0 && right.size === 0)
}

function wordsOf(expressions: readonly Expression[]): ReadonlySet<string> {
  return new Set(
    expressions.flatMap((expression) =>
      tokenize(toText(spelling.expression(expression)))
        .filter(({ kind }) => kind !== 'operator')
        .map(({ value }) => value),
    ),
  )
}

import { structuralEqual } from '../../lib/structural-equal.ts'
import type { Expression } from '../../schema/expression.ts'
import type { Check, Exclusion, ForeignKey, Index, IndexPart, Named, Unique } from '../../schema/schema.ts'
import { spelling } from './column-types.ts'
import { columnsRead } from './columns-read.ts'
import { comparison } from './comparison.ts'
import { toText } from './statement-text.ts'
import { tokenize } from './tokens.ts'

/**
 * How objects of one kind are told apart. The server re-spells what it is given, so that a declared text seldom equals the one that is read: where
 * `same` finds nothing, the object is looked for by what a re-spelling leaves alone.
 */
export interface Alikeness<T> {
  /** Whether two definitions are the same to the letter. */
  readonly same: (a: T, b: T) => boolean
  /** Whether one could be the other in other words. */
  readonly mayBe: (a: T, b: T) => boolean
  /** The texts that a re-spelling could have changed. */
  readonly expressions: (object: T) => readonly Expression[]
}

/**
 * Which real object each declared one is: a given name is the name; of those whose names were generated, each is the one of the same definition, or
 * else the one that is most like it. Each real one is claimed once, and first by who is surest of it.
 */
export function pairWithReal<T extends Named>(
  declared: readonly T[],
  real: readonly T[],
  { same, mayBe, expressions }: Alikeness<T>,
): ReadonlyMap<T, T> {
  const left = new Set(real)
  const pairs = new Map<T, T>()
  const claim = (wanted: T, choose: (candidates: readonly T[]) => T | undefined): void => {
    const found = pairs.has(wanted) ? undefined : choose([...left])
    if (found === undefined) return
    pairs.set(wanted, found)
    left.delete(found)
  }
  const named = (wanted: T) => (one: T) => one.name === wanted.name
  for (const wanted of declared) {
    claim(wanted, (all) => all.find((one) => named(wanted)(one) && (!wanted.generatedName || same(one, wanted))))
  }
  const generated = declared.filter(({ generatedName }) => generatedName)
  for (const wanted of generated) claim(wanted, (all) => all.find((one) => same(one, wanted)))
  for (const wanted of generated) claim(wanted, (all) => all.find((one) => named(wanted)(one) && mayBe(one, wanted)))
  for (const wanted of generated) {
    const likeness = (one: T): number => likenessOf(expressions(one), expressions(wanted))
    claim(wanted, (all) =>
      all
        .filter((one) => mayBe(one, wanted))
        .toSorted((a, b) => likeness(b) - likeness(a))
        .at(0),
    )
  }
  return pairs
}

/** The real object that is meant by a declared one, given all that are declared with it. */
export function findReal<T extends Named>(
  wanted: T,
  declared: readonly T[],
  real: readonly T[],
  alikeness: Alikeness<T>,
): T | undefined {
  const own = declared.find((one) => one.name === wanted.name) ?? wanted
  return pairWithReal(declared.includes(own) ? declared : [...declared, own], real, alikeness).get(own)
}

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
  expressions: ({ parts, where }) => [...parts.map(({ expression }) => expression), ...(where ? [where] : [])],
}

export const alikeChecks: Alikeness<Check> = {
  same: (a, b) => comparison.sameExpression(a.expression, b.expression),
  mayBe: (a, b) => sameColumns(a.expression, b.expression),
  expressions: ({ expression }) => [expression],
}

export const alikeExclusions: Alikeness<Exclusion> = {
  same: (a, b) =>
    sameOptional(a.where, b.where) && sameElements(a, b, (left, right) => comparison.sameExpression(left, right)),
  mayBe: (a, b) => (a.where === undefined) === (b.where === undefined) && sameElements(a, b, sameColumns),
  expressions: ({ elements, where }) => [...elements.map(({ expression }) => expression), ...(where ? [where] : [])],
}

export const alikeForeignKeys: Alikeness<ForeignKey> = {
  same: leadsAlike,
  mayBe: leadsAlike,
  expressions: () => [],
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

/** How much of what two lists of expressions say is the same: the share of words, names and literals that both have. */
function likenessOf(a: readonly Expression[], b: readonly Expression[]): number {
  const [left, right] = [wordsOf(a), wordsOf(b)]
  const all = left.union(right).size
  return all === 0 ? 1 : left.intersection(right).size / all
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

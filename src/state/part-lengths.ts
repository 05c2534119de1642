import type { ColumnType } from '../schema/column-type.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { IndexPart } from '../schema/schema.ts'
import { supports } from './require-support.ts'

/** The types of the columns that parts are over, and the database that is to hold them. */
interface Measures {
  readonly dialect: Dialect
  readonly types: ReadonlyMap<string, ColumnType>
}

interface WithParts {
  readonly parts: readonly IndexPart[]
}

/** An index with as much of each value in it as the database can take. Fails with `models.notSupported` where it can take none. */
export function inFittingParts<D extends WithParts>(definition: D, place: string, measures: Measures): D {
  requireIndexable(definition, place, measures)
  const prefixes = prefixesOf(definition.parts, measures)
  const parts = definition.parts.map(({ prefix: _, ...part }, index) => {
    const prefix = prefixes[index]
    return prefix === undefined ? part : { ...part, prefix }
  })
  return { ...definition, parts }
}

/** A unique, which speaks of whole values. Fails with `models.notSupported` where the database can't compare values of that length. */
export function inWholeParts<D extends WithParts>(definition: D, place: string, measures: Measures): D {
  requireWhole(definition.parts, 'uniqueText', place, measures)
  return definition
}

/** Whether an index of the database holds these values as they are, so that rows are found by them; it may know longer ones by hashes alone. */
export function areHeld({ parts }: WithParts, measures: Measures): boolean {
  return prefixesOf(parts, measures).every((prefix) => prefix === undefined)
}

/** Fails with `models.notSupported` where the database takes no key of these columns because of how long their values can be. */
export function requireWholeKey(columns: readonly string[], place: string, measures: Measures): void {
  const parts = columns.map((name): IndexPart => ({ expression: { kind: 'column', name } }))
  requireWhole(parts, 'textKey', place, measures)
}

function requireWhole(
  parts: readonly IndexPart[],
  feature: 'uniqueText' | 'textKey',
  place: string,
  measures: Measures,
): void {
  if (prefixesOf(parts, measures).some((prefix) => prefix !== undefined)) supports(measures.dialect, feature, place)
}

function requireIndexable({ parts }: WithParts, place: string, { dialect, types }: Measures): void {
  if (parts.some((part) => typeOf(part, types)?.type === 'json')) supports(dialect, 'jsonIndex', place)
}

/** By part: how much of each value fits. What is over an expression has no type that a model tells. */
function prefixesOf(parts: readonly IndexPart[], { dialect, types }: Measures): readonly (number | undefined)[] {
  const { prefixes } = dialect.spelling
  if (prefixes === undefined) return []
  const measured = parts.flatMap((part) => {
    const type = typeOf(part, types)
    return type === undefined ? [] : [{ type, ...(part.prefix !== undefined && { asked: part.prefix }) }]
  })
  const found = prefixes(measured).values()
  return parts.map((part) => (typeOf(part, types) === undefined ? undefined : found.next().value))
}

function typeOf({ expression }: IndexPart, types: ReadonlyMap<string, ColumnType>): ColumnType | undefined {
  return expression.kind === 'column' ? types.get(expression.name) : undefined
}

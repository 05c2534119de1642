import type {
  ConstraintDeclaration,
  CoveringDeclaration,
  ExclusionDeclaration,
  ExclusionElementDeclaration,
  IndexDeclaration,
  PartDeclaration,
  UniqueDeclaration,
} from '../models/declarations.ts'
import type { ColumnType } from '../schema/column-type.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { Deferrable, Exclusion, ExclusionElement, IndexPart } from '../schema/schema.ts'
import { columnExpression, columnNames } from './column-expressions.ts'
import { inFittingParts, inWholeParts } from './part-lengths.ts'
import { keyOf, type ModelState } from './project-state.ts'
import { supports } from './require-support.ts'
import { wordsForConstraint, wordsForIndex } from './uses-of-field.ts'

/** An index or unique without its name, in a database's terms. */
export interface Definition {
  readonly parts: readonly IndexPart[]
  readonly where?: Expression
  readonly include?: readonly string[]
}

export interface IndexDefinition extends Definition {
  readonly method?: string
}

export interface UniqueDefinition extends Definition {
  readonly nullsNotDistinct?: true
  readonly deferrable?: Deferrable
}

/** Whose fields a declaration speaks of, and which database it is for. */
export interface Site {
  readonly model: ModelState
  readonly dialect: Dialect
  /** The types of the model's columns, by their names. */
  readonly types: ReadonlyMap<string, ColumnType>
}

/** The methods that are meant when none is named: it would be another index only in words. */
const usualMethods = { index: 'btree', exclusion: 'gist' } as const

/** An index part that is a column. */
export function columnPart(column: string): IndexPart {
  return { expression: { kind: 'column', name: column } }
}

/** An index that a model declares. */
export function indexDefinition(index: IndexDeclaration, site: Site): IndexDefinition {
  const place = placeOf(wordsForIndex(index), site)
  const method = index.method === usualMethods.index ? undefined : index.method
  return {
    ...inFittingParts(definitionOf(index, place, site), place, site),
    ...(method !== undefined && supports(site.dialect, 'indexMethod', place) && { method }),
  }
}

/** A unique constraint that a model declares. */
export function uniqueDefinition(unique: UniqueDeclaration, site: Site): UniqueDefinition {
  const place = placeOf(wordsForConstraint(unique), site)
  const { nullsNotDistinct, deferrable } = unique
  return {
    ...inWholeParts(definitionOf(unique, place, site), place, site),
    ...(nullsNotDistinct && supports(site.dialect, 'nullsNotDistinct', place) && { nullsNotDistinct }),
    ...(deferrable !== undefined && supports(site.dialect, 'deferrableUnique', place) && { deferrable }),
  }
}

/** An exclusion that a model declares; none where the database leaves exclusions out. */
export function projectExclusion(exclusion: ExclusionDeclaration, site: Site): readonly Exclusion[] {
  if (!supports(site.dialect, 'exclusion', placeOf(wordsForConstraint(exclusion), site))) return []
  const { name, method, elements, where, deferrable } = exclusion
  return [
    {
      name,
      ...(method !== undefined && method !== usualMethods.exclusion && { method }),
      elements: elements.map((element) => elementOf(element, name, site)),
      ...(where !== undefined && { where: inColumns(where, name, site) }),
      ...(deferrable !== undefined && { deferrable }),
    },
  ]
}

/** An expression of an index or constraint, over columns. */
export function inColumns(expression: Expression, name: string | undefined, { model, dialect }: Site): Expression {
  const subject = name === undefined ? `An index or constraint of ${keyOf(model)}` : `${name} of ${keyOf(model)}`
  return columnExpression(expression, model, dialect, subject)
}

/** An index or constraint as the subject of a sentence: `The index on tags of blog.Post`. */
export function placeOf(words: string, { model }: Site): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} of ${keyOf(model)}`
}

function definitionOf({ name, parts, where, include }: CoveringDeclaration, place: string, site: Site): Definition {
  const columns = columnNames(site.model)
  const { dialect } = site
  const computed = parts.some((part) => 'expression' in part && part.expression.kind !== 'column')
  if (computed) supports(dialect, 'expressionIndex', place)
  if (where !== undefined) supports(dialect, 'partialIndex', place)
  return {
    parts: parts.map((part) => ({
      expression: overColumns(part, name, site),
      ...(part.descending && { descending: part.descending }),
      ...orderOf(part, place, site),
    })),
    ...(where !== undefined && { where: inColumns(where, name, site) }),
    ...(include !== undefined &&
      supports(dialect, 'include', place) && { include: include.map((field) => columns.get(field) ?? field) }),
  }
}

function orderOf(
  part: PartDeclaration,
  place: string,
  { dialect }: Site,
): Pick<IndexPart, 'nulls' | 'operatorClass' | 'prefix'> {
  const { descending, nulls, operatorClass } = part
  const prefixLength = 'field' in part ? part.prefixLength : undefined
  // Asked even where it is left out below: databases differ in where NULLs usually stand.
  const placed = nulls !== undefined && supports(dialect, 'nullsOrder', place)
  const usual = descending ? 'first' : 'last'
  return {
    ...(placed && nulls !== usual && { nulls }),
    ...(operatorClass !== undefined && supports(dialect, 'operatorClass', place) && { operatorClass }),
    ...(prefixLength !== undefined && supports(dialect, 'prefixLength', place) && { prefix: prefixLength }),
  }
}

function elementOf(element: ExclusionElementDeclaration, name: string, site: Site): ExclusionElement {
  const { operator, operatorClass } = element
  return {
    expression: overColumns(element, name, site),
    operator,
    ...(operatorClass !== undefined && { operatorClass }),
  }
}

function overColumns(
  part: { readonly field: string } | { readonly expression: Expression },
  name: string | undefined,
  site: Site,
): Expression {
  return inColumns('field' in part ? { kind: 'column', name: part.field } : part.expression, name, site)
}

/** The constraints of one kind that a model declares. */
export function constraintsOf<Kind extends ConstraintDeclaration['kind']>(
  { options }: ModelState,
  kind: Kind,
): readonly Extract<ConstraintDeclaration, { readonly kind: Kind }>[] {
  type Wanted = Extract<ConstraintDeclaration, { readonly kind: Kind }>
  return (options.constraints ?? []).filter((constraint): constraint is Wanted => constraint.kind === kind)
}

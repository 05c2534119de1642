import { structuralEqual } from '../lib/structural-equal.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { Deferrable, Index, IndexPart, Unique } from '../schema/schema.ts'
import { textOf } from './source.ts'
import { inParentheses, oneLine, type Trait } from './trait.ts'

/** An index, unique or not, under one roof: hands that make one by SQL may take one for the other. */
export type AnyIndex = Partial<Omit<Unique & Index, 'name' | 'parts'>> &
  Pick<Index, 'name' | 'parts'> & {
    readonly isUnique: boolean
  }

/** How indexes and uniques can differ. */
export function indexTraits(dialect: Dialect): readonly Trait<AnyIndex>[] {
  const text = (expression: Expression): string => oneLine(textOf(expression, dialect))
  const same = (a: Expression | undefined, b: Expression | undefined): boolean =>
    a === undefined || b === undefined ? a === b : dialect.comparison.sameExpression(a, b)
  const samePart = (a: IndexPart, b: IndexPart): boolean =>
    structuralEqual({ ...a, expression: undefined }, { ...b, expression: undefined }) &&
    same(a.expression, b.expression)
  return [
    calledTrait(),
    {
      verb: 'be',
      words: ({ isUnique }) => (isUnique ? 'unique' : 'not unique'),
      same: (a, b) => a.isUnique === b.isUnique,
      isUsual: () => true,
    },
    {
      verb: 'be',
      words: ({ parts }) => `over (${parts.map((part) => partInWords(part, text)).join(', ')})`,
      same: (a, b) =>
        a.parts.length === b.parts.length && a.parts.every((part, at) => isSame(part, b.parts[at], samePart)),
    },
    {
      verb: 'be',
      words: ({ where }) => (where === undefined ? 'over all rows' : `only where ${inParentheses(text(where))}`),
      same: (a, b) => same(a.where, b.where),
      isUsual: ({ where }) => where === undefined,
    },
    {
      verb: 'be',
      words: ({ method }) => (method === undefined ? 'of the usual method' : `of the method ${method}`),
      same: (a, b) => a.method === b.method,
      isUsual: ({ method }) => method === undefined,
    },
    deferrableTrait(),
    {
      verb: 'be',
      words: ({ invalid }) => (invalid ? 'left behind by a build that failed' : 'whole'),
      same: (a, b) => a.invalid === b.invalid,
      isUsual: ({ invalid }) => invalid !== true,
    },
    {
      verb: 'have',
      words: ({ nullsNotDistinct }) => (nullsNotDistinct ? 'NULLS NOT DISTINCT' : 'NULLS DISTINCT'),
      same: (a, b) => a.nullsNotDistinct === b.nullsNotDistinct,
      isUsual: ({ nullsNotDistinct }) => nullsNotDistinct !== true,
    },
    {
      verb: 'have',
      words: ({ include }) =>
        include === undefined ? 'no columns beside its key' : `the columns (${include.join(', ')}) beside its key`,
      same: (a, b) => structuralEqual(a.include, b.include),
      isUsual: ({ include }) => include === undefined,
    },
  ]
}

function isSame(a: IndexPart, b: IndexPart | undefined, same: (a: IndexPart, b: IndexPart) => boolean): boolean {
  return b !== undefined && same(a, b)
}

/** `title(20) COLLATE "C" text_pattern_ops DESC NULLS LAST`. */
function partInWords(part: IndexPart, text: (expression: Expression) => string): string {
  const { expression, prefix, collation, operatorClass, descending, nulls } = part
  const over = expression.kind === 'column' ? expression.name : text(expression)
  return [
    prefix === undefined ? over : `${over}(${prefix})`,
    ...(collation === undefined ? [] : [`COLLATE ${collation}`]),
    ...(operatorClass === undefined ? [] : [operatorClass]),
    ...(descending ? ['DESC'] : []),
    ...(nulls === undefined ? [] : [`NULLS ${nulls.toUpperCase()}`]),
  ].join(' ')
}

/** The name of an object, where it was given one: it is none of its traits where it was generated. */
export function calledTrait(): Trait<{ readonly name: string; readonly generatedName?: true }> {
  return {
    verb: 'be',
    words: ({ name }) => (name === '' ? 'without a name' : `called ${name}`),
    same: (found, declared) => declared.generatedName === true || found.name === declared.name,
    isUsual: () => true,
  }
}

/** When a constraint is checked. */
export function deferrableTrait(): Trait<{ readonly deferrable?: Deferrable }> {
  return {
    verb: 'be',
    words: ({ deferrable }) => (deferrable === undefined ? 'not deferrable' : `deferrable and initially ${deferrable}`),
    same: (a, b) => a.deferrable === b.deferrable,
    isUsual: ({ deferrable }) => deferrable === undefined,
  }
}

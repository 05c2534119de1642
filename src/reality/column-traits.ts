import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { Column } from '../schema/schema.ts'
import { sameType, textOf } from './source.ts'
import { inParentheses, inQuotes, oneLine, type Trait } from './trait.ts'

/** How columns can differ. */
export function columnTraits(dialect: Dialect): readonly Trait<Column>[] {
  const text = (expression: Expression): string => oneLine(textOf(expression, dialect))
  const same = (a: Expression | undefined, b: Expression | undefined): boolean =>
    a === undefined || b === undefined ? a === b : dialect.comparison.sameExpression(a, b)
  return [
    {
      verb: 'be',
      words: ({ type }) => (type === '' ? 'without a type' : type),
      same: (a, b) => sameType(a.type, b.type, dialect),
    },
    {
      verb: 'be',
      words: ({ nullable }) => (nullable ? 'nullable' : 'NOT NULL'),
      same: (a, b) => a.nullable === b.nullable,
    },
    {
      verb: 'be',
      words: ({ generated }) =>
        generated === undefined
          ? 'not computed'
          : `computed as ${inParentheses(text(generated.expression))} ${generated.stored ? 'and stored' : 'when it is read'}`,
      same: (a, b) =>
        a.generated?.stored === b.generated?.stored && same(a.generated?.expression, b.generated?.expression),
      isUsual: ({ generated }) => generated === undefined,
    },
    {
      verb: 'be',
      words: ({ autoIncrement }) => (autoIncrement ? 'numbered by the database' : 'not numbered by the database'),
      same: (a, b) => a.autoIncrement === b.autoIncrement,
      isUsual: ({ autoIncrement }) => autoIncrement !== true,
    },
    {
      verb: 'have',
      words: ({ collation }) => (collation === undefined ? 'the usual collation' : `the collation ${collation}`),
      same: (a, b) => a.collation === b.collation,
      isUsual: ({ collation }) => collation === undefined,
    },
    {
      verb: 'have',
      words: ({ default: fallback }) => (fallback === undefined ? 'no default' : `the default ${text(fallback)}`),
      same: (a, b) => same(a.default, b.default),
      isUsual: ({ default: fallback }) => fallback === undefined,
    },
    commentTrait(),
  ]
}

/** The comment of a column, or of a table. */
export function commentTrait(): Trait<{ readonly comment?: string }> {
  return {
    verb: 'have',
    words: ({ comment }) => (comment === undefined ? 'no comment' : `the comment ${inQuotes(comment)}`),
    same: (a, b) => a.comment === b.comment,
    isUsual: ({ comment }) => comment === undefined,
  }
}

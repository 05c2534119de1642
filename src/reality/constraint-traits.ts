import { structuralEqual } from '../lib/structural-equal.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { Check, Exclusion, ExclusionElement, ForeignKey, PrimaryKey, ReferentialAction } from '../schema/schema.ts'
import { calledTrait, deferrableTrait } from './index-traits.ts'
import { textOf } from './source.ts'
import { inParentheses, oneLine, type Trait } from './trait.ts'

/** How primary keys can differ. */
export const primaryKeyTraits: readonly Trait<PrimaryKey>[] = [
  {
    verb: 'be',
    words: ({ columns }) => `(${columns.join(', ')})`,
    same: (a, b) => structuralEqual(a.columns, b.columns),
  },
]

/** How checks can differ. */
export function checkTraits(dialect: Dialect): readonly Trait<Check>[] {
  return [
    calledTrait(),
    {
      verb: 'be',
      words: ({ expression }) => inParentheses(oneLine(textOf(expression, dialect))),
      same: (a, b) => dialect.comparison.sameExpression(a.expression, b.expression),
    },
    validatedTrait(),
  ]
}

/** Whether the rows that were there before a constraint have been held to it. */
function validatedTrait(): Trait<{ readonly notValid?: true }> {
  return {
    verb: 'be',
    words: ({ notValid }) => (notValid ? 'not validated' : 'validated'),
    same: (found, declared) => found.notValid !== true || declared.notValid === true,
    isUsual: ({ notValid }) => notValid !== true,
  }
}

/** How exclusions can differ. */
export function exclusionTraits(dialect: Dialect): readonly Trait<Exclusion>[] {
  const text = (expression: Expression): string => oneLine(textOf(expression, dialect))
  const { sameExpression } = dialect.comparison
  const sameElement = (a: ExclusionElement, b: ExclusionElement | undefined): boolean =>
    b !== undefined &&
    structuralEqual({ ...a, expression: undefined }, { ...b, expression: undefined }) &&
    sameExpression(a.expression, b.expression)
  return [
    calledTrait(),
    {
      verb: 'be',
      words: ({ elements }) => `over (${elements.map((element) => elementInWords(element, text)).join(', ')})`,
      same: (a, b) =>
        a.elements.length === b.elements.length &&
        a.elements.every((element, at) => sameElement(element, b.elements[at])),
    },
    {
      verb: 'be',
      words: ({ where }) => (where === undefined ? 'over all rows' : `only where ${inParentheses(text(where))}`),
      same: (a, b) =>
        a.where === undefined || b.where === undefined ? a.where === b.where : sameExpression(a.where, b.where),
      isUsual: ({ where }) => where === undefined,
    },
    {
      verb: 'be',
      words: ({ method }) => (method === undefined ? 'of the usual method' : `of the method ${method}`),
      same: (a, b) => a.method === b.method,
      isUsual: ({ method }) => method === undefined,
    },
    deferrableTrait(),
  ]
}

function elementInWords(
  { expression, operator, operatorClass }: ExclusionElement,
  text: (expression: Expression) => string,
): string {
  const over = expression.kind === 'column' ? expression.name : text(expression)
  return `${over}${operatorClass === undefined ? '' : ` ${operatorClass}`} WITH ${operator}`
}

/** How foreign keys can differ. Their names say nothing. */
export const foreignKeyTraits: readonly Trait<ForeignKey>[] = [
  {
    verb: 'be',
    words: ({ columns }) => `over (${columns.join(', ')})`,
    same: (a, b) => structuralEqual(a.columns, b.columns),
  },
  {
    verb: 'refer',
    words: ({ references: { table, columns } }) => `to ${table} (${columns.join(', ')})`,
    same: (a, b) => structuralEqual(a.references, b.references),
  },
  actionTrait('DELETE', ({ onDelete }) => onDelete),
  actionTrait('UPDATE', ({ onUpdate }) => onUpdate),
  deferrableTrait(),
  validatedTrait(),
]

function actionTrait(event: string, actionOf: (key: ForeignKey) => ReferentialAction): Trait<ForeignKey> {
  return {
    verb: 'have',
    words: (key) =>
      `ON ${event} ${actionOf(key)
        .replace(/[A-Z]/g, (letter) => ` ${letter}`)
        .toUpperCase()}`,
    same: (a, b) => actionOf(a) === actionOf(b),
    isUsual: (key) => actionOf(key) === 'noAction',
  }
}

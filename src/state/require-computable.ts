import type { Dialect } from '../schema/dialect.ts'
import { columnsOf, type Expression } from '../schema/expression.ts'
import type { Feature } from '../schema/feature.ts'
import type { ForeignKey, Table } from '../schema/schema.ts'
import { supports } from './require-support.ts'

/** An expression of a table that the database evaluates by itself, and what it has to be able to read there. */
interface Reader {
  /** As the subject of a sentence: `The check price_positive of shop.Item`. */
  readonly place: string
  readonly expression: Expression
  /** Where a column is numbered by the database. */
  readonly numbered: Feature
  /** Where a foreign key writes to a column by itself. */
  readonly written?: Feature
  /** Where the rows of a foreign key go with those that they refer to. */
  readonly cascading?: Feature
}

/**
 * Fails with `models.notSupported` where a check, a computed column or an index reads a column that the database lets none of them read. What raw SQL reads is not
 * known here.
 */
export function requireComputable(table: Table, model: string, dialect: Dialect): void {
  const numbered = new Set(table.columns.flatMap(({ name, autoIncrement }) => (autoIncrement ? [name] : [])))
  const written = columnsUnder(table, writesByItself)
  const cascading = columnsUnder(table, ({ onDelete }) => onDelete === 'cascade')
  for (const { place, expression, ...needs } of readersIn(table, model)) {
    const reads = columnsOf(expression)
    if (!reads.isDisjointFrom(numbered)) supports(dialect, needs.numbered, place)
    if (needs.written !== undefined && !reads.isDisjointFrom(written)) supports(dialect, needs.written, place)
    if (needs.cascading !== undefined && !reads.isDisjointFrom(cascading)) supports(dialect, needs.cascading, place)
  }
}

function readersIn({ columns, checks, indexes, uniques }: Table, model: string): readonly Reader[] {
  return [
    ...checks.map(({ name, expression }): Reader => {
      const place = `The check ${name} of ${model}`
      return { place, expression, numbered: 'numberedCheck', written: 'checkUnderAction' }
    }),
    ...columns.flatMap(({ name, generated }): readonly Reader[] => {
      if (generated === undefined) return []
      const { expression, stored } = generated
      const place = `The computed column ${name} of ${model}`
      if (!stored) return [{ place, expression, numbered: 'numberedVirtual' }]
      return [
        {
          place,
          expression,
          numbered: 'numberedStored',
          written: 'storedUnderAction',
          cascading: 'storedUnderCascade',
        },
      ]
    }),
    ...[...indexes, ...uniques].flatMap(({ name, parts }) =>
      parts.flatMap(({ expression }): readonly Reader[] => {
        if (expression.kind === 'column') return []
        return [{ place: `The index ${name} of ${model}`, expression, numbered: 'numberedVirtual' }]
      }),
    ),
  ]
}

function columnsUnder({ foreignKeys }: Table, does: (foreignKey: ForeignKey) => boolean): ReadonlySet<string> {
  return new Set(foreignKeys.filter(does).flatMap(({ columns }) => columns))
}

/** Whether a foreign key gives its columns other values when the row that they refer to goes or changes. */
function writesByItself({ onDelete, onUpdate }: ForeignKey): boolean {
  return onDelete === 'setNull' || onDelete === 'setDefault' || !['noAction', 'restrict'].includes(onUpdate)
}

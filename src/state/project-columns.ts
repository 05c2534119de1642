import { relationOf } from '../fields/database-options.ts'
import { isDefaultFunction } from '../fields/default-functions.ts'
import { kindOf } from '../fields/kinds.ts'
import { invariant } from '../lib/invariant.ts'
import type { ColumnType } from '../schema/column-type.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { Column } from '../schema/schema.ts'
import { columnExpression, columnNames, sqlFor } from './column-expressions.ts'
import { type FieldState, keyOf, type ModelState, type ProjectState } from './project-state.ts'
import { keyFields, type TableFacets, targetKey } from './table-facets.ts'

/** A field that has a column, with what its column follows from. */
export interface ColumnSource {
  readonly entry: FieldState
  readonly column: string
  readonly type: ColumnType
  readonly collation?: string
  /** What a foreign key points at. */
  readonly target?: { readonly facets: TableFacets; readonly column: string }
}

/** The fields of a model that have columns, in their order. */
export function columnSources(state: ProjectState, model: ModelState): readonly ColumnSource[] {
  const columns = columnNames(model)
  return model.fields.flatMap((entry): readonly ColumnSource[] => {
    const column = columns.get(entry.name)
    if (column === undefined) return []
    const { field } = entry
    if (relationOf(field) === undefined) {
      const type = kindOf(field).columnType(field)
      invariant(type !== undefined, `the field kind ${field.kind} declares a type`)
      return [{ entry, column, type, ...(field.collation !== undefined && { collation: field.collation }) }]
    }
    const { facets, key } = targetKey(state, model, entry)
    const { type, collation } = key
    return [
      { entry, column, type, ...(collation !== undefined && { collation }), target: { facets, column: key.name } },
    ]
  })
}

/** The column of a field, in the dialect's terms. Comments are left out where the database has none. */
export function projectColumn(model: ModelState, source: ColumnSource, dialect: Dialect): Column {
  const { entry, column, type, collation } = source
  const { field } = entry
  const { spelling, capabilities } = dialect
  const numbered = kindOf(field).autoIncrement === true
  const isKey = keyFields(model).includes(entry)
  const fallback = projectDefault(model, source, dialect)
  const subject = `The expression of ${keyOf(model)}.${entry.name}`
  return {
    name: column,
    identity: entry.identity,
    type: numbered ? spelling.autoIncrementType(type) : spelling.type(type),
    nullable: field.null === true && !isKey,
    ...(fallback !== undefined && { default: fallback }),
    ...(field.expression !== undefined && {
      generated: {
        expression: columnExpression(field.expression, columnNames(model), dialect.name, subject),
        stored: field.stored !== false,
      },
    }),
    ...(numbered && { autoIncrement: true as const }),
    ...(collation !== undefined && { collation }),
    ...(field.comment !== undefined && capabilities.comments && { comment: field.comment }),
  }
}

function projectDefault(model: ModelState, { entry, type }: ColumnSource, dialect: Dialect): Expression | undefined {
  const { name, field } = entry
  const fallback = field.default
  if (fallback === undefined || fallback === null) return undefined
  if (!isDefaultFunction(fallback)) return dialect.spelling.defaultExpression({ value: fallback }, type)
  if (fallback.$default !== 'sql') return dialect.spelling.defaultExpression(fallback.$default, type)
  return { kind: 'sql', sql: sqlFor(fallback.sql, dialect.name, `The default of ${keyOf(model)}.${name}`) }
}

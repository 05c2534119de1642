import { relationOf } from '../fields/database-options.ts'
import { isDefaultFunction } from '../fields/default-functions.ts'
import type { Field } from '../fields/field.ts'
import { isNumbered, kindOf } from '../fields/kinds.ts'
import { invariant } from '../lib/invariant.ts'
import type { ColumnType } from '../schema/column-type.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { Column } from '../schema/schema.ts'
import { columnExpression, columnNames, sqlFor } from './column-expressions.ts'
import { type FieldState, keyOf, type ModelState, type ProjectState } from './project-state.ts'
import { supportedType, supports, supportsCollation } from './require-support.ts'
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

/** The fields of a model that have columns, in their order. Fails with `models.notSupported` where the database has no such type. */
export function columnSources(state: ProjectState, model: ModelState, dialect: Dialect): readonly ColumnSource[] {
  const columns = columnNames(model)
  return model.fields.flatMap((entry): readonly ColumnSource[] => {
    const column = columns.get(entry.name)
    if (column === undefined) return []
    const place = placeOf(model, entry)
    const { type, collation, ...source } = declaredSource(state, model, entry)
    const supported = supportedType(type, dialect, place)
    // A type of its own is ordered by its values, whatever another database does with the same field.
    const isOrdered = supported.type === 'enum' && supported.native !== undefined && dialect.capabilities.enumTypes
    const isCollated = collation !== undefined && !isOrdered && supportsCollation(collation, dialect, place)
    return [{ entry, column, type: supported, ...(isCollated && { collation }), ...source }]
  })
}

function declaredSource(
  state: ProjectState,
  model: ModelState,
  entry: FieldState,
): Omit<ColumnSource, 'entry' | 'column'> {
  const { field } = entry
  if (relationOf(field) === undefined) {
    const type = kindOf(field).columnType(field)
    invariant(type !== undefined, `the field kind ${field.kind} declares a type`)
    return { type, ...(field.collation !== undefined && { collation: field.collation }) }
  }
  const { facets, key } = targetKey(state, model, entry)
  const { type, collation, name } = key
  return { type, ...(collation !== undefined && { collation }), target: { facets, column: name } }
}

/** A field as the subject of a sentence. */
function placeOf(model: ModelState, { name }: FieldState): string {
  return `${keyOf(model)}.${name}`
}

/** The column of a field, in the dialect's terms. Comments are left out where the database has none. */
export function projectColumn(model: ModelState, source: ColumnSource, dialect: Dialect): Column {
  const { entry, column, type, collation } = source
  const { field } = entry
  const { spelling } = dialect
  const place = placeOf(model, entry)
  const numbered = isNumbered(field)
  const isKey = keyFields(model).includes(entry)
  const fallback = projectDefault(model, source, dialect)
  return {
    name: column,
    identity: entry.identity,
    type: numbered ? spelling.autoIncrementType(type) : spelling.type(type),
    nullable:
      (field.null === true && !isKey) || (field.expression !== undefined && spelling.computedIsNullable === true),
    ...(fallback !== undefined && { default: fallback }),
    ...(field.expression !== undefined && {
      generated: {
        expression: columnExpression(field.expression, model, dialect, `The expression of ${place}`),
        stored: field.stored !== false || !supports(dialect, 'virtualGenerated', place),
      },
    }),
    ...(numbered && { autoIncrement: true as const }),
    ...(collation !== undefined && { collation }),
    ...(field.comment !== undefined && supports(dialect, 'comment', place) && { comment: field.comment }),
  }
}

function projectDefault(model: ModelState, { entry, type }: ColumnSource, dialect: Dialect): Expression | undefined {
  const { name, field } = entry
  return columnDefault(field, type, dialect, `The default of ${keyOf(model)}.${name}`)
}

/** The default of a field as an expression of the database; undefined where it has none. `subject` begins the sentence of a failure. */
export function columnDefault(
  { default: fallback }: Field,
  type: ColumnType,
  dialect: Dialect,
  subject: string,
): Expression | undefined {
  if (fallback === undefined || fallback === null) return undefined
  if (!isDefaultFunction(fallback)) return dialect.spelling.defaultExpression({ value: fallback }, type)
  if (fallback.$default !== 'sql') return dialect.spelling.defaultExpression(fallback.$default, type)
  return { kind: 'sql', sql: sqlFor(fallback.sql, dialect.name, subject) }
}

import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { Schema, Table } from '../schema/schema.ts'
import type { ProjectState } from '../state/project-state.ts'

/** What models are read from. */
export interface Source {
  readonly dialect: Dialect
  /** The whole of what was inspected: tables refer to each other, and columns name types. */
  readonly schema: Schema
  /** The app that the models are for. */
  readonly app: string
  /** Models that there are already, whose tables those to be read may refer to. */
  readonly known: ProjectState
}

/** An expression of the database's as a model repeats it: to the letter, for this kind of database alone. */
export function verbatimSql(expression: Expression, dialect: Dialect): Extract<Expression, { readonly kind: 'sql' }> {
  return { kind: 'sql', sql: { [dialect.name]: textOf(expression, dialect) } }
}

/** The text of an expression that was inspected. */
export function textOf(expression: Expression, { toText, spelling }: Dialect): string {
  return expression.kind === 'sql' && typeof expression.sql === 'string'
    ? expression.sql
    : toText(spelling.expression(expression))
}

/** Whether two spelled types are the same to the database. */
export function sameType(a: string, b: string, { comparison }: Dialect): boolean {
  return a === b || comparison.sameType?.(a, b) === true
}

/** What a table's rows are told apart by: its primary key, or a unique that could be it. */
export interface RowKey {
  readonly columns: readonly string[]
  /** `false`: the table has no primary key, and nothing of it can be Godwit's to manage. */
  readonly declared: boolean
}

/** The key of a table's rows; undefined where two rows can be the same. */
export function rowKeyOf(table: Table): RowKey | undefined {
  if (table.primaryKey !== undefined) return { columns: table.primaryKey.columns, declared: true }
  const isFilled = (name: string): boolean =>
    table.columns.some((column) => column.name === name && !column.nullable && column.generated === undefined)
  for (const { parts, where } of table.uniques) {
    const columns = parts.flatMap(({ expression, prefix }) =>
      expression.kind === 'column' && prefix === undefined ? [expression.name] : [],
    )
    if (where === undefined && columns.length === parts.length && columns.every(isFilled)) {
      return { columns, declared: false }
    }
  }
  return undefined
}

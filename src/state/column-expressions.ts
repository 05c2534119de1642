import { fail } from '../errors/error.ts'
import { hasColumn } from '../fields/database-options.ts'
import type { Dialect } from '../schema/dialect.ts'
import { type Expression, mapLeaves, type SqlText } from '../schema/expression.ts'
import { columnName } from './names.ts'
import type { ModelState } from './project-state.ts'
import { withValuesInWords } from './values-in-words.ts'

/** The columns of a model's fields, by the names of the fields. */
export function columnNames(model: ModelState): ReadonlyMap<string, string> {
  const known = namesByModel.get(model)
  if (known !== undefined) return known
  const columns = new Map(
    model.fields
      .filter(({ field }) => hasColumn(field))
      .map(({ name, field }): [string, string] => [name, columnName(name, field)]),
  )
  namesByModel.set(model, columns)
  return columns
}

const namesByModel = new WeakMap<ModelState, ReadonlyMap<string, string>>()

/** An expression over a model's fields as one over its columns, raw SQL and values as this database has them. */
export function columnExpression(
  expression: Expression,
  model: ModelState,
  dialect: Dialect,
  subject: string,
): Expression {
  const columns = columnNames(model)
  return mapLeaves(withValuesInWords(expression, model, dialect), (leaf) => {
    if (leaf.kind === 'column') return { ...leaf, name: columns.get(leaf.name) ?? leaf.name }
    return leaf.kind === 'sql' ? { ...leaf, sql: sqlFor(leaf.sql, dialect.name, subject) } : leaf
  })
}

/** The text that a user wrote for this database. Fails with `migrations.operationSqlMissingForDatabase` where there is none. */
export function sqlFor(sql: SqlText, database: string, subject: string): string {
  if (typeof sql === 'string') return sql
  const text = sql[database]
  if (text === undefined) {
    fail('migrations.operationSqlMissingForDatabase', { subject, database, known: Object.keys(sql) })
  }
  return text
}

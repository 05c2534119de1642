import type { Table } from '../../schema/schema.ts'
import { name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import { textLiteral } from './literal.ts'
import { tableName } from './table-name.ts'
import { statement } from './work.ts'

/** Sets or takes away the comment of a column. */
export function commentOnColumn(table: string, column: string, comment: string | undefined): Step {
  return statement(sql`COMMENT ON COLUMN ${tableName(table)}.${name(column)} IS ${content(comment)}`)
}

/** Sets or takes away the comment of a table. */
export function commentOnTable(table: string, comment: string | undefined): Step {
  return statement(sql`COMMENT ON TABLE ${tableName(table)} IS ${content(comment)}`)
}

/** The comments of a new table and of its columns. */
export function commentsOf({ name: table, comment, columns }: Table): readonly Step[] {
  return [
    ...(comment === undefined ? [] : [commentOnTable(table, comment)]),
    ...columns.flatMap((column) =>
      column.comment === undefined ? [] : [commentOnColumn(table, column.name, column.comment)],
    ),
  ]
}

function content(comment: string | undefined): Sql {
  return verbatim(comment === undefined ? 'NULL' : textLiteral(comment))
}

import { name, sql, verbatim } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import { textLiteral } from './literal.ts'
import { toText } from './statement-text.ts'
import { tableName } from './table-name.ts'
import { statement } from './work.ts'

/** Lets the server go on behind the highest number that the rows of a table have. Numbers below 1 are none that it would give. */
export function continueNumbers(table: string, column: string): Step {
  const target = tableName(table)
  const sequence = sql`pg_get_serial_sequence(${verbatim(textLiteral(toText(target)))}, ${verbatim(textLiteral(column))})`
  const highest = sql`(SELECT max(${name(column)}) FROM ${target})`
  return {
    ...statement(sql`SELECT setval(${sequence}, greatest(${highest}, 0) + 1, false)`),
    note: 'new rows are numbered behind those that exist',
  }
}

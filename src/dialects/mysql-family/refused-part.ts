import { fail, GodwitError } from '../../errors/error.ts'
import type { Session } from '../../schema/dialect.ts'
import type { Table } from '../../schema/schema.ts'
import { name, sql } from '../../schema/sql.ts'
import { scratchParts } from './scratch-table.ts'
import { serverError } from './server-error.ts'
import { toText } from './statement-text.ts'
import type { Flavour } from './variant.ts'

/**
 * Whether the server understood a statement and would not have it: syntax, unknown names, values that are none, more than it can do. Not what depends on
 * rights, locks or the connection.
 */
export function isRefusal(error: unknown): error is GodwitError {
  return error instanceof GodwitError && refusals.has(error.code)
}

const refusals: ReadonlySet<string> = new Set([
  'database.statementFailed',
  'database.valueRefused',
  'database.nameTaken',
  'database.tooWide',
])

/** Fails with the first part of a table that the server refuses. */
export async function nameRefused(table: Table, { query, label }: Session, flavour: Flavour): Promise<void> {
  for (const { what, declared, statement } of scratchParts(table, flavour)) {
    try {
      await query(statement)
    } catch (error) {
      if (!isRefusal(error)) throw error
      const { message } = serverError(error.cause)
      const expression = toText(declared)
      fail(
        'database.expressionRefused',
        { database: label, table: table.name, what, expression, message },
        { cause: error },
      )
    }
    await query(sql`DROP TEMPORARY TABLE ${name(table.name)}`)
  }
}

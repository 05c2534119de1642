import { fail, GodwitError } from '../../errors/error.ts'
import type { Session } from '../../schema/dialect.ts'
import type { Table } from '../../schema/schema.ts'
import { codeOf } from './database-error.ts'
import { inSavepoint } from './rolled-back.ts'
import { scratchParts } from './scratch-table.ts'
import { toText } from './statement-text.ts'

/**
 * Whether the server understood a statement and would not have it: syntax, unknown names, values that are none, more than it can do. Not what depends on
 * rights, locks or the connection.
 */
export function isRefusal(error: unknown): error is GodwitError {
  const code = error instanceof GodwitError ? codeOf(error.cause) : undefined
  return code !== undefined && /^(?:0A|22|42|54)/.test(code) && code !== '42501'
}

/** Fails with the first part of a table that the server refuses. */
export async function nameRefused(table: Table, { query, label }: Session): Promise<void> {
  await inSavepoint(query, async () => {
    for (const { what, declared, statement } of scratchParts(table, 0)) {
      try {
        await query(statement)
      } catch (error) {
        if (!isRefusal(error)) throw error
        const message = error.cause instanceof Error ? error.cause.message : error.message
        fail(
          'database.expressionRefused',
          { database: label, table: table.name, what, expression: toText(declared), message },
          { cause: error },
        )
      }
    }
  })
}

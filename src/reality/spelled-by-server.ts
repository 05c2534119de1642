import { GodwitError, hasCode } from '../errors/error.ts'
import type { Session } from '../schema/dialect.ts'
import type { Schema } from '../schema/schema.ts'
import { byText, type NotCompared } from './by-text.ts'

/** What is declared as it is compared with what was inspected. */
export interface Spelled {
  readonly declared: Schema
  readonly notCompared: readonly NotCompared[]
  /** The server may not be asked how it spells anything. */
  readonly isRestricted?: true
}

/**
 * What is declared, in the server's spelling. `lenient`: what the server refuses to spell, and all of it where the user may not ask, is compared by the
 * rules for texts instead, and what these leave in doubt is told apart. No proof may be made of that.
 */
export async function spelledByServer(
  wanted: Schema,
  inspected: Schema,
  session: Session,
  lenient: boolean,
): Promise<Spelled> {
  const { dialect } = session
  if (!lenient) return { declared: await dialect.canonicalise(wanted, session), notCompared: [] }
  const refused = new Set<string>()
  for (;;) {
    try {
      const declared = await dialect.canonicalise(
        tablesOf(wanted, (table) => !refused.has(table)),
        session,
      )
      if (refused.size === 0) return { declared, notCompared: [] }
      const rest = await unasked(
        tablesOf(wanted, (table) => refused.has(table)),
        inspected,
        session,
      )
      const tables = new Map([...declared.tables, ...rest.declared.tables])
      return { declared: { ...declared, tables }, notCompared: rest.notCompared }
    } catch (error) {
      if (isForbidden(error)) return { ...(await unasked(wanted, inspected, session)), isRestricted: true }
      // What a table is declared with is gone with what it used: a function, a type. The others can still be asked about.
      if (!hasCode(error, 'database.expressionRefused') || refused.has(error.details.table)) throw error
      refused.add(error.details.table)
    }
  }
}

async function unasked(wanted: Schema, inspected: Schema, session: Session): Promise<Spelled> {
  const { dialect } = session
  return byText(await dialect.canonicalise(wanted, session, 'unasked'), inspected, dialect)
}

/** Whether the user, or the server as a whole, may write nothing, not even what is there for a moment. */
function isForbidden(error: unknown): boolean {
  return (
    error instanceof GodwitError &&
    ['database.notPermitted', 'database.writesRefused', 'database.readOnly'].includes(error.code)
  )
}

function tablesOf(schema: Schema, isWanted: (table: string) => boolean): Schema {
  return { ...schema, tables: new Map([...schema.tables].filter(([table]) => isWanted(table))) }
}

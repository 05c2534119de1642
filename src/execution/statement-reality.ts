import type { KeptPlan } from '../history/kept-plan.ts'
import { applyChanges } from '../schema/apply-changes.ts'
import type { Session } from '../schema/dialect.ts'
import { holds } from '../schema/postcondition.ts'
import type { Schema } from '../schema/schema.ts'
import { fingerprintOf, tablesNamed } from './fingerprint.ts'
import { differenceByName } from './middle.ts'

/** What became of a statement that was under way when its process died. `unclear`: the tables are neither as before it nor as after it. */
export type Outcome = 'done' | 'notDone' | 'unclear'

/**
 * Asks the database, and no counter, whether a statement took effect that the server commits by itself. It is the only one that was under way, so tables
 * that are as they were say that it did not; tables in which all that it makes is so say that it did; anything else is the work of other hands.
 */
export async function outcomeOf(
  { plan, position, fingerprint }: { readonly plan: KeptPlan; readonly position: number; readonly fingerprint: string },
  before: Schema,
  session: Session,
): Promise<Outcome> {
  const { makes = [] } = plan.statements[position] ?? {}
  const tables = tablesNamed(makes)
  const inspected = await session.inspect({ tables })
  if (fingerprintOf(tables, inspected) === fingerprint) return 'notDone'
  const { dialect } = session
  const spelled = (schema: Schema): Promise<Schema> => dialect.canonicalise(only(tables, schema), session)
  const wanted = differenceByName(await spelled(before), await spelled(applyChanges(before, makes)), dialect.comparison)
  return wanted.every((change) => holds(change, inspected, dialect.comparison)) ? 'done' : 'unclear'
}

function only(names: readonly string[], schema: Schema): Schema {
  return { ...schema, tables: new Map([...schema.tables].filter(([name]) => names.includes(name))) }
}

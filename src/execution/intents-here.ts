import { fail } from '../errors/error.ts'
import type { OperationContext } from '../operations/operation-definition.ts'
import type { Intent } from '../schema/intent.ts'
import type { Identity, Schema } from '../schema/schema.ts'
import type { Placement } from '../state/placement.ts'

/**
 * The intents that can be about tables of this database. What relations hold is copied within one database: where one of the two tables is in another,
 * nothing would be copied and the old one would go.
 *
 * @throws execution.copiedApart
 */
export function intentsHere(
  intents: readonly Intent[],
  after: Schema,
  context: OperationContext,
  placement: Placement | undefined,
): readonly Intent[] {
  if (placement === undefined || placement.isWhole) return intents
  const columns = new Set([...after.tables.values()].flatMap((table) => table.columns.map(({ identity }) => identity)))
  return intents.filter((intent) => {
    const ends = endsOf(intent)
    const here = ends.filter((identity) => columns.has(identity))
    if (here.length === 0) return ends.length === 0
    if (here.length === ends.length) return true
    const { app, migration } = context
    return fail('execution.copiedApart', { migration: `${app}.${migration}`, database: placement.database })
  })
}

/** A column of each table that copying needs; none for an intent that copies nothing. */
function endsOf(intent: Intent): readonly Identity[] {
  switch (intent.kind) {
    case 'copyPairs':
      return [intent.from.source, intent.to.source]
    case 'lookUp':
      return [intent.column, intent.pairs.source]
    default:
      return []
  }
}

import type { KeptPlan } from '../history/kept-plan.ts'
import { madeBy } from '../history/kept-plan.ts'
import { applyChanges } from '../schema/apply-changes.ts'
import type { Change } from '../schema/change.ts'
import type { Comparison } from '../schema/dialect.ts'
import { diff } from '../schema/diff.ts'
import type { Identity, Schema, Table } from '../schema/schema.ts'
import type { Direction } from './plan-migration.ts'
import type { SchemaUnit } from './unit.ts'

/** The Schema at which the changes of a kept plan begin: where the unit began that they were first made for. */
export function baseOf(unit: SchemaUnit, direction: Direction, { from }: Pick<KeptPlan, 'from'>): Schema {
  return from === direction ? unit.before : unit.after
}

/** The Schema when so many statements of a plan are done. `unit` is that of the direction. */
export function middleOf(unit: SchemaUnit, direction: Direction, plan: KeptPlan, done: number): Schema {
  return applyChanges(baseOf(unit, direction, plan), madeBy(plan, done))
}

/**
 * What is left to do of a unit, in a direction, from the middle of it: the same unit with another beginning. `unit` is that of the direction, whose
 * intents hold.
 */
export function restFrom(middle: Schema, unit: SchemaUnit, comparison: Comparison): SchemaUnit {
  const before = withIdentities(middle, [unit.after, unit.before])
  const changes = diff(before, unit.after, { match: 'lineage', comparison, intents: unit.intents })
  return { ...unit, before, changes }
}

/** What is another in two Schemas, told by the names that a database has. */
export function differenceByName(before: Schema, after: Schema, comparison: Comparison): readonly Change[] {
  return diff(before, after, { match: 'name', comparison })
}

/**
 * The Schema with an identity for each column that was made by the way and has none: what has taken the name of a column that is gone stands in its
 * place, and its rows.
 */
function withIdentities(middle: Schema, ends: readonly Schema[]): Schema {
  const tables = [...middle.tables].map(([name, table]): [string, Table] => [name, adopted(table, ends)])
  return { ...middle, tables: new Map(tables) }
}

function adopted(table: Table, ends: readonly Schema[]): Table {
  const taken = new Set<Identity | undefined>(table.columns.map(({ identity }) => identity))
  const kin = ends.flatMap((end) => [...end.tables.values()].filter(({ identity }) => identity === table.identity))
  const columns = table.columns.map((column) => {
    if (column.identity !== undefined) return column
    const namesake = kin
      .flatMap((other) => other.columns)
      .find(({ name, identity }) => name === column.name && !taken.has(identity))
    if (namesake?.identity === undefined) return column
    taken.add(namesake.identity)
    return { ...column, identity: namesake.identity }
  })
  return { ...table, columns }
}

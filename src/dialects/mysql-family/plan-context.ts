import { invariant } from '../../lib/invariant.ts'
import type { Change, ChangeKind } from '../../schema/change.ts'
import type { Facts, PlanInput } from '../../schema/dialect.ts'
import type { Table } from '../../schema/schema.ts'
import { isTableChange, type TableChange } from '../shared/table-changes.ts'
import type { Alteration } from './alteration.ts'
import { indexKey } from './index-key.ts'
import { type ObjectNames, objectNames } from './object-names.ts'
import { inFreeOrder } from './rename-order.ts'
import { type RenamedTables, type Renames, readRenames, renamedTables } from './renames.ts'
import type { Flavour } from './variant.ts'

/** What a plan is made of: the changes, and the tables by the names after its renames. */
export interface PlanContext {
  readonly changes: readonly Change[]
  readonly declared: RenamedTables
  /** Every table that is known, as the database has it, or as declared where nobody has looked. */
  readonly known: ReadonlyMap<string, Table>
  readonly after: ReadonlyMap<string, Table>
  readonly names: ObjectNames
  readonly flavour: Flavour
}

export function planContext({ before, after, changes, facts }: PlanInput, flavour: Flavour): PlanContext {
  const ordered = withOrderedRenames(changes)
  const renames = readRenames(ordered, flavour)
  const declared = renamedTables(before, renames, flavour)
  const real = facts === undefined ? declared : renamedTables(facts.schema, renames, flavour)
  const known = new Map([...declared.all(), ...real.all()].map((table) => [table.name, table]))
  return {
    changes: ordered,
    declared,
    known,
    after: after.tables,
    names: objectNames(takenNames(known, renames, facts, ofKind(changes, 'dropTable'))),
    flavour,
  }
}

/** The changes of one kind. */
export function ofKind<Kind extends ChangeKind>(
  changes: readonly Change[],
  kind: Kind,
): readonly Extract<Change, { readonly kind: Kind }>[] {
  return changes.filter((change): change is Extract<Change, { readonly kind: Kind }> => change.kind === kind)
}

/** What happens to each table that is there already, but for its foreign keys, by its name. */
export function alterationsOf({
  changes,
  declared,
  known,
  after,
  names,
  flavour,
}: PlanContext): ReadonlyMap<string, Alteration> {
  const created = new Set(ofKind(changes, 'createTable').map(({ table }) => table.name))
  const inside = Map.groupBy(
    changes.filter((change): change is TableChange => isTableChange(change) && !created.has(change.table)),
    (change) => change.table,
  )
  return new Map(
    [...inside].map(([table, own]) => {
      const real = known.get(table)
      invariant(real !== undefined, `${table} is changed and is known`)
      const [before, later] = [declared.get(table) ?? real, after.get(table) ?? real]
      const none = { goingKeys: [], comingKeys: [], stayingKeys: real.foreignKeys, waitingDrops: new Set<string>() }
      return [table, { table, changes: own, before, real, after: later, flavour, names, ...none }]
    }),
  )
}

/** Renames are meant to happen at once: two tables or columns may exchange their names. */
function withOrderedRenames(changes: readonly Change[]): readonly Change[] {
  const columns = Map.groupBy(ofKind(changes, 'renameColumn'), ({ table }) => table)
  return [
    ...inFreeOrder(ofKind(changes, 'renameTable')).map(({ from, to }) => ({ kind: 'renameTable', from, to }) as const),
    ...[...columns].flatMap(([table, own]) =>
      inFreeOrder(own).map(({ from, to }) => ({ kind: 'renameColumn', table, from, to }) as const),
    ),
    ...changes.filter(({ kind }) => kind !== 'renameTable' && kind !== 'renameColumn'),
  ]
}

/**
 * The names that are taken, those of indexes by the names that their tables get: also of what the server made for foreign keys, which an inspection may
 * leave out. A table that goes leaves its own to another.
 */
function* takenNames(
  known: ReadonlyMap<string, Table>,
  { tableBefore }: Renames,
  facts: Facts | undefined,
  going: readonly Change<'dropTable'>[],
): Iterable<string> {
  const gone = new Set(going.map(({ table }) => table.name))
  const taken = facts?.takenNames ?? new Set<string>()
  yield* taken
  for (const { name: table, uniques, indexes, foreignKeys } of known.values()) {
    if (gone.has(table)) continue
    for (const { name } of [...uniques, ...indexes]) yield indexKey(table, name)
    for (const { name } of foreignKeys) if (taken.has(indexKey(tableBefore(table), name))) yield indexKey(table, name)
  }
}

import { invariant } from '../../lib/invariant.ts'
import type { PlanInput } from '../../schema/dialect.ts'
import type { ForeignKey } from '../../schema/schema.ts'
import type { StatementStep, Step } from '../../schema/step.ts'
import { alterationSteps } from './alter-table.ts'
import type { Alteration } from './alteration.ts'
import { copyRows } from './copy-rows.ts'
import { creation, creationsOf } from './create-tables.ts'
import { dropTables, type GoingTable, keysOfCircles, refuseReferences } from './drop-tables.ts'
import { addForeignKeys, dropForeignKeys } from './foreign-key-steps.ts'
import { keyOf, type Owned, planForeignKeys } from './foreign-keys.ts'
import { keysInside } from './keys-inside.ts'
import { alterationsOf, ofKind, type PlanContext, planContext } from './plan-context.ts'
import { renameColumns } from './rename-columns.ts'
import { renameTables } from './rename-steps.ts'
import type { Flavour } from './variant.ts'

/**
 * The steps that make some changes. Each statement is one that the server carries out as a whole or not at all, and commits by itself.
 *
 * In this order: renames, because all later changes use the new names; foreign keys that go, because they hold on to indexes and types; new tables,
 * because rows may be copied there; tables that change; copies of rows; tables that go, when nothing refers to them any more; foreign keys that come, when
 * all that they lead to is there. Only where a new table has the name of one that goes, that one goes first.
 */
export function plan(input: PlanInput, flavour: Flavour): readonly Step[] {
  const context = planContext(input, flavour)
  const { changes, names, known, after } = context
  const going = goingTables(context)
  const goingNames = new Set(going.map(({ real }) => real.name))
  const altered = alterationsOf(context)
  const keys = planForeignKeys({
    ...context,
    alterations: altered,
    dropped: goingNames,
    declared: context.declared.get,
  })
  const goes = isGone([...keys.going, ...keys.inTheWay])
  const circles = circlesOf(going, goes)
  refuseReferences(goingNames, known.values(), goes)

  const isReplaced = (table: string): boolean => goingNames.has(table)
  const isNew = new Set(ofKind(changes, 'createTable').map(({ table }) => table.name))
  const isSettled = (table: string): boolean => !altered.has(table) && !isReplaced(table) && !isNew.has(table)
  const created = creationsOf(changes, isSettled, isReplaced)
  const createdNames = new Set(created.map(({ table }) => table.name))
  const inTables = new Set(
    created.flatMap(({ table, foreignKeys }) => foreignKeys.map((key) => keyOf(table.name, key))),
  )
  const [createdLast, createdFirst] = partition(created, ({ table }) => goingNames.has(table.name))
  const [goingFirst, goingLast] = partition(going, ({ real }) => createdNames.has(real.name))
  const left = keys.coming.filter(({ table, foreignKey }) => !inTables.has(keyOf(table, foreignKey)))
  const isThere = (table: string): boolean => isSettled(table) || (isNew.has(table) && !isReplaced(table))
  const { ordered, inside, last } = keysInside(altered, left, { isThere, changes })
  // All of a table go at once: one may need the index that the server made for another.
  const apartOf = new Set(keys.going.filter((key) => !goesWithItsTable(key, altered)).map(({ table }) => table))
  const [own, apart] = partition(keys.going, ({ table }) => !apartOf.has(table) && !inside.has(table))
  const places = { known, after, names, flavour }
  return [
    ...renameTables(ofKind(changes, 'renameTable')),
    ...columnsRenamed(context),
    ...dropForeignKeys([...apart, ...keys.inTheWay, ...circles], places),
    ...createdFirst.map((one) => creation(one, names, flavour)),
    ...withKeys(ordered, own, goes, inside).flatMap(alterationSteps),
    ...dropTables(goingFirst),
    ...createdLast.map((one) => creation(one, names, flavour)),
    ...ofKind(changes, 'copyRows').map(copyRows),
    ...dropTables(goingLast),
    ...addForeignKeys(last, places),
  ]
}

function partition<T>(elements: readonly T[], isFirst: (element: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [elements.filter(isFirst), elements.filter((element) => !isFirst(element))]
}

function goingTables({ changes, known }: PlanContext): readonly GoingTable[] {
  return ofKind(changes, 'dropTable').map(({ table }) => ({ declared: table, real: known.get(table.name) ?? table }))
}

function columnsRenamed({ changes, known, declared, flavour }: PlanContext): readonly StatementStep[] {
  return [...Map.groupBy(ofKind(changes, 'renameColumn'), ({ table }) => table)].flatMap(([table, renames]) => {
    const real = known.get(table)
    invariant(real !== undefined, `a column of ${table} is renamed, and the table is known`)
    return renameColumns(renames, { real, declared: declared.get(table) ?? real, all: known.values() }, flavour)
  })
}

type IsGone = (table: string, key: ForeignKey) => boolean

function isGone(owned: readonly Owned[]): IsGone {
  const gone = new Set(owned.map(({ table, real }) => keyOf(table, real)))
  return (table, key) => gone.has(keyOf(table, key))
}

function circlesOf(going: readonly GoingTable[], isPlanned: IsGone): readonly Owned[] {
  return keysOfCircles(going)
    .filter(({ table, real }) => !isPlanned(table, real))
    .map(({ table, real }) => ({ table, real, declared: real }))
}

/** Whether a foreign key goes in the statement that alters its table: nothing else waits for it. */
function goesWithItsTable({ table, real }: Owned, altered: ReadonlyMap<string, Alteration>): boolean {
  return altered.has(table) && !altered.has(real.references.table)
}

/** The alterations with what happens to the foreign keys of their tables. */
function withKeys(
  altered: Iterable<Alteration>,
  own: readonly Owned[],
  goes: IsGone,
  inside: ReadonlyMap<string, readonly ForeignKey[]>,
): readonly Alteration[] {
  const byTable = Map.groupBy(own, ({ table }) => table)
  return [...altered].map((alteration) => ({
    ...alteration,
    goingKeys: byTable.get(alteration.table) ?? [],
    comingKeys: inside.get(alteration.table) ?? [],
    stayingKeys: alteration.real.foreignKeys.filter((key) => !goes(alteration.table, key)),
  }))
}

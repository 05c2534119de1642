import { fail } from '../../errors/error.ts'
import { invariant } from '../../lib/invariant.ts'
import { topologicalOrder } from '../../lib/topological-order.ts'
import type { Change } from '../../schema/change.ts'
import type { PlanInput } from '../../schema/dialect.ts'
import type { OtherObject, Table } from '../../schema/schema.ts'
import { name, sql } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import { alterNatively, canAlterNatively } from './alter-natively.ts'
import { type Alteration, isTableChange, type TableChange } from './alteration.ts'
import type { SqliteCapabilities } from './capabilities.ts'
import { copyRows } from './copy-rows.ts'
import { createIndex, createTable } from './definition.ts'
import { dropOrder } from './drop-order.ts'
import { guarded, losesColumns, viewGuards } from './guards.ts'
import { type IndexNames, indexNames } from './index-names.ts'
import { mentions } from './raw-sql.ts'
import { planRebuild, type Rebuild, statement } from './rebuild.ts'
import { deferringForeignKeys, rebuildEnforced } from './rebuild-enforced.ts'
import { rebuildSuspended } from './rebuild-suspended.ts'
import { referrersByTable, renamedReferrers, withReferrers } from './referrers.ts'
import { renameStatements } from './rename-steps.ts'
import { type RenamedTables, readRenames, renamedTables } from './renames.ts'

/**
 * The steps that make some changes. What ALTER TABLE can do is done by it, everything else on one table becomes one rebuild.
 *
 * In this order: renames, because all later changes use the new names; new tables, because rows may be copied there; tables that change; copies
 * of rows; tables that go, last, when nothing refers to them any more. Only where a new table has the name of one that goes, that one goes first.
 */
export function plan(input: PlanInput, capabilities: SqliteCapabilities): readonly Step[] {
  const context = contextOf(input, capabilities)
  const created = ofKind(input.changes, 'createTable')
  const dropped = ofKind(input.changes, 'dropTable').map(({ table }) => table)
  const droppedNames = new Set(dropped.map((table) => table.name))
  const createdNames = new Set(created.map(({ table }) => table.name))
  const alterations = alterationsOf(input, context, createdNames)
  const { steps: altering, rebuilds } = alter(alterations, context)
  refuseReferences(droppedNames, rebuilds, context)
  const goingFirst = dropped.filter((table) => createdNames.has(table.name))
  const goingLast = dropped.filter((table) => !createdNames.has(table.name))
  const create = (change: Change<'createTable'>): readonly Step[] => creation(change, input, context)
  return [
    ...input.changes.filter(isRename).flatMap(renameStatements).map(statement),
    ...created.filter(({ table }) => !droppedNames.has(table.name)).flatMap(create),
    ...altering,
    ...drops(goingFirst, context),
    ...created.filter(({ table }) => droppedNames.has(table.name)).flatMap(create),
    ...ofKind(input.changes, 'copyRows').map(copyRows),
    ...drops(goingLast, context),
    ...viewGuards(viewsConcerned(rebuilds, dropped, context)),
  ]
}

interface Context {
  readonly before: RenamedTables
  readonly real: RenamedTables
  /** By table: those that refer to it. */
  readonly referrers: () => ReadonlyMap<string, readonly string[]>
  readonly others: readonly OtherObject[]
  readonly names: IndexNames
  readonly capabilities: SqliteCapabilities
  readonly enforced: boolean
}

function contextOf({ before, changes, facts, foreignKeys }: PlanInput, capabilities: SqliteCapabilities): Context {
  const renames = readRenames(changes)
  const declared = renamedTables(before, renames)
  const real = facts === undefined ? declared : renamedTables(facts.schema, renames)
  return {
    before: declared,
    real,
    referrers: () =>
      facts?.referrers === undefined ? referrersByTable(real.all()) : renamedReferrers(facts.referrers, renames),
    others: facts?.schema.others ?? [],
    names: indexNames(facts?.takenNames ?? []),
    capabilities,
    enforced: foreignKeys === 'enforced',
  }
}

function ofKind<Kind extends Change['kind']>(
  changes: readonly Change[],
  kind: Kind,
): readonly Extract<Change, { readonly kind: Kind }>[] {
  return changes.filter((change): change is Extract<Change, { readonly kind: Kind }> => change.kind === kind)
}

function creation({ table }: Change<'createTable'>, { after, changes }: PlanInput, context: Context): readonly Step[] {
  const foreignKeys = after.tables.get(table.name)?.foreignKeys ?? table.foreignKeys
  const indexes = ofKind(changes, 'addIndex').filter((change) => change.table === table.name)
  return [
    statement(createTable({ ...table, foreignKeys })),
    ...table.uniques.map((unique) => statement(createIndex(unique, true, table.name, context.names.claim(unique)))),
    ...indexes.map(({ index }) => statement(createIndex(index, false, table.name, context.names.claim(index)))),
  ]
}

function alterationsOf(
  { changes, after }: PlanInput,
  context: Context,
  created: ReadonlySet<string>,
): readonly Alteration[] {
  const inside = changes.filter(isTableChange).filter((change) => !created.has(change.table))
  return [...Map.groupBy(inside, (change) => change.table)].map(([table, own]) => {
    const [before, afterwards] = [context.before.get(table), after.tables.get(table)]
    invariant(before !== undefined && afterwards !== undefined, `${table} is changed and stands in both Schemas`)
    return alterationOf(table, own, before, afterwards, context)
  })
}

function alterationOf(
  table: string,
  changes: readonly TableChange[],
  before: Table,
  after: Table,
  { real, others, names: taken, capabilities }: Context,
): Alteration {
  return {
    table,
    changes,
    before,
    real: real.get(table) ?? before,
    after,
    triggers: others.filter((other) => other.kind === 'trigger' && other.table === table),
    capabilities,
    names: taken,
  }
}

function isRename(change: Change): change is Change<'renameTable' | 'renameColumn'> {
  return change.kind === 'renameTable' || change.kind === 'renameColumn'
}

function alter(
  alterations: readonly Alteration[],
  context: Context,
): { readonly steps: readonly Step[]; readonly rebuilds: readonly Rebuild[] } {
  const needy = new Set(alterations.filter((entry) => !canAlterNatively(entry)).map(({ table }) => table))
  const referrers = needy.size === 0 ? new Map<string, readonly string[]>() : context.referrers()
  const concerned = withReferrers(needy, referrers)
  // Where foreign keys are enforced, all that refer are rebuilt too, and their own changes with them.
  const rebuilt = context.enforced ? concerned : needy
  const native = alterations.filter(({ table }) => !rebuilt.has(table)).flatMap(alterNatively)
  if (needy.size === 0) return { steps: native, rebuilds: [] }
  const own = new Map(alterations.map((alteration) => [alteration.table, alteration]))
  const rebuilds = [...rebuilt].flatMap((name) => {
    const table = context.real.get(name)
    const alteration = own.get(name) ?? (table && alterationOf(name, [], table, table, context))
    return alteration === undefined ? [] : [planRebuild(alteration)]
  })
  const steps = context.enforced ? deferringForeignKeys(rebuildEnforced(rebuilds)) : rebuilds.flatMap(rebuildSuspended)
  const direct = new Set([...needy].flatMap((table) => referrers.get(table) ?? []))
  const referring = [...concerned]
    .filter((table) => !needy.has(table))
    .map((table) => ({ table, directly: direct.has(table) && !rebuilt.has(table) }))
  return { steps: [...native, ...guarded(steps, rebuilds, referring)], rebuilds }
}

/** Refuses to drop a table while one that stays refers to it, as it will be by then. */
function refuseReferences(dropped: ReadonlySet<string>, rebuilds: readonly Rebuild[], { referrers }: Context): void {
  if (dropped.size === 0) return
  const rebuilt = new Map(rebuilds.map(({ table, target }) => [table, target]))
  const refers = (referrer: string, table: string): boolean =>
    rebuilt.get(referrer)?.foreignKeys.some(({ references }) => references.table === table) ?? true
  const known = referrers()
  for (const table of dropped) {
    const by = known.get(table)?.find((referrer) => !dropped.has(referrer) && refers(referrer, table))
    if (by !== undefined) fail('database.stillReferenced', { table, by })
  }
}

/** Tables that refer go before those that they refer to. Where foreign keys are enforced, checks wait, and a cycle needs more care. */
function drops(tables: readonly Table[], context: Context): readonly Step[] {
  const real = tables.map((table) => context.real.get(table.name) ?? table)
  const steps = (order: readonly string[]): readonly Step[] =>
    order.map((table) => statement(sql`DROP TABLE ${name(table)}`))
  if (context.enforced) return deferringForeignKeys(steps(dropOrder(real)))
  const referrers = referrersByTable(real)
  const ordered = topologicalOrder(
    real,
    (table) => table.name,
    (table) => referrers.get(table.name) ?? [],
  )
  return steps(ordered.map((table) => table.name))
}

function viewsConcerned(
  rebuilds: readonly Rebuild[],
  dropped: readonly Table[],
  { others }: Context,
): readonly string[] {
  const tables = [...rebuilds.filter(losesColumns).map(({ table }) => table), ...dropped.map((table) => table.name)]
  return others
    .filter(({ kind, definition }) => kind === 'view' && tables.some((table) => mentions(definition, table)))
    .map((view) => view.name)
}

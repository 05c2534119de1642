import { invariant } from '../../lib/invariant.ts'
import type { Change, ChangeKind } from '../../schema/change.ts'
import type { PlanInput } from '../../schema/dialect.ts'
import { objectKey, type Table } from '../../schema/schema.ts'
import { name, sql } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import { isTableChange, type TableChange } from '../shared/table-changes.ts'
import { alterationSteps } from './alter-table.ts'
import { type Alteration, isConstraint } from './alteration.ts'
import type { PostgresCapabilities } from './capabilities.ts'
import { commentsOf } from './comments.ts'
import { copyRows } from './copy-rows.ts'
import { createIndex, createTable, exclusionDefinition } from './definition.ts'
import { dropTables, keysOfCircles, refuseReferences } from './drop-tables.ts'
import { addValues } from './enum-values.ts'
import { addForeignKeys, dropForeignKeys, type Owned, planForeignKeys } from './foreign-keys.ts'
import { type ObjectNames, objectNames } from './object-names.ts'
import { createObject, dropObject } from './object-steps.ts'
import { renameSteps } from './rename-steps.ts'
import { type RenamedTables, readRenames, renamedTables } from './renames.ts'
import { restated } from './restate.ts'
import { type Swap, swappedColumns, swapsOf } from './swaps.ts'
import { splitTableName } from './table-name.ts'
import { alterTable, statement } from './work.ts'

/**
 * The steps that make some changes.
 *
 * In this order: types and collations, because tables are made of them; renames, because all later changes use the new names; foreign keys that go,
 * because they hold on to keys and types; new tables, because rows may be copied there; tables that change; copies of rows; tables that go, when nothing
 * refers to them any more; foreign keys that come, when all that they lead to is there. Only where a new table has the name of one that goes, that one
 * goes first.
 */
export function plan(input: PlanInput, capabilities: PostgresCapabilities): readonly Step[] {
  const { changes } = input
  const context = contextOf(input, capabilities)
  const created = ofKind(changes, 'createTable')
  const createdNames = new Set(created.map(({ table }) => table.name))
  const dropped = ofKind(changes, 'dropTable').map(({ table }) => context.real.get(table.name) ?? table)
  const droppedNames = new Set(dropped.map(({ name }) => name))
  const alterations = alterationsOf(input, context, createdNames)
  const foreignKeys = foreignKeysOf(input, context, alterations, dropped)
  const [createdLast, createdFirst] = partition(created, ({ table }) => droppedNames.has(table.name))
  const [droppedFirst, droppedLast] = partition(dropped, ({ name }) => createdNames.has(name))
  const create = (change: Change<'createTable'>): readonly Step[] => creation(change, changes, context.names)
  return [
    ...objectsFirst(changes, context.swaps),
    ...schemasOf(changes),
    ...changes.filter(isRename).flatMap(renameSteps),
    ...dropForeignKeys(foreignKeys.gone, context.names),
    ...createdFirst.flatMap(create),
    ...alterations.map((alteration) => withoutGone(alteration, foreignKeys.gone)).flatMap(alterationSteps),
    ...dropTables(droppedFirst),
    ...createdLast.flatMap(create),
    ...ofKind(changes, 'copyRows').flatMap((change) =>
      copyRows(change, { after: input.after.tables.get(change.to), real: context.real.get(change.to) }),
    ),
    ...dropTables(droppedLast),
    ...addForeignKeys(foreignKeys.come, createdNames, context.names),
    ...objectsLast(changes, context.swaps),
  ]
}

interface Context {
  readonly before: RenamedTables
  readonly real: RenamedTables
  /** Every table that is known, as the database has it. */
  readonly known: readonly Table[]
  readonly swaps: readonly Swap[]
  readonly names: ObjectNames
  readonly capabilities: PostgresCapabilities
}

function contextOf({ before, changes, facts }: PlanInput, capabilities: PostgresCapabilities): Context {
  const renames = readRenames(changes)
  const declared = renamedTables(before, renames)
  const real = facts === undefined ? declared : renamedTables(facts.schema, renames)
  const known = new Map([...declared.all(), ...real.all()].map((table) => [table.name, table]))
  return {
    before: declared,
    real,
    known: [...known.values()],
    swaps: swapsOf(changes),
    names: objectNames(facts?.takenNames ?? []),
    capabilities,
  }
}

function ofKind<Kind extends ChangeKind>(
  changes: readonly Change[],
  kind: Kind,
): readonly Extract<Change, { readonly kind: Kind }>[] {
  return changes.filter((change): change is Extract<Change, { readonly kind: Kind }> => change.kind === kind)
}

function partition<T>(elements: readonly T[], isFirst: (element: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [elements.filter(isFirst), elements.filter((element) => !isFirst(element))]
}

function isRename(change: Change): change is Change<'renameTable' | 'renameColumn'> {
  return change.kind === 'renameTable' || change.kind === 'renameColumn'
}

/** The schemas that tables come to stand in. */
function schemasOf(changes: readonly Change[]): readonly Step[] {
  const tables = changes.flatMap((change) => {
    if (change.kind === 'renameTable') return [change.to]
    return change.kind === 'createTable' ? [change.table.name] : []
  })
  const schemas = new Set(tables.flatMap((table) => splitTableName(table).schema ?? []))
  return [...schemas].map((schema) => statement(sql`CREATE SCHEMA IF NOT EXISTS ${name(schema)}`))
}

/** Extensions bring types, and collations are part of columns; what is made anew is begun here. */
function objectsFirst(changes: readonly Change[], swaps: readonly Swap[]): readonly Step[] {
  const swapped = new Set(swaps.map(({ object }) => objectKey(object)))
  const created = ofKind(changes, 'createObject').filter(({ object }) => !swapped.has(objectKey(object)))
  const [extensions, others] = partition(created, ({ object }) => object.kind === 'extension')
  return [
    ...[...extensions, ...others].map(({ object }) => createObject(object)),
    ...swaps.flatMap(({ first }) => first),
    ...ofKind(changes, 'alterEnum').flatMap((change) =>
      swapped.has(objectKey(change.after)) ? [] : addValues(change),
    ),
  ]
}

function objectsLast(changes: readonly Change[], swaps: readonly Swap[]): readonly Step[] {
  const swapped = new Set(swaps.map(({ object }) => objectKey(object)))
  const dropped = ofKind(changes, 'dropObject').filter(({ object }) => !swapped.has(objectKey(object)))
  const [extensions, others] = partition(dropped, ({ object }) => object.kind === 'extension')
  return [...swaps.flatMap(({ last }) => last), ...[...others, ...extensions].map(({ object }) => dropObject(object))]
}

function creation({ table }: Change<'createTable'>, changes: readonly Change[], taken: ObjectNames): readonly Step[] {
  const [constraints, indexes] = partition(table.uniques, isConstraint)
  const isOwn = (change: { readonly table: string }): boolean => change.table === table.name
  const exclusions = ofKind(changes, 'addExclusion').filter(isOwn)
  return [
    statement(createTable(table, constraints.map(taken.claim))),
    ...indexes.map((unique) => statement(createIndex(table.name, taken.claim(unique), { unique: true }))),
    ...ofKind(changes, 'addIndex')
      .filter(isOwn)
      .map(({ index }) => statement(createIndex(table.name, taken.claim(index), { unique: false }))),
    ...alterTable(
      table.name,
      exclusions.map(({ exclusion }) => ({ sql: sql`ADD ${exclusionDefinition(taken.claim(exclusion))}` })),
    ),
    ...commentsOf(table),
  ]
}

function alterationsOf(
  { changes, after }: PlanInput,
  context: Context,
  created: ReadonlySet<string>,
): readonly Alteration[] {
  const inside = Map.groupBy(
    changes.filter(isTableChange).filter((change) => !created.has(change.table)),
    (change) => change.table,
  )
  const dropped = new Set(ofKind(changes, 'dropTable').map(({ table }) => table.name))
  const swapping = context.swaps.length === 0 ? [] : context.known.map(({ name }) => name)
  const tables = [...new Set([...inside.keys(), ...swapping.filter((table) => !dropped.has(table))])]
  return tables.flatMap((table) => {
    const alteration = alterationOf(table, inside.get(table) ?? [], after.tables.get(table), context)
    return alteration.changes.length === 0 ? [] : [restated(alteration)]
  })
}

function alterationOf(
  table: string,
  changes: readonly TableChange[],
  declared: Table | undefined,
  { before: beforeTables, real: realTables, swaps, capabilities, names: taken }: Context,
): Alteration {
  const known = realTables.get(table) ?? beforeTables.get(table)
  invariant(known !== undefined, `${table} is changed and is known`)
  const [before, after] = [beforeTables.get(table) ?? known, declared ?? known]
  const swapped = swappedColumns(swaps, known, after, changes)
  return { table, changes: [...changes, ...swapped], before, real: known, after, capabilities, names: taken }
}

/** The table as it is once its foreign keys are gone that have to. */
function withoutGone(alteration: Alteration, gone: readonly Owned[]): Alteration {
  const own = new Set(gone.flatMap(({ table, foreignKey }) => (table === alteration.table ? [foreignKey.name] : [])))
  const foreignKeys = alteration.real.foreignKeys.filter((foreignKey) => !own.has(foreignKey.name))
  return { ...alteration, real: { ...alteration.real, foreignKeys } }
}

function foreignKeysOf(
  { changes }: PlanInput,
  { before, known }: Context,
  alterations: readonly Alteration[],
  dropped: readonly Table[],
): ReturnType<typeof planForeignKeys> {
  const droppedNames = new Set(dropped.map(({ name }) => name))
  const planned = planForeignKeys({ changes, known, declared: before.get, alterations, dropped: droppedNames })
  refuseReferences(droppedNames, known, planned.gone)
  const isPlanned = (table: string, key: string): boolean =>
    planned.gone.some((own) => own.table === table && own.foreignKey.name === key)
  const circles = keysOfCircles(dropped).filter(({ table, foreignKey }) => !isPlanned(table, foreignKey.name))
  return { ...planned, gone: [...planned.gone, ...circles] }
}

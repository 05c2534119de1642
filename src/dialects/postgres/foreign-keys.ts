import { structuralEqual } from '../../lib/structural-equal.ts'
import type { Change } from '../../schema/change.ts'
import type { ForeignKey, Table } from '../../schema/schema.ts'
import { sql } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import { findReal } from '../shared/pair-with-real.ts'
import { changesOf } from '../shared/table-changes.ts'
import { type Alteration, realUnique } from './alteration.ts'
import { dropConstraint } from './constraint-ways.ts'
import { foreignKeyDefinition } from './definition.ts'
import { remadeColumns } from './generated-columns.ts'
import { alikeForeignKeys } from './match.ts'
import type { ObjectNames } from './object-names.ts'
import { parseTypeName, typeFamily } from './type-name.ts'
import { alterTable } from './work.ts'

/** A foreign key of a table. */
export interface Owned {
  readonly table: string
  readonly foreignKey: ForeignKey
}

export interface ForeignKeyInput {
  readonly changes: readonly Change[]
  /** All tables that are known, as the database has them, by the names after the renames. */
  readonly known: readonly Table[]
  readonly declared: (table: string) => Table | undefined
  readonly alterations: readonly Alteration[]
  /** The names of the tables that go. */
  readonly dropped: ReadonlySet<string>
}

/** The foreign keys that must be gone before tables are changed, and those that come when all tables are as they are to be. */
export interface ForeignKeyPlan {
  readonly gone: readonly Owned[]
  readonly come: readonly Owned[]
}

/**
 * Which foreign keys come and go. Besides those that are changed: a key that stays is taken away and put back where the key that it leads to is made
 * anew, or the types at its two ends change to what cannot be compared on the way. One of a table that goes is not put back.
 */
export function planForeignKeys(input: ForeignKeyInput): ForeignKeyPlan {
  const { changes, known, dropped } = input
  const dropping = changes.flatMap((change) =>
    change.kind === 'dropForeignKey' ? [realForeignKey(change, input)] : [],
  )
  const adding = changes.flatMap((change) => (change.kind === 'addForeignKey' ? [change] : []))
  const isExplicit = (own: Owned): boolean => dropping.some((other) => isSame(own, other))
  const inTheWay = known
    .flatMap(({ name, foreignKeys }) => foreignKeys.map((foreignKey): Owned => ({ table: name, foreignKey })))
    .filter((own) => !isExplicit(own) && isInTheWay(own, input.alterations))
  return {
    gone: [...dropping, ...inTheWay],
    come: [...adding, ...inTheWay.filter(({ table }) => !dropped.has(table))],
  }
}

/** One ALTER TABLE for each table that loses some. */
export function dropForeignKeys(owned: readonly Owned[], names: ObjectNames): readonly Step[] {
  return [...Map.groupBy(owned, ({ table }) => table)].flatMap(([table, own]) => {
    for (const { foreignKey } of own) names.release(foreignKey.name)
    return alterTable(
      table,
      own.map(({ foreignKey }) => dropConstraint(foreignKey.name)),
    )
  })
}

/** One ALTER TABLE for each table that gets some. The rows are read where the table is not new. */
export function addForeignKeys(
  owned: readonly Owned[],
  created: ReadonlySet<string>,
  names: ObjectNames,
): readonly Step[] {
  return [...Map.groupBy(owned, ({ table }) => table)].flatMap(([table, own]) =>
    alterTable(
      table,
      own.map(({ foreignKey }) => ({
        sql: sql`ADD ${foreignKeyDefinition(names.claim(foreignKey))}`,
        ...(created.has(table) ? {} : { scans: true }),
      })),
    ),
  )
}

function realForeignKey({ table, foreignKey }: Change<'dropForeignKey'>, { known, declared }: ForeignKeyInput): Owned {
  const real = known.find(({ name }) => name === table)?.foreignKeys ?? []
  const before = declared(table)?.foreignKeys ?? []
  return { table, foreignKey: findReal(foreignKey, before, real, alikeForeignKeys) ?? foreignKey }
}

function isSame(a: Owned, b: Owned): boolean {
  return a.table === b.table && a.foreignKey.name === b.foreignKey.name
}

function isInTheWay({ table, foreignKey }: Owned, alterations: readonly Alteration[]): boolean {
  const { columns, references } = foreignKey
  return alterations.some(
    (alteration) =>
      (alteration.table === table && changesType(columns, alteration)) ||
      (alteration.table === references.table &&
        (changesType(references.columns, alteration) || losesKey(references.columns, alteration))),
  )
}

/** Whether the types of some columns change so that the server cannot compare the old ones with the new: it looks at each table by itself. */
function changesType(columns: readonly string[], alteration: Alteration): boolean {
  const remade = remadeColumns(alteration)
  const retyped = changesOf(alteration, 'setType').filter(({ before, after }) => {
    const [from, to] = [typeFamily(parseTypeName(before.type)), typeFamily(parseTypeName(after.type))]
    const isComparable = from === to && (from === 'whole' || from === 'text') && before.collation === after.collation
    return !isComparable
  })
  return columns.some((column) => remade.has(column) || retyped.some(({ after }) => after.name === column))
}

/** Whether the primary key or unique goes that stands behind a foreign key to some columns. */
function losesKey(columns: readonly string[], alteration: Alteration): boolean {
  const isOver = (others: readonly string[]): boolean => structuralEqual(others.toSorted(), columns.toSorted())
  const losesPrimaryKey = changesOf(alteration, 'setPrimaryKey').some(({ before }) => before !== undefined)
  if (losesPrimaryKey && isOver((alteration.real.primaryKey ?? alteration.before.primaryKey)?.columns ?? []))
    return true
  return changesOf(alteration, 'dropUnique').some(({ unique }) =>
    isOver(
      realUnique(unique, alteration).parts.flatMap(({ expression }) =>
        expression.kind === 'column' ? [expression.name] : [],
      ),
    ),
  )
}

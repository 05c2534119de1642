import { fail } from '../../errors/error.ts'
import type { Index, OtherObject, Table, Unique } from '../../schema/schema.ts'
import { join, name, names, type Sql, sql, value, verbatim } from '../../schema/sql.ts'
import type { StatementStep, Step } from '../../schema/step.ts'
import { type Alteration, changesOf } from './alteration.ts'
import { carryOver, columnOf } from './carry-over.ts'
import { converted } from './conversion.ts'
import { createIndex, createTable } from './definition.ts'
import { fillValue } from './fill.ts'
import type { IndexNames } from './index-names.ts'
import { peculiaritiesOf } from './peculiarity.ts'

/** One table that is made anew under a temporary name, filled from the old one, and put in its place. */
export interface Rebuild {
  readonly table: string
  readonly temporary: string
  readonly source: Table
  readonly target: Table
  /** The columns that get something else than their default, and what. */
  readonly copied: readonly { readonly column: string; readonly from: Sql }[]
  readonly triggers: readonly OtherObject[]
  readonly names: IndexNames
}

/** Decides what a table is rebuilt to and what each column gets. Throws where something would be lost that cannot be written again. */
export function planRebuild(alteration: Alteration): Rebuild {
  const { table, before, real, after, triggers, names: taken } = alteration
  const peculiarities = peculiaritiesOf(real.attributes)
  if (peculiarities.length > 0) fail('database.cannotRebuild', { table, peculiarities })
  const dropped = new Set(changesOf(alteration, 'dropColumn').map(({ column }) => column.name))
  for (const { column } of changesOf(alteration, 'addColumn')) {
    if (columnOf(real, column.name) && !dropped.has(column.name))
      fail('database.columnTaken', { table, column: column.name })
  }
  const target = carryOver(before, real, after)
  return {
    table,
    temporary: taken.claimTemporary(table),
    source: real,
    target,
    copied: copiedColumns(alteration, target),
    triggers,
    names: taken,
  }
}

function copiedColumns(alteration: Alteration, target: Table): Rebuild['copied'] {
  const added = new Map(changesOf(alteration, 'addColumn').map(({ column, fill }) => [column.name, fill]))
  const retyped = new Map(changesOf(alteration, 'setType').map((change) => [change.after.name, change]))
  const filled = new Map(changesOf(alteration, 'setNotNull').map(({ column, fill }) => [column.name, fill]))
  return target.columns.flatMap((column) => {
    if (column.generated !== undefined) return []
    if (added.has(column.name)) {
      const fill = added.get(column.name)
      return fill === undefined ? [] : [{ column: column.name, from: fillValue(fill, alteration.table) }]
    }
    const change = retyped.get(column.name)
    const kept = change === undefined ? name(column.name) : converted(change.before, change.after, change.cast)
    const fill = filled.get(column.name)
    return [
      {
        column: column.name,
        from: fill === undefined ? kept : sql`coalesce(${kept}, ${fillValue(fill, alteration.table)})`,
      },
    ]
  })
}

/** Makes the new table. `targets` says what the tables that it refers to are called at the moment. */
export function createCopy({ temporary, target }: Rebuild, targets: (table: string) => string): Step {
  const foreignKeys = target.foreignKeys.map((foreignKey) => ({
    ...foreignKey,
    references: { ...foreignKey.references, table: targets(foreignKey.references.table) },
  }))
  return statement(createTable({ ...target, foreignKeys }, temporary))
}

/** Fills the new table and proves that every row arrived. */
export function copyRows(rebuild: Rebuild): readonly Step[] {
  const { table, temporary, copied } = rebuild
  const key = `rows of ${table} while it is copied`
  // A table whose columns are all new still has its rows.
  const insert =
    copied.length === 0
      ? sql`INSERT INTO ${name(temporary)} (rowid) SELECT rowid FROM ${name(table)}`
      : sql`INSERT INTO ${name(temporary)} (${names(copied.map(({ column }) => column))}) SELECT ${join(copied.map(({ from }) => from))} FROM ${name(table)}`
  return [
    { kind: 'remember', key, query: countRows(table) },
    { ...statement(insert), rewrites: true },
    { kind: 'compare', key, query: countRows(temporary), subject: `the rows of ${table}` },
    ...keepSequence(rebuild),
  ]
}

/** Puts the new table in the place of the old one, which must be gone. */
export function takePlace({ table, temporary }: Rebuild): readonly Step[] {
  return [statement(sql`ALTER TABLE ${name(temporary)} RENAME TO ${name(table)}`)]
}

/** Frees the names of the indexes that go with the old table. */
export function releaseIndexes({ source, names: taken }: Rebuild): void {
  for (const { name: index } of [...source.indexes, ...source.uniques]) taken.release(index)
}

/** Makes the indexes and triggers that went with the old table. */
export function restoreDependents({ table, target, triggers, names: taken }: Rebuild): readonly Step[] {
  const index = (entry: Index | Unique, unique: boolean): Step => {
    const called = entry.name.startsWith('sqlite_autoindex_')
      ? { ...entry, name: `${table}_${columnNames(entry)}_key` }
      : entry
    return { ...statement(createIndex(entry, unique, table, taken.claim(called))), scans: true }
  }
  return [
    ...target.uniques.map((unique) => index(unique, true)),
    ...target.indexes.map((entry) => index(entry, false)),
    ...triggers.map((trigger) => statement(verbatim(trigger.definition))),
  ]
}

/**
 * AUTOINCREMENT never gives a number twice, also not that of a row that was deleted: the highest number ever given stands in `sqlite_sequence`
 * and would fall back to the highest one present.
 */
function keepSequence({ table, temporary, source, target }: Rebuild): readonly Step[] {
  const isNumbered = (entry: Table): boolean => entry.columns.some((column) => column.autoIncrement)
  if (!isNumbered(source) || !isNumbered(target)) return []
  return [
    statement(sql`DELETE FROM sqlite_sequence WHERE name = ${value(temporary)}`),
    statement(
      sql`INSERT INTO sqlite_sequence (name, seq) SELECT ${value(temporary)}, seq FROM sqlite_sequence WHERE name = ${value(table)}`,
    ),
  ]
}

export function countRows(table: string): Sql {
  return sql`SELECT count(*) AS "rows" FROM ${name(table)}`
}

function columnNames({ parts }: Index): string {
  return parts.flatMap(({ expression }) => (expression.kind === 'column' ? [expression.name] : [])).join('_')
}

export function statement(text: Sql): StatementStep {
  return { kind: 'statement', sql: text }
}

import type { Column } from '../../schema/schema.ts'
import { name, sql } from '../../schema/sql.ts'
import type { TableChange } from '../shared/table-changes.ts'
import { type Alteration, columnNamed } from './alteration.ts'
import { withOwnCollation } from './collation.ts'
import { type ColumnChange, columnChanges } from './column-changes.ts'
import { modified } from './column-clauses.ts'
import { addingOf } from './column-operations.ts'
import { columnsRead } from './columns-read.ts'
import { castOf } from './conversion.ts'
import { columnDefinition } from './definition.ts'
import type { Work } from './table-work.ts'
import { fold } from './tokens.ts'
import type { Clause } from './work.ts'

/** A column that changes, and all that changes of it. */
export interface ChangedColumn {
  readonly before: Column
  readonly after: Column
  readonly changes: readonly ColumnChange[]
}

/**
 * Whether a column is dropped and added again in one statement, as MODIFY makes no column virtual that is not, nor the other way round
 * (https://dev.mysql.com/doc/refman/9.7/en/alter-table-generated-columns.html). `materialise`: it becomes an ordinary one, with the values that it had.
 */
export function remaking(before: Column, after: Column): 'remake' | 'materialise' | undefined {
  const [wasVirtual, isVirtual] = [before, after].map(({ generated }) => generated?.stored === false)
  if (wasVirtual === isVirtual) return undefined
  return after.generated === undefined ? 'materialise' : 'remake'
}

/** The column dropped and added again. What stands on it is made again with it. */
export function remadeColumn({ before, after, changes }: ChangedColumn, alteration: Alteration): Work {
  return { computed: [remade(before, after, changes, alteration)] }
}

/** The values are computed once more by making the column a stored one first, which may then keep them. */
export function materialisedColumn({ before, after }: ChangedColumn, alteration: Alteration): Work {
  const { default: _, autoIncrement: __, ...bare } = after
  const stored: Column = {
    ...bare,
    nullable: true,
    ...(before.generated === undefined ? {} : { generated: { ...before.generated, stored: true } }),
  }
  const { table } = alteration
  return {
    computed: [remade(before, stored, columnChanges(table, before, stored), alteration)],
    last: [modified(stored, after, alteration)],
  }
}

function remade(before: Column, after: Column, makes: readonly ColumnChange[], { real, flavour }: Alteration): Clause {
  return {
    sql: sql`DROP COLUMN ${name(before.name)}, ADD COLUMN ${columnDefinition(withOwnCollation(after, real, flavour), flavour)}`,
    operations: ['dropColumn', addingOf(after, flavour)],
    makes,
    together: true,
  }
}

/** The folded names of the columns that are dropped and added again, with those that go along because they are computed from one. */
export function remadeColumns(changes: readonly TableChange[]): ReadonlySet<string> {
  return new Set(
    changes.flatMap((change) => {
      const isRemade =
        (change.kind === 'setGenerated' && remaking(change.before, change.after) !== undefined) ||
        (change.kind === 'setType' && castOf(change) !== undefined)
      return isRemade ? [fold(change.after.name)] : []
    }),
  )
}

/** Columns that are computed from one that is dropped and added again, and do not change themselves. */
export function followingColumns(alteration: Alteration, remadeNames: ReadonlySet<string>): readonly Column[] {
  const changed = new Set(
    alteration.changes.flatMap((change) => {
      if (change.kind === 'setGenerated') return [fold(change.after.name)]
      return change.kind === 'dropColumn' ? [fold(change.column.name)] : []
    }),
  )
  return alteration.real.columns.flatMap((column) => {
    const isFollower =
      column.generated !== undefined &&
      !changed.has(fold(column.name)) &&
      !remadeNames.has(fold(column.name)) &&
      !columnsRead(column.generated.expression, alteration.flavour).isDisjointFrom(remadeNames)
    return isFollower ? [columnNamed(alteration.after, column.name) ?? column] : []
  })
}

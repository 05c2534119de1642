import { invariant } from '../../lib/invariant.ts'
import { structuralEqual } from '../../lib/structural-equal.ts'
import type { Column } from '../../schema/schema.ts'
import { name, sql } from '../../schema/sql.ts'
import { changesOf, type TableChange, type TableChangeKind } from '../shared/table-changes.ts'
import { type Alteration, columnNamed } from './alteration.ts'
import { type ColumnChange, columnOf } from './column-changes.ts'
import { added, dropped, modified } from './column-clauses.ts'
import { addingOf } from './column-operations.ts'
import { castOf } from './conversion.ts'
import { convertedColumn } from './converted-column.ts'
import { fillColumn, filledByDefault, waitsForChanges } from './fills.ts'
import { materialisedColumn, remadeColumn, remaking } from './remade-columns.ts'
import type { Work } from './table-work.ts'

/** How one kind of change of a table is made. */
export type Way<Kind extends TableChangeKind> = (change: TableChange<Kind>, alteration: Alteration) => Work

export const addColumn: Way<'addColumn'> = ({ column, fill }, alteration) => {
  const { flavour } = alteration
  if (column.generated !== undefined) return { computed: [added(column, alteration)] }
  // The server numbers nothing but a key, and both come at once.
  if (column.autoIncrement) return { required: [{ ...added(column, alteration), together: true }] }
  const isRefused = addingOf(column, flavour) === 'addVolatileDefault' && !flavour.variant.alter.addsVolatileDefaults
  const wanted = fill ?? (isRefused && column.default !== undefined ? { expression: column.default } : undefined)
  if (wanted === undefined) return { columns: [added(column, alteration)] }
  if ('value' in wanted) {
    const filled = filledByDefault(column, wanted.value)
    if (structuralEqual(filled, column)) return { columns: [added(column, alteration)] }
    return { filled: [added(filled, alteration)], columns: [modified(filled, column, alteration)] }
  }
  const { default: _, ...bare } = column
  const empty: Column = { ...bare, nullable: true }
  return {
    filled: [added(empty, alteration)],
    fills: [fillColumn(column, wanted, alteration, sql``)],
    required: structuralEqual(empty, column) ? [] : [modified(empty, column, alteration)],
  }
}

export const dropColumn: Way<'dropColumn'> = ({ column }, alteration) => {
  const isReplaced = changesOf(alteration, 'addColumn').some((change) => change.column.name === column.name)
  return { [isReplaced ? 'freed' : 'columnsGone']: [dropped(column, alteration)] }
}

/** All that changes of one column that stays. */
export function changeColumn(changes: readonly ColumnChange[], alteration: Alteration): Work {
  const [first] = changes
  invariant(first !== undefined, 'a column that changes has a change')
  const after = columnNamed(alteration.after, columnOf(first)) ?? lastState(first)
  const before = columnNamed(alteration.before, after.name) ?? columnNamed(alteration.real, after.name) ?? after
  const [cast] = changes.flatMap((change) => (change.kind === 'setType' ? (castOf(change) ?? []) : []))
  const [fill] = changes.flatMap((change) => (change.kind === 'setNotNull' ? (change.fill ?? []) : []))
  const what = { before, after, changes }
  if (cast !== undefined) return convertedColumn(what, cast, fill, alteration)
  const way = remaking(before, after)
  if (way !== undefined) {
    return way === 'materialise' ? materialisedColumn(what, alteration) : remadeColumn(what, alteration)
  }
  const clause = { ...modified(before, after, alteration), makes: changes }
  if (after.autoIncrement !== before.autoIncrement) return { required: [{ ...clause, together: true }] }
  if (fill === undefined) return { columns: [clause] }
  const values = fillColumn(after, fill, alteration, sql` WHERE ${name(after.name)} IS NULL`)
  if (!waitsForChanges(fill, changes, alteration)) return { fills: [values], required: [clause] }
  const rest = changes.filter(({ kind }) => kind !== 'setNotNull')
  const eased: Column = { ...after, nullable: true }
  return {
    columns: rest.length === 0 ? [] : [{ ...modified(before, eased, alteration), makes: rest }],
    between: [values],
    required: [modified(eased, after, alteration)],
  }
}

/** The column as a change leaves it, where no Schema says it. */
function lastState(change: ColumnChange): Column {
  return change.kind === 'setNotNull' || change.kind === 'dropNotNull' ? change.column : change.after
}

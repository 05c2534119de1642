import { structuralEqual } from '../../lib/structural-equal.ts'
import { columnOf, type Discrepancy } from '../../reality/discrepancy.ts'
import type { InspectedModels } from '../../reality/inspected-models.ts'
import type { Bookkeeping } from '../../reality/other-tools.ts'
import { type Change, isObjectChange, tableOf } from '../../schema/change.ts'
import type { Dialect } from '../../schema/dialect.ts'
import { kindInWords } from '../../schema/object-in-words.ts'
import { objectTaken } from '../../schema/objects-in.ts'
import type { Column, OtherObject, Table } from '../../schema/schema.ts'
import { project as projected } from '../../state/project.ts'
import type { Existing } from './existing.ts'

/** Something of a database that no model speaks of. */
export interface LeftAlone {
  /** The table that it is, or belongs to; absent for what is on none. */
  readonly table?: string
  /** What it is and why, in words. */
  readonly text: string
}

/**
 * Whether a difference is there only because no model can say what the database has. Models that were there before must say what an inspection would
 * say: what they say otherwise is a difference of theirs.
 */
export function isUnsayable(
  { read, place, state }: Pick<Existing, 'read' | 'place' | 'state'>,
  dialect: Dialect,
): (discrepancy: Discrepancy) => boolean {
  const known = new Set([...read.differences.values()].flat().map(({ change }) => subjectOf(change)))
  const isLeft = (change: Change): boolean => known.has(subjectOf(change))
  if (place !== 'models') return ({ changes }) => changes.length > 0 && changes.every(isLeft)
  const [said, wanted] = [projected(read.state, dialect), projected(state, dialect)]
  const isSaidAlike = (change: Change): boolean => {
    if (isObjectChange(change)) return false
    const [a, b] = [said, wanted].map(({ tables }) => tables.get(tableOf(change)))
    if (a === undefined || b === undefined) return false
    const column = columnOf(change)
    if (column !== undefined) return structuralEqual(columnIn(a, column), columnIn(b, column))
    return objectTaken(change) !== undefined || structuralEqual(withoutColumns(a), withoutColumns(b))
  }
  return ({ changes }) => changes.length > 0 && changes.every((change) => isLeft(change) && isSaidAlike(change))
}

/** Lineage tells which model something came from, not what it is. */
function columnIn({ columns }: Table, name: string): Omit<Column, 'identity'> | undefined {
  const found = columns.find((column) => column.name === name)
  if (found === undefined) return undefined
  const { identity: _, ...column } = found
  return column
}

function withoutColumns({ columns: _, identity: __, ...parts }: Table): Omit<Table, 'columns' | 'identity'> {
  return parts
}

/** Whether a thing that no model can say can be remembered as it is: one that is too much can, one that is other than its model says cannot. */
export function canBeRemembered({ kind, changes }: Discrepancy): boolean {
  return kind === 'extra' && changes.every((change) => objectTaken(change) !== undefined)
}

/** All that is left to other hands, but for the tables of other tools. */
export function leftAloneIn(
  { models, unread, differences, others }: InspectedModels,
  bookkeeping: readonly Bookkeeping[],
): readonly LeftAlone[] {
  const tools = new Set(bookkeeping.map(({ table }) => table))
  const unmanaged = models.filter(({ model }) => model.options.managed === false)
  return [
    ...unread.filter(({ table }) => !tools.has(table)).map(({ table, why }) => ({ table, text: why })),
    ...unmanaged.map(({ table }) => ({
      table: table.name,
      text: 'it has no primary key, so its model is there to be read (`managed: false`) and no migration changes it',
    })),
    ...[...differences].flatMap(([table, list]) => list.map(({ text }) => ({ table, text }))),
    ...others.map(otherInWords),
  ]
}

function otherInWords({ kind, name, table }: OtherObject): LeftAlone {
  const text = `${kindInWords(kind)} ${name}`
  return table === undefined || table === name ? { text } : { table, text }
}

/** What a change is about, without its expressions, which a server may spell otherwise. */
function subjectOf(change: Change): string {
  const names = Object.values(change).flatMap((part: unknown) =>
    typeof part === 'object' && part !== null && 'name' in part ? [part.name] : [],
  )
  return JSON.stringify([change.kind, isObjectChange(change) ? '' : tableOf(change), names])
}

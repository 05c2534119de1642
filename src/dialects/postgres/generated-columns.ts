import type { Column, Table } from '../../schema/schema.ts'
import { changesOf, type TableChange } from '../shared/table-changes.ts'
import type { Alteration } from './alteration.ts'
import { reads } from './columns-read.ts'

/**
 * How a column becomes computed, or otherwise computed, or ordinary again. `remake`: it is dropped and added again, for ALTER COLUMN cannot say it;
 * `materialise`: the same, and its values are computed once more, since a virtual column has none to keep.
 */
export type GeneratedWay = 'dropExpression' | 'setExpression' | 'remake' | 'materialise'

export function generatedWay({ before, after }: TableChange<'setGenerated'>, alteration: Alteration): GeneratedWay {
  if (after.generated === undefined) return before.generated?.stored === true ? 'dropExpression' : 'materialise'
  const staysStored = before.generated?.stored === true && after.generated.stored
  const isAlone = ['setType', 'dropColumn', 'addColumn'].every(
    (kind) => !alteration.changes.some((change) => change.kind === kind),
  )
  return staysStored && isAlone && alteration.capabilities.setExpression ? 'setExpression' : 'remake'
}

/** Whether a column is dropped and added again. */
export function isRemade(change: TableChange<'setGenerated'>, alteration: Alteration): boolean {
  return ['remake', 'materialise'].includes(generatedWay(change, alteration))
}

/**
 * The changes of a table with all that follows for its computed columns: one that reads a column whose type changes stands in the way of that, and
 * the type of one changes by making it anew (https://www.postgresql.org/docs/current/ddl-generated-columns.html).
 */
export function withGeneratedColumns(alteration: Alteration): Alteration {
  const { changes, before, real, after } = alteration
  const retyped = changesOf(alteration, 'setType')
  const ordinary = new Set(
    retyped.filter((change) => change.after.generated === undefined).map((change) => change.after.name),
  )
  const stated = new Set(changesOf(alteration, 'setGenerated').map((change) => change.after.name))
  const added = new Set(changesOf(alteration, 'addColumn').map(({ column }) => column.name))
  const follows = (column: Column): boolean =>
    !stated.has(column.name) &&
    !added.has(column.name) &&
    column.generated !== undefined &&
    (reads(column.generated.expression, ordinary) || retyped.some((change) => change.after.name === column.name))
  // What other hands compute from the column is in the way like everything else.
  const others = real.columns.filter((column) =>
    [before, after].every((table) => columnOf(table, column.name) === undefined),
  )
  const followers = [...after.columns, ...others].filter(follows).flatMap((column): readonly TableChange[] => {
    const old = columnOf(before, column.name) ?? columnOf(real, column.name)
    return old === undefined ? [] : [{ kind: 'setGenerated', table: alteration.table, before: old, after: column }]
  })
  const all = { ...alteration, changes: [...changes, ...followers] }
  const remade = remadeColumns(all)
  return { ...all, changes: all.changes.filter((change) => !isDoneByRemaking(change, remade)) }
}

function columnOf({ columns }: Table, name: string): Column | undefined {
  return columns.find((column) => column.name === name)
}

/** The columns that are dropped and added again. */
export function remadeColumns(alteration: Alteration): ReadonlySet<string> {
  return new Set(
    changesOf(alteration, 'setGenerated')
      .filter((change) => isRemade(change, alteration))
      .map((change) => change.after.name),
  )
}

/** A column that is made anew is made as it is to be. */
function isDoneByRemaking(change: TableChange, remade: ReadonlySet<string>): boolean {
  switch (change.kind) {
    case 'setType':
    case 'setDefault':
    case 'setAutoIncrement':
    case 'setColumnComment':
      return remade.has(change.after.name)
    case 'setNotNull':
    case 'dropNotNull':
      return remade.has(change.column.name)
    default:
      return false
  }
}

import type { StatementStep } from '../../schema/step.ts'
import type { TableChange, TableChangeKind } from '../shared/table-changes.ts'
import { type Alteration, traitsOf } from './alteration.ts'
import { type ColumnChange, columnOf, isColumnChange } from './column-changes.ts'
import { addColumn, changeColumn, dropColumn, type Way } from './column-ways.ts'
import {
  addCheck,
  addIndex,
  addingIndex,
  addUnique,
  dropCheck,
  dropIndex,
  dropUnique,
  noExclusion,
  renameCheck,
  renameIndex,
  renameUnique,
  setPrimaryKey,
  setTableComment,
  validateCheck,
} from './constraint-ways.ts'
import { addingForeignKey, droppingForeignKey } from './foreign-key-steps.ts'
import { type KeyIndexes, keyIndexes } from './key-indexes.ts'
import { restated } from './restate.ts'
import { indexFor } from './servers-indexes.ts'
import { stepsOf, type Work } from './table-work.ts'
import { fold } from './tokens.ts'

/** What is not made by saying a column again. */
type OtherKind = Exclude<TableChangeKind, ColumnChange['kind']>

const ways: { readonly [Kind in OtherKind]: Way<Kind> } = {
  addCheck,
  addColumn,
  addExclusion: noExclusion,
  addIndex,
  addUnique,
  dropCheck,
  dropColumn,
  dropExclusion: noExclusion,
  dropIndex,
  dropUnique,
  renameCheck,
  renameExclusion: noExclusion,
  renameIndex,
  renameUnique,
  setPrimaryKey,
  setTableComment,
  validateCheck,
}

/** The steps of all that happens to one table, but for the foreign keys that come. */
export function alterationSteps(declared: Alteration): readonly StatementStep[] {
  const needs = keyIndexes(declared)
  const alteration: Alteration = { ...declared, waitingDrops: needs.waitingDrops }
  const { works, renamesDone } = restated(alteration)
  const changes = inOrder(alteration.changes.filter((change) => !renamesDone.has(change)))
  const columns = Map.groupBy(changes.filter(isColumnChange), (change) => fold(columnOf(change)))
  const altered = {
    table: alteration.table,
    traits: traitsOf([alteration.before, alteration.real], [alteration.after], alteration.flavour),
    flavour: alteration.flavour,
  }
  return stepsOf(altered, [
    keysGone(alteration),
    ...[...columns.values()].map((own) => changeColumn(own, alteration)),
    ...changes.filter(isOther).map((change) => workOf(change, alteration)),
    ...works,
    keysServed(needs, alteration),
    keysComing(alteration),
  ])
}

function isOther(change: TableChange): change is TableChange<OtherKind> {
  return !isColumnChange(change)
}

function workOf<Kind extends OtherKind>(change: TableChange<Kind>, alteration: Alteration): Work {
  const way: Way<Kind> = ways[change.kind]
  return way(change, alteration)
}

/** What frees names comes first, and of the columns that go those that are computed from others. */
function inOrder(changes: readonly TableChange[]): readonly TableChange[] {
  const rank = (change: TableChange): number => {
    if (change.kind === 'dropColumn') return change.column.generated === undefined ? 2 : 1
    return change.kind.startsWith('drop') ? 0 : 3
  }
  return changes.toSorted((a, b) => rank(a) - rank(b))
}

/** Foreign keys that go, each with the index that the server has made for it. */
function keysGone(alteration: Alteration): Work {
  return { gone: alteration.goingKeys.flatMap((key) => droppingForeignKey(key, alteration)) }
}

/** Foreign keys that come, behind the indexes that come for them. */
function keysComing({ table, comingKeys, names }: Alteration): Work {
  return { constraints: comingKeys.map((key) => addingForeignKey(table, key, names)) }
}

/** An index for each foreign key that loses the one it has. */
function keysServed({ unserved }: KeyIndexes, alteration: Alteration): Work {
  return {
    constraints: unserved.map((key) => {
      const index = alteration.names.claimIndex(alteration.table, indexFor(key))
      return { ...addingIndex(index, alteration), together: true }
    }),
  }
}

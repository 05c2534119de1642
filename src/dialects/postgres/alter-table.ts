import { names, sql } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import { changesOf, type TableChange, type TableChangeKind } from '../shared/table-changes.ts'
import type { Alteration } from './alteration.ts'
import {
  addColumn,
  dropColumn,
  dropNotNull,
  setAutoIncrement,
  setColumnComment,
  setDefault,
  setGenerated,
  setNotNull,
  setType,
  type Way,
} from './column-ways.ts'
import {
  addCheck,
  addExclusion,
  addIndex,
  addUnique,
  dropCheck,
  dropExclusion,
  dropIndex,
  dropUnique,
  renameCheck,
  renameExclusion,
  renameIndex,
  renameUnique,
  setPrimaryKey,
  setTableComment,
  validateCheck,
} from './constraint-ways.ts'
import { tableName } from './table-name.ts'
import { statement, stepsOf, type Work } from './work.ts'

const ways: { readonly [Kind in TableChangeKind]: Way<Kind> } = {
  addCheck,
  addColumn,
  addExclusion,
  addIndex,
  addUnique,
  dropCheck,
  dropColumn,
  dropExclusion,
  dropIndex,
  dropNotNull,
  dropUnique,
  renameCheck,
  renameExclusion,
  renameIndex,
  renameUnique,
  setAutoIncrement,
  setColumnComment,
  setDefault,
  setGenerated,
  setNotNull,
  setPrimaryKey,
  setTableComment,
  setType,
  validateCheck,
}

/** The steps of all that happens to one table, but for its foreign keys. */
export function alterationSteps(alteration: Alteration): readonly Step[] {
  const works = inOrder(alteration.changes).map((change) => workOf(change, alteration))
  return [...stepsOf(alteration.table, works), ...analysis(alteration)]
}

function workOf<Kind extends TableChangeKind>(change: TableChange<Kind>, alteration: Alteration): Work {
  const way: Way<Kind> = ways[change.kind]
  return way(change, alteration)
}

/** What frees names comes first, and of the columns that go those that compute from others. */
function inOrder(changes: readonly TableChange[]): readonly TableChange[] {
  const rank = (change: TableChange): number => {
    if (change.kind === 'setGenerated') return 1
    if (change.kind === 'dropColumn') return change.column.generated === undefined ? 2 : 1
    return change.kind.startsWith('drop') ? 0 : 3
  }
  return changes.toSorted((a, b) => rank(a) - rank(b))
}

/** Another type of a column throws away what the planner of queries knows of it, even where no row is written. */
function analysis(alteration: Alteration): readonly Step[] {
  const columns = changesOf(alteration, 'setType').map(({ after }) => after.name)
  if (columns.length === 0) return []
  return [
    {
      ...statement(sql`ANALYZE ${tableName(alteration.table)} (${names(columns)})`),
      note: 'another type throws away the statistics of a column',
    },
  ]
}

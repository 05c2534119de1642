import { assertNever } from '../../lib/assert-never.ts'
import type { Change } from '../../schema/change.ts'
import type { Named } from '../../schema/schema.ts'
import { swapsOf } from './swaps.ts'

/**
 * Whether a plan for these changes must know something of the real database: the name that an object got or can get, what stands on a column or key that
 * changes, or who uses a type that is made anew.
 */
export function needsFacts(changes: readonly Change[]): boolean {
  const created = new Set(changes.flatMap((change) => (change.kind === 'createTable' ? [change.table.name] : [])))
  return changes.some((change) => needsFactsFor(change, created)) || swapsOf(changes).length > 0
}

function needsFactsFor(change: Change, created: ReadonlySet<string>): boolean {
  const isGenerated = ({ generatedName }: Named): boolean => generatedName === true
  switch (change.kind) {
    case 'createObject':
    case 'dropObject':
    case 'alterEnum':
    case 'renameTable':
    case 'renameColumn':
    case 'addColumn':
    case 'dropColumn':
    case 'dropNotNull':
    case 'setDefault':
    case 'setColumnComment':
    case 'setTableComment':
      return false
    case 'copyRows':
      // A constraint that is put off is in the way of an ALTER TABLE that follows.
      return change.onlyNew === true
    case 'setNotNull':
      // A constraint that is put off is in the way of ALTER TABLE after the values are filled in.
      return change.fill !== undefined
    case 'createTable':
      return change.table.uniques.some(isGenerated)
    case 'dropTable':
    case 'setType':
    case 'setGenerated':
    case 'setAutoIncrement':
    case 'setPrimaryKey':
    case 'dropUnique':
    case 'renameUnique':
      return true
    case 'addUnique':
      return isGenerated(change.unique)
    case 'addCheck':
      return isGenerated(change.check)
    case 'dropCheck':
    case 'validateCheck':
      return isGenerated(change.check)
    case 'renameCheck':
    case 'renameIndex':
    case 'renameExclusion':
      return isGenerated(change.before) || isGenerated(change.after)
    case 'addExclusion':
    case 'dropExclusion':
      return isGenerated(change.exclusion)
    case 'addIndex':
    case 'dropIndex':
      return isGenerated(change.index) || change.concurrently === true
    case 'addForeignKey':
      // No constraint of a new table is there yet whose name could be taken.
      return isGenerated(change.foreignKey) && !created.has(change.table)
    case 'dropForeignKey':
      return isGenerated(change.foreignKey)
    default:
      return assertNever(change)
  }
}

import { assertNever } from '../../lib/assert-never.ts'
import type { Change } from '../../schema/change.ts'
import type { Named } from '../../schema/schema.ts'

/**
 * Whether a plan for these changes must know something of the real database: the name that an object got or can get, or what stands on a column or key
 * that changes.
 */
export function needsFacts(changes: readonly Change[]): boolean {
  return changes.some(needsFactsFor)
}

function needsFactsFor(change: Change): boolean {
  const isGenerated = ({ generatedName }: Named): boolean => generatedName === true
  switch (change.kind) {
    case 'createObject':
    case 'dropObject':
    case 'alterEnum':
    case 'renameTable':
    case 'copyRows':
    case 'setTableComment':
    case 'validateCheck':
    case 'addExclusion':
    case 'dropExclusion':
    case 'renameExclusion':
      return false
    case 'createTable':
      return [...change.table.uniques, ...change.table.checks].some(isGenerated)
    case 'renameColumn':
    case 'addColumn':
    case 'dropColumn':
    case 'dropTable':
    case 'setType':
    case 'setNotNull':
    case 'dropNotNull':
    case 'setDefault':
    case 'setGenerated':
    case 'setAutoIncrement':
    case 'setColumnComment':
    case 'setPrimaryKey':
    case 'dropUnique':
    case 'dropIndex':
    case 'dropForeignKey':
      return true
    case 'addUnique':
      return isGenerated(change.unique)
    case 'renameUnique':
    case 'renameCheck':
    case 'renameIndex':
      return isGenerated(change.before) || isGenerated(change.after)
    case 'addCheck':
    case 'dropCheck':
      return isGenerated(change.check)
    case 'addIndex':
      return isGenerated(change.index)
    case 'addForeignKey':
      return isGenerated(change.foreignKey)
    default:
      return assertNever(change)
  }
}

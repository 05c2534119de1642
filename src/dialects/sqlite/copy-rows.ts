import type { Change } from '../../schema/change.ts'
import { name } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import { copyRowsStatement } from '../shared/copy-rows.ts'
import { statement } from './rebuild.ts'

/** Copies rows of one table to another. */
export function copyRows(change: Change<'copyRows'>): Step {
  return { ...statement(copyRowsStatement(change, name)), scans: true }
}

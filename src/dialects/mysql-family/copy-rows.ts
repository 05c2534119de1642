import type { Change } from '../../schema/change.ts'
import { name } from '../../schema/sql.ts'
import type { StatementStep } from '../../schema/step.ts'
import { copyRowsStatement } from '../shared/copy-rows.ts'
import { writing } from './work.ts'

/** Rows of one table copied to another. The server numbers on behind the highest number that it was given. */
export function copyRows(change: Change<'copyRows'>): StatementStep {
  return { ...writing(copyRowsStatement(change, name)), rewrites: true }
}

import type { Change } from '../../schema/change.ts'
import type { Table } from '../../schema/schema.ts'
import type { Step } from '../../schema/step.ts'
import { copyRowsStatement } from '../shared/copy-rows.ts'
import { continueNumbers } from './numbering.ts'
import { settleConstraints } from './settle.ts'
import { tableName } from './table-name.ts'
import { statement } from './work.ts'

/** Copies rows of one table to another. `real` is the other as the database has it, where it is not new. */
export function copyRows(
  change: Change<'copyRows'>,
  { after, real }: { readonly after: Table | undefined; readonly real: Table | undefined },
): readonly Step[] {
  const { to, columns } = change
  const numbered = after?.columns.find(
    (column) => column.autoIncrement && columns.some((copied) => copied.to === column.name),
  )
  return [
    { ...statement(copyRowsStatement(change, tableName)), scans: true },
    ...(numbered === undefined ? [] : [continueNumbers(to, numbered.name)]),
    ...(real === undefined ? [] : settleConstraints(to, real)),
  ]
}

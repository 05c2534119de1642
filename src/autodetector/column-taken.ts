import { hasColumn } from '../fields/database-options.ts'
import { columnName } from '../state/names.ts'
import type { ModelState } from '../state/project-state.ts'

/** Whether another field of the model has a column of this name; some databases tell no upper from lower case. */
export function isColumnTaken(model: ModelState, column: string, except: string): boolean {
  return model.fields.some(
    ({ name, field }) =>
      name !== except && hasColumn(field) && columnName(name, field).toLowerCase() === column.toLowerCase(),
  )
}

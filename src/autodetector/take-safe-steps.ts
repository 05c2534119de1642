import { snakeCase } from '../lib/snake-case.ts'
import { alterField } from '../operations/alter-field.ts'
import { columnName, tableName } from '../state/names.ts'
import { keyFields } from '../state/table-facets.ts'
import { backfillOperation } from './backfill.ts'
import type { Work } from './work.ts'

/**
 * The second and third of the safe three steps: NULL is replaced batch by batch, then the column is made NOT NULL. The third carries the value as
 * well, for rows that programs which do not know the column wrote in between.
 */
export function takeSafeSteps({ draft, kept, fills }: Work): void {
  const safe = kept.flatMap(({ key, after }) =>
    after.fields.flatMap((entry) => {
      const decision = fills.get(`${key}.${entry.name}`)
      return decision?.kind === 'safeSteps' ? [{ model: after, ...entry, value: decision.value }] : []
    }),
  )
  for (const { model, name, field, value } of safe) {
    const backfill = backfillOperation({
      table: tableName(model.app, model.name, model.options),
      column: columnName(name, field),
      key: keyFields(model).map((entry) => columnName(entry.name, entry.field)),
      value,
    })
    const fragment = `backfill_${snakeCase(model.name)}_${snakeCase(name)}`
    draft.emit(model.app, backfill, { stage: 'backfill', fragment })
  }
  for (const { model, name, field, value } of safe) {
    draft.emit(model.app, alterField({ model: model.name, name, field, fillExisting: value }), { stage: 'tighten' })
  }
}

import { snakeCase } from '../lib/snake-case.ts'
import { alterField } from '../operations/alter-field.ts'
import { fillNulls } from '../operations/fill-nulls.ts'
import type { Work } from './work.ts'

/**
 * The second and third of the safe three steps: NULL is replaced batch by batch, then the column is made NOT NULL. The third carries the value as
 * well, for rows that programs which do not know the column wrote in between.
 */
export function takeSafeSteps({ draft, kept, fills }: Work): void {
  const safe = kept.flatMap(({ key, after }) =>
    after.fields.flatMap((entry) => {
      const decision = fills.get(`${key}.${entry.name}`)
      return decision?.kind === 'safeSteps' ? [{ model: after, entry, value: decision.value }] : []
    }),
  )
  for (const { model, entry, value } of safe) {
    const fragment = `backfill_${snakeCase(model.name)}_${snakeCase(entry.name)}`
    draft.emit(model.app, fillNulls(model, entry, value), { stage: 'backfill', fragment })
  }
  for (const { model, entry, value } of safe) {
    const { name, field } = entry
    draft.emit(model.app, alterField({ model: model.name, name, field, fillExisting: value }), { stage: 'tighten' })
  }
}

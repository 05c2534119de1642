import { attributeName } from '../query/shape.ts'
import type { Value } from '../schema/value.ts'
import type { FieldState, ModelState } from '../state/project-state.ts'
import type { Batched } from './batch-work.ts'
import { batched } from './batched.ts'

/** Replaces NULL by a value in one field, batch by batch. */
export function fillNulls(model: ModelState, entry: FieldState, value: Value): Batched {
  const name = attributeName(model, entry)
  return batched({
    model: model.name,
    where: { [name]: null },
    run: { set: { [name]: value } },
    backwards: 'nothing',
    // Where there can be no row yet, there is nothing to fill.
    elidable: true,
  })
}

import { withoutHints } from '../fields/database-options.ts'
import type { Field } from '../fields/field.ts'
import { modelKey } from './project-state.ts'

/** The field as a State keeps it: models are named in full (`'self'` and `'Model'` are short forms), and hints are gone. */
export function stateField(field: Field, app: string, model: string): Field {
  return withoutHints({
    ...field,
    ...(typeof field.to === 'string' && { to: qualifiedKey(field.to, app, model) }),
    ...(typeof field.through === 'string' && { through: qualifiedKey(field.through, app, model) }),
  })
}

/** The key of the model that a field of another names as `'app.Model'`, as `'Model'` of the same app, or as `'self'`. */
export function qualifiedKey(target: string, app: string, model: string): string {
  if (target === 'self') return modelKey(app, model)
  return target.includes('.') ? target : modelKey(app, target)
}

/** The field with its relations to one model pointed at another; the same object when it has none. */
export function repointed(field: Field, from: string, to: string): Field {
  if (field.to !== from && field.through !== from) return field
  return {
    ...field,
    ...(field.to === from ? { to } : {}),
    ...(field.through === from ? { through: to } : {}),
  }
}

/** What a field says of its target and its join model: keys, once it is in a State. */
export function namedModels(field: Field): readonly string[] {
  return [field.to, field.through].filter((key) => typeof key === 'string')
}

import type { Field } from '../fields/field.ts'
import { isGenerated, isManyToMany } from './field-facts.ts'

/**
 * Whether one field cannot be altered into the other, so that the old one is removed and the new one added: a column becomes a join table or comes
 * to be computed, or the other way round, or a join table joins something else.
 */
export function mustReplace(before: Field, after: Field): boolean {
  if (isManyToMany(before) || isManyToMany(after)) {
    return !(isManyToMany(before) && isManyToMany(after) && before.to === after.to && before.through === after.through)
  }
  return isGenerated(before) !== isGenerated(after)
}

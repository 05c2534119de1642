import type { Field } from '../fields/field.ts'
import { isGenerated, isManyToMany } from './field-facts.ts'

/**
 * Whether one field cannot be altered into the other, so that the old one is removed and the new one added: a column becomes a join table or comes
 * to be computed, or the other way round, or a join table joins something else. A join model makes no difference to the database.
 */
export function mustReplace(before: Field, after: Field): boolean {
  if (isManyToMany(before) || isManyToMany(after)) {
    if (!isManyToMany(before) || !isManyToMany(after)) return true
    const [hadTable, hasTable] = [before.through === undefined, after.through === undefined]
    return hadTable !== hasTable || (hasTable && before.to !== after.to)
  }
  return isGenerated(before) !== isGenerated(after)
}

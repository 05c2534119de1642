import { structuralEqual } from '../lib/structural-equal.ts'
import { isSameConstraint } from '../operations/find-declaration.ts'
import type { AddConstraint, AddConstraintNotValid, AddIndex, AddIndexConcurrently } from '../operations/operation.ts'
import { renamedIndex } from '../operations/rename-index.ts'
import type { Rule, RulesAfter } from './rule.ts'

type Adding = AddIndex | AddIndexConcurrently
type AddingKind = Adding['kind']

const unlessKept: Rule<AddingKind, 'removeIndex' | 'removeIndexConcurrently'> = (first, second) =>
  structuralEqual(second.index, first.index) ? [] : undefined

/** What follows an index that is added, one way or the other. */
export const afterAddIndex: RulesAfter<AddingKind> = {
  removeIndex: unlessKept,
  removeIndexConcurrently: unlessKept,
  renameIndex: (first, second) =>
    structuralEqual(second.index, first.index) ? [{ ...first, index: renamedIndex(second) }] : undefined,
}

/** What follows another name of an index. */
export const afterRenameIndex: RulesAfter<'renameIndex'> = {
  renameIndex: (first, second) => {
    if (!structuralEqual(renamedIndex(first), second.index)) return undefined
    return first.index.name === second.name ? [] : [{ ...second, index: first.index }]
  },
  removeIndex: (first, second) =>
    structuralEqual(renamedIndex(first), second.index) ? [{ ...second, index: first.index }] : undefined,
  removeIndexConcurrently: (first, second) =>
    structuralEqual(renamedIndex(first), second.index) ? [{ ...second, index: first.index }] : undefined,
}

const gone: Rule<'addConstraint' | 'addConstraintNotValid', 'removeConstraint'> = (first, second) =>
  isSameConstraint(first.constraint, second.constraint) ? [] : undefined

const addedAsAltered: Rule<'addConstraint' | 'addConstraintNotValid', 'alterConstraint'> = (first, second) => {
  const { constraint, name } = second
  if (name !== first.constraint.name || ('notValid' in constraint && constraint.notValid)) return undefined
  return [{ kind: 'addConstraint', model: first.model, constraint }]
}

/** What follows a constraint that is added. */
export const afterAddConstraint: RulesAfter<AddConstraint['kind']> = {
  removeConstraint: gone,
  alterConstraint: addedAsAltered,
}

/** What follows a check that has not looked at the rows. */
export const afterAddConstraintNotValid: RulesAfter<AddConstraintNotValid['kind']> = {
  removeConstraint: gone,
  alterConstraint: addedAsAltered,
  // Apart, they keep nobody waiting.
  validateConstraint: (first, second, { elide }) =>
    elide && second.name === first.constraint.name ? [{ ...first, kind: 'addConstraint' }] : undefined,
}

/** What follows another content of a constraint. */
export const afterAlterConstraint: RulesAfter<'alterConstraint'> = {
  alterConstraint: (first, second) =>
    second.name === first.constraint.name ? [{ ...first, constraint: second.constraint }] : undefined,
}

/** What follows a check that has looked at the rows after all. */
export const afterValidateConstraint: RulesAfter<'validateConstraint'> = {
  removeConstraint: (first, second) => (second.constraint.name === first.name ? [second] : undefined),
  alterConstraint: (first, second) => (second.name === first.name ? [second] : undefined),
}

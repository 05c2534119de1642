import type { Field } from '../fields/field.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import type { ColumnType } from '../schema/column-type.ts'
import { throughKeys } from '../state/pairs-of.ts'
import { findModel, keyOf, type ModelState, type ProjectState } from '../state/project-state.ts'
import { keyFields } from '../state/table-facets.ts'
import { columnTypeOf, isForeignKey, isGenerated, isManyToMany, needsValue } from './field-facts.ts'
import type { RelationWay } from './question.ts'
import type { ReplacedKeys } from './replaced-keys.ts'
import { sameFamily } from './type-families.ts'

/**
 * What becomes of what a field holds, where it is a relation or comes to be one: `own` as of any other field, `copied` to where the new field holds
 * its pairs; or it is for a person to say.
 */
export type RelationFate = 'own' | 'copied' | { readonly change: string; readonly ways: readonly RelationWay[] }

/** A field of a model, as it was (renames done) and as it is to be. */
export interface RelationPair {
  readonly old: { readonly model: ModelState; readonly name: string; readonly field: Field }
  readonly now: { readonly model: ModelState; readonly name: string; readonly field: Field }
  readonly before: ProjectState
  readonly after: ProjectState
  readonly keys: ReplacedKeys
}

/** Decides it by what the two fields are. Nothing that a relation holds goes without a question, but what stays in a join model stays. */
export function relationFate(pair: RelationPair): RelationFate {
  const [before, after] = [pair.old.field, pair.now.field]
  if (isCopied(pair)) return 'copied'
  const places = [holder(before), holder(after)]
  const joins = places[0] === 'join table' && places[1] === 'join table'
  const points = isForeignKey(before) && isForeignKey(after)
  if (joins || points) {
    if (before.to === after.to) return keyFate(pair, joins ? 'joins' : 'points at')
    const change = `${joins ? 'joins' : 'points at'} ${String(after.to)} instead of ${String(before.to)}`
    return { change, ways: joins ? ['drop'] : waysOfKey(pair) }
  }
  if (!isManyToMany(before) && !isManyToMany(after)) return 'own'
  if (places[0] === 'join model' || isGenerated(before)) return 'own'
  return { change: `is kept in ${inWords(after)} instead of a ${places[0]}`, ways: ['drop'] }
}

/** The same relation, which may mean other rows from now on: of its target, or of its own model where it is a join table. */
function keyFate(pair: RelationPair, what: string): RelationFate {
  const { now, keys } = pair
  const own = isManyToMany(now.field) ? keys(keyOf(now.model)) : undefined
  const replaced = own ?? keys(String(now.field.to))
  if (replaced === undefined) return 'own'
  const whose = own === undefined ? String(now.field.to) : keyOf(now.model)
  return { change: `${what} ${whose} by ${replaced.is} instead of ${replaced.was}`, ways: waysOfKey(pair) }
}

/** Whether the new field can hold the very pairs that the old one holds, in another place. */
function isCopied({ old, now, before, after, keys }: RelationPair): boolean {
  const places = [holder(old.field), holder(now.field)]
  if (old.field.to === undefined || old.field.to !== now.field.to || places[0] === places[1]) return false
  if ([old, now].some(({ model, name }) => keyFields(model).some((key) => key.name === name))) return false
  if ([old, now].some(({ model }) => keyFields(model).length !== 1)) return false
  if (keys(keyOf(now.model)) !== undefined || keys(String(now.field.to)) !== undefined) return false
  const canRead = places[0] !== 'join model' || joinModel(before, old.model, old.field) !== undefined
  return canRead && (places[1] !== 'join model' || canWrite({ now, before, after }))
}

/** Whether rows can be added to the join model: all that it asks for is the two keys, and it is new or has them already. */
function canWrite({ now, before, after }: Pick<RelationPair, 'now' | 'before' | 'after'>): boolean {
  const wanted = joinModel(after, now.model, now.field)
  const isNew = findModel(before, String(now.field.through)) === undefined
  return wanted?.others.every(canBeLeftOut) === true && (isNew || joinModel(before, now.model, now.field) !== undefined)
}

/** A join model with the keys that it joins by; undefined where its rows are not for Godwit to write. */
function joinModel(state: ProjectState, model: ModelState, field: Field) {
  const through = findModel(state, String(field.through))
  const keys = through && throughKeys(through, keyOf(model), field)
  if (through === undefined || keys === undefined || through.options.managed === false) return undefined
  return { others: through.fields.filter((entry) => entry !== keys.source && entry !== keys.target) }
}

function canBeLeftOut({ field }: { readonly field: Field }): boolean {
  return !needsValue(field)
}

function waysOfKey({ old, now, before, after }: RelationPair): readonly RelationWay[] {
  const inKey = [old, now].some(({ model, name }) => keyFields(model).some((key) => key.name === name))
  if (inKey) return ['keep']
  const targets = [columnTypeOf(before, old.field), columnTypeOf(after, now.field)] as const
  const sources = [typeOfKey(before, old.model), typeOfKey(after, now.model)] as const
  const pairs = isManyToMany(now.field) ? [sources, targets] : [targets]
  const fit = pairs.every(([was, is]) => structuralEqual(was, is) || sameFamily(was, is))
  return fit ? ['keep', 'drop'] : ['drop']
}

function typeOfKey(state: ProjectState, model: ModelState): ColumnType | undefined {
  const [key] = keyFields(model)
  return key && columnTypeOf(state, key.field)
}

function holder(field: Field): 'join model' | 'join table' | 'column' {
  if (!isManyToMany(field)) return 'column'
  return field.through === undefined ? 'join table' : 'join model'
}

function inWords(field: Field): string {
  const place = holder(field)
  return place === 'join model' ? `the model ${String(field.through)}` : `a ${place}`
}

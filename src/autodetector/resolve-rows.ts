import { isDefaultFunction } from '../fields/default-functions.ts'
import type { Field } from '../fields/field.ts'
import type { Value } from '../schema/value.ts'
import { findField } from '../state/project-state.ts'
import { keyFields } from '../state/table-facets.ts'
import { isManyToMany, needsValue } from './field-facts.ts'
import type { Inquiry } from './inquiry.ts'
import { mustReplace } from './must-replace.ts'
import type { ModelPair, Surroundings } from './resolve-field-renames.ts'
import { type FillDecision, resolveFill, resolveRestore } from './resolve-fills.ts'
import type { Relations } from './resolve-relations.ts'
import type { Renames } from './resolve-renames.ts'

/** What existing rows get, where the models alone do not say it. Each map is by `app.Model.field`. */
export interface Rows {
  readonly fills: ReadonlyMap<string, FillDecision>
  readonly restores: ReadonlyMap<string, Value>
  /** Fields that are to be NULL after all. */
  readonly nullable: readonly { readonly model: string; readonly field: string }[]
}

interface RowSurroundings extends Surroundings {
  readonly renames: Renames
  readonly relations: Relations
}

/** Settles by answers what existing rows get, forwards and backwards, or asks. A table in other hands is not asked about. */
export function resolveRows(pairs: readonly ModelPair[], surroundings: RowSurroundings, inquiry: Inquiry): Rows {
  const fills = new Map<string, FillDecision>()
  const restores = new Map<string, Value>()
  const managed = pairs.filter(
    ({ before, after }) => before.options.managed !== false && after.options.managed !== false,
  )
  for (const pair of managed) {
    for (const [path, decision] of fillsFor(pair, surroundings, inquiry)) fills.set(path, decision)
    for (const [path, value] of restoresFor(pair, surroundings, inquiry)) restores.set(path, value)
  }
  const nullable = managed.flatMap(({ key, after }) =>
    after.fields
      .filter(({ name }) => fills.get(`${key}.${name}`)?.kind === 'makeNullable')
      .map(({ name }) => ({ model: key, field: name })),
  )
  return { fills, restores, nullable }
}

function* fillsFor(
  { key, before, after }: ModelPair,
  { after: state, renames, relations, open }: RowSurroundings,
  inquiry: Inquiry,
): Generator<readonly [string, FillDecision]> {
  const keys = new Set(keyFields(after).map(({ name }) => name))
  for (const { name, field } of after.fields) {
    const path = `${key}.${name}`
    // What the field points at may turn out to be another model, and the field itself another one.
    if (renames.open.has(path) || open.has(String(field.to)) || relations.copies.has(path)) continue
    const old = findField(before, renames.renamed.get(path) ?? name)?.field
    const isNew = old === undefined || mustReplace(old, field) || relations.replaced.has(path)
    const kind = isNew ? 'notNullAddition' : 'notNullAlteration'
    const asks = kind === 'notNullAddition' ? needsValue(field) : old !== undefined && becomesRequired(old, field)
    if (!asks) continue
    const decision = resolveFill({ kind, model: key, name, field, state, inKey: keys.has(name) }, inquiry)
    if (decision !== undefined) yield [path, decision]
  }
}

function* restoresFor(
  { key, before, after }: ModelPair,
  { before: state, renames }: RowSurroundings,
  inquiry: Inquiry,
): Generator<readonly [string, Value]> {
  const renamed = new Map(
    after.fields.flatMap(({ name }) => {
      const old = renames.renamed.get(`${key}.${name}`)
      return old === undefined ? [] : [[old, name] as const]
    }),
  )
  const mayBeRenamed = new Set(after.fields.flatMap(({ name }) => renames.open.get(`${key}.${name}`) ?? []))
  for (const { name, field } of before.fields) {
    if (!needsValue(field) || mayBeRenamed.has(name)) continue
    const present = renamed.get(name) ?? name
    const wanted = findField(after, present)?.field
    if (wanted !== undefined && wanted.null !== true) continue
    const removed = wanted === undefined
    const value = resolveRestore({ model: key, name: present, field, state, removed }, inquiry)
    if (value !== undefined) yield [`${key}.${present}`, value]
  }
}

/** Whether NULLs that are there must be replaced, and the field does not say by what. */
function becomesRequired(before: Field, after: Field): boolean {
  if (before.null !== true || after.null === true || isManyToMany(after)) return false
  return needsValue(after) || isDefaultFunction(after.default)
}

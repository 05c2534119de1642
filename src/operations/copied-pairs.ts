import { fail } from '../errors/error.ts'
import { relationOf } from '../fields/database-options.ts'
import { invariant } from '../lib/invariant.ts'
import type { Intent } from '../schema/intent.ts'
import { type KeptPairs, pairsOf } from '../state/pairs-of.ts'
import { type FieldState, findField, keyOf, type ModelState, type ProjectState } from '../state/project-state.ts'
import { modelUnder } from '../state/with-model.ts'
import { siteOf } from './checks.ts'
import type { OperationContext } from './operation-definition.ts'

/** A relation of a model that is to hold what another one holds, in a State that has both. */
export interface PairsCopy {
  readonly model: ModelState
  readonly from: FieldState
  readonly to: FieldState
}

/** The copy between two fields that a model is known to have. */
export function copyBetween(state: ProjectState, key: string, from: string, to: string): PairsCopy {
  const model = modelUnder(state, key)
  const [old, now] = [findField(model, from), findField(model, to)]
  invariant(old !== undefined && now !== undefined, `${key} has the fields ${from} and ${to}`)
  return { model, from: old, to: now }
}

/** What copying wants of the database. Rows that other hands look after are left alone. */
export function copyIntents(state: ProjectState, { model, from, to }: PairsCopy): readonly Intent[] {
  const [old, now] = [pairsOf(state, model, from), pairsOf(state, model, to)]
  if (old === undefined || now === undefined) return []
  if (now.in !== 'column') return [{ kind: 'copyPairs', from: old.pairs, to: now.pairs }]
  return [{ kind: 'lookUp', column: now.pairs.target, key: now.pairs.source, pairs: old.pairs }]
}

/** Whether one relation can hold what the other holds. */
export function canCopy(state: ProjectState, copy: PairsCopy): boolean {
  return problemWith(state, copy) === undefined
}

/** Fails with `migrations.operationPairsNotCopied` where one relation cannot hold what the other holds. */
export function requireCopy(state: ProjectState, copy: PairsCopy, context: OperationContext): void {
  const problem = problemWith(state, copy)
  if (problem === undefined) return
  const [field, from] = [copy.to.name, copy.from.name]
  fail('migrations.operationPairsNotCopied', { ...siteOf(context), model: keyOf(copy.model), field, from, problem })
}

function problemWith(state: ProjectState, { model, from, to }: PairsCopy): string | undefined {
  const relations = [from, to].map(({ field }) => relationOf(field))
  if (relations.includes(undefined) || !relations.includes('manyToMany') || from === to) {
    return 'both must be relations, and one of them a many-to-many'
  }
  if (from.field.to !== to.field.to) return `one leads to ${String(from.field.to)}, the other to ${String(to.field.to)}`
  const places = [pairsOf(state, model, from), pairsOf(state, model, to)]
  if (places.includes(undefined))
    return 'a primary key of several fields, or a join model without both keys, pairs nothing'
  return places.flatMap((place) => unmanaged(place) ?? [])[0]
}

function unmanaged(place: KeptPairs | undefined): string | undefined {
  return place?.owner.options.managed === false ? `the table of ${keyOf(place.owner)} is in other hands` : undefined
}

import { relationOf } from '../fields/database-options.ts'
import type { Pairs } from '../schema/intent.ts'
import { type FieldState, findField, findModel, keyOf, type ModelState, type ProjectState } from './project-state.ts'
import { keyFields } from './table-facets.ts'

/** Where a relation keeps its pairs, and the model whose option `managed` says whether Godwit may write there. */
export interface KeptPairs {
  readonly in: 'column' | 'joinTable' | 'joinModel'
  readonly owner: ModelState
  readonly pairs: Pairs
}

/** Where a field of a model keeps which row belongs to which; undefined for what is no relation, or leads nowhere. */
export function pairsOf(
  state: ProjectState,
  model: ModelState,
  { identity, field }: FieldState,
): KeptPairs | undefined {
  const relation = relationOf(field)
  if (relation === undefined) return undefined
  if (relation !== 'manyToMany') {
    const [key, another] = keyFields(model)
    if (key === undefined || another !== undefined) return undefined
    return { in: 'column', owner: model, pairs: { source: key.identity, target: identity } }
  }
  if (field.through === undefined) {
    return {
      in: 'joinTable',
      owner: model,
      pairs: { source: `${identity}.join.source`, target: `${identity}.join.target` },
    }
  }
  const through = findModel(state, String(field.through))
  const keys = through && throughKeys(through, keyOf(model), field)
  if (through === undefined || keys === undefined) return undefined
  return {
    in: 'joinModel',
    owner: through,
    pairs: { source: keys.source.identity, target: keys.target.identity },
  }
}

/** The foreign keys of a join model to the model that has the relation, and to its target: the ones that `throughFields` names, else the first ones. */
export function throughKeys(
  through: ModelState,
  source: string,
  { to, throughFields }: Pick<FieldState['field'], 'to' | 'throughFields'>,
): { readonly source: FieldState; readonly target: FieldState } | undefined {
  const named = throughFields?.map((name) => findField(through, name))
  const keys = through.fields.filter(({ field }) => field.to !== undefined && relationOf(field) !== 'manyToMany')
  const first = named === undefined ? keys.find(({ field }) => field.to === source) : named[0]
  const second = named === undefined ? keys.find((key) => key !== first && key.field.to === to) : named[1]
  return first === undefined || second === undefined ? undefined : { source: first, target: second }
}

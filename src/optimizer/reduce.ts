import { structuralEqual } from '../lib/structural-equal.ts'
import type { AddField, AlterField, CreateModel, Operation } from '../operations/operation.ts'
import { renamedIndex } from '../operations/rename-index.ts'
import { foldIntoCreateModel } from './fold-into-create-model.ts'

/** What two operations of one app come to, as if nothing stood between them; undefined when both are needed. */
export function reduce(first: Operation, second: Operation, app: string): readonly Operation[] | undefined {
  if (second.kind === 'deleteModel' && first.kind !== 'createModel') {
    return concerns(first) === second.name ? [second] : undefined
  }
  switch (first.kind) {
    case 'createModel':
      return afterCreateModel(first, second, app)
    case 'renameModel':
      if (second.kind !== 'renameModel' || second.from !== first.to) return undefined
      return second.to === first.from ? [] : [{ ...first, to: second.to }]
    case 'alterModelTable':
    case 'alterModelTableComment':
    case 'alterModelOptions':
      return second.kind === first.kind && second.name === first.name ? [second] : undefined
    case 'addField':
      return afterAddField(first, second)
    case 'alterField':
      return afterAlterField(first, second)
    case 'renameField':
      if (second.kind !== 'renameField' || second.model !== first.model || second.from !== first.to) return undefined
      return second.to === first.from ? [] : [{ ...first, to: second.to }]
    case 'addIndex':
      if (second.kind !== 'removeIndex' && second.kind !== 'renameIndex') return undefined
      if (second.model !== first.model || !structuralEqual(second.index, first.index)) return undefined
      return second.kind === 'removeIndex' ? [] : [{ ...first, index: renamedIndex(second) }]
    case 'createEnum':
      if (second.kind === 'deleteEnum') return second.name === first.name ? [] : undefined
      if (second.kind !== 'alterEnum' || second.name !== first.name) return undefined
      return [{ ...first, values: second.values }]
    case 'alterEnum':
      if (second.kind !== 'alterEnum' && second.kind !== 'deleteEnum') return undefined
      return second.name === first.name ? [second] : undefined
    case 'renameIndex':
      if (second.kind !== 'renameIndex' || second.model !== first.model) return undefined
      if (!structuralEqual(renamedIndex(first), second.index)) return undefined
      return first.index.name === second.name ? [] : [{ ...second, index: first.index }]
    case 'addConstraint':
      if (second.kind === 'removeConstraint' && second.model === first.model) {
        return structuralEqual(second.constraint, first.constraint) ? [] : undefined
      }
      if (second.kind !== 'alterConstraint' || second.model !== first.model) return undefined
      return second.name === first.constraint.name ? [{ ...first, constraint: second.constraint }] : undefined
    case 'alterConstraint':
      if (second.kind !== 'alterConstraint' || second.model !== first.model) return undefined
      return second.name === first.constraint.name ? [{ ...first, constraint: second.constraint }] : undefined
    default:
      return undefined
  }
}

/** The model of its app that an operation is about, by the name that it has before; or the enum, which no model can be called like. */
export function subjectOf(operation: Operation): string | undefined {
  return operation.kind === 'renameModel' ? operation.from : concerns(operation)
}

/** What an operation is about, by the name that it has afterwards. */
export function resultOf(operation: Operation): string | undefined {
  return operation.kind === 'renameModel' ? operation.to : concerns(operation)
}

function concerns(operation: Operation): string | undefined {
  switch (operation.kind) {
    case 'createModel':
    case 'deleteModel':
    case 'alterModelTable':
    case 'alterModelTableComment':
    case 'alterModelOptions':
      return operation.name
    case 'addField':
    case 'removeField':
    case 'alterField':
    case 'renameField':
    case 'addIndex':
    case 'removeIndex':
    case 'renameIndex':
    case 'addConstraint':
    case 'removeConstraint':
    case 'alterConstraint':
    case 'addIndexConcurrently':
    case 'removeIndexConcurrently':
    case 'addConstraintNotValid':
    case 'validateConstraint':
      return operation.model
    case 'createEnum':
    case 'alterEnum':
    case 'deleteEnum':
      return `enum ${operation.name}`
    default:
      return undefined
  }
}

function afterCreateModel(first: CreateModel, second: Operation, app: string): readonly Operation[] | undefined {
  if (subjectOf(second) !== first.name) return undefined
  if (second.kind === 'deleteModel') return []
  // A later migration validates the check, which it could not if it were valid from the start.
  if (second.kind === 'addConstraintNotValid' || second.kind === 'validateConstraint') return undefined
  return [foldIntoCreateModel(first, second, app)]
}

function afterAddField(first: AddField, second: Operation): readonly Operation[] | undefined {
  if (second.kind === 'renameField') {
    return second.model === first.model && second.from === first.name ? [{ ...first, name: second.to }] : undefined
  }
  if (second.kind !== 'alterField' && second.kind !== 'removeField') return undefined
  if (second.model !== first.model || second.name !== first.name) return undefined
  if (second.kind === 'removeField') return []
  if (second.cast !== undefined) return undefined
  const fillExisting = second.fillExisting ?? first.fillExisting
  return [{ ...first, field: second.field, ...(fillExisting !== undefined && { fillExisting }) }]
}

function afterAlterField(first: AlterField, second: Operation): readonly Operation[] | undefined {
  if (second.kind !== 'alterField' && second.kind !== 'removeField') return undefined
  if (second.model !== first.model || second.name !== first.name) return undefined
  if (second.kind === 'removeField') return [second]
  if ([first, second].some(({ cast, castRestored }) => cast !== undefined || castRestored !== undefined))
    return undefined
  const fillExisting = second.fillExisting ?? first.fillExisting
  const fillRestored = first.fillRestored ?? second.fillRestored
  return [
    {
      ...second,
      ...(fillExisting !== undefined && { fillExisting }),
      ...(fillRestored !== undefined && { fillRestored }),
    },
  ]
}

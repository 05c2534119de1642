import { assertNever } from '../lib/assert-never.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import type { ConstraintDeclaration, IndexDeclaration } from '../models/declarations.ts'
import type { Operation } from '../operations/operation.ts'
import { renamedIndex } from '../operations/rename-index.ts'
import { validated } from '../operations/validated.ts'

/** What an operation is about, as keys: which it is looked for under by those that come later, and which it looks under itself. */
export interface Keys {
  readonly found: readonly string[]
  readonly looks: readonly string[]
}

/**
 * The keys of an operation. Those that have a rule in common meet under a key, so that nobody walks over all operations of a model: whatever is about a
 * field meets the creation of its model and what is about that field, and the deletion of a model meets everything.
 */
export function keysOf(operation: Operation): Keys {
  switch (operation.kind) {
    case 'createModel':
      return { found: [modelOf(operation.name), anyOf(operation.name)], looks: [] }
    case 'deleteModel':
      return { found: [], looks: [anyOf(operation.name)] }
    case 'renameModel':
      return { found: [modelOf(operation.to), anyOf(operation.to)], looks: [modelOf(operation.from)] }
    case 'alterModelTable':
    case 'alterModelTableComment':
    case 'alterModelOptions':
      return within(operation.name, operation.kind)
    case 'addField':
    case 'removeField':
    case 'alterField':
      return within(operation.model, `field ${operation.name}`)
    case 'renameField':
      return within(operation.model, `field ${operation.from}`, `field ${operation.to}`)
    case 'addIndex':
    case 'removeIndex':
    case 'addIndexConcurrently':
    case 'removeIndexConcurrently':
      return within(operation.model, indexOf(operation.index))
    case 'renameIndex':
      return within(operation.model, indexOf(operation.index), indexOf(renamedIndex(operation)))
    case 'addConstraint':
    case 'removeConstraint':
    case 'addConstraintNotValid':
      return within(operation.model, constraintOf(operation.constraint))
    case 'alterConstraint':
      return within(operation.model, `constraint ${operation.name}`, constraintOf(operation.constraint))
    case 'validateConstraint':
      return within(operation.model, `constraint ${operation.name}`)
    case 'createEnum':
    case 'alterEnum':
    case 'deleteEnum':
      return { found: [`enum ${operation.name}`], looks: [`enum ${operation.name}`] }
    case 'createCollation':
    case 'deleteCollation':
      return { found: [`collation ${operation.name}`], looks: [`collation ${operation.name}`] }
    case 'moveModel':
    case 'createExtension':
    case 'deleteExtension':
    case 'runSql':
    case 'runCode':
    case 'batched':
    case 'separateDatabaseAndState':
    case 'custom':
      return { found: [], looks: [] }
    default:
      return assertNever(operation)
  }
}

/** The keys of what is about one part of a model, by what it is called before and afterwards. */
function within(model: string, before: string, after: string = before): Keys {
  return { found: [`${after} of ${model}`, anyOf(model)], looks: [`${before} of ${model}`, modelOf(model)] }
}

function modelOf(name: string): string {
  return `model ${name}`
}

function anyOf(model: string): string {
  return `any of ${model}`
}

function indexOf(index: IndexDeclaration): string {
  return `index ${canonicalJson(index)}`
}

function constraintOf(constraint: ConstraintDeclaration): string {
  return `constraint ${constraint.name ?? canonicalJson(validated(constraint))}`
}

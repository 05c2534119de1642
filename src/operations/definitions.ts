import type { Intent } from '../schema/intent.ts'
import type { ProjectState } from '../state/project-state.ts'
import { addConstraintDefinition } from './add-constraint.ts'
import { addConstraintNotValidDefinition } from './add-constraint-not-valid.ts'
import { addFieldDefinition } from './add-field.ts'
import { addIndexDefinition } from './add-index.ts'
import { addIndexConcurrentlyDefinition } from './add-index-concurrently.ts'
import { alterConstraintDefinition } from './alter-constraint.ts'
import { alterEnumDefinition } from './alter-enum.ts'
import { alterFieldDefinition } from './alter-field.ts'
import { alterModelOptionsDefinition } from './alter-model-options.ts'
import { alterModelTableDefinition } from './alter-model-table.ts'
import { alterModelTableCommentDefinition } from './alter-model-table-comment.ts'
import { batchedDefinition } from './batched.ts'
import { createCollationDefinition } from './create-collation.ts'
import { createEnumDefinition } from './create-enum.ts'
import { createExtensionDefinition } from './create-extension.ts'
import { createModelDefinition } from './create-model.ts'
import { customDefinition } from './custom.ts'
import { deleteCollationDefinition } from './delete-collation.ts'
import { deleteEnumDefinition } from './delete-enum.ts'
import { deleteExtensionDefinition } from './delete-extension.ts'
import { deleteModelDefinition } from './delete-model.ts'
import { moveModelDefinition } from './move-model.ts'
import type { Operation, OperationKind, Operations } from './operation.ts'
import type { OperationContext, OperationDefinition, OperationSymbol, Touches } from './operation-definition.ts'
import { removeConstraintDefinition } from './remove-constraint.ts'
import { removeFieldDefinition } from './remove-field.ts'
import { removeIndexDefinition } from './remove-index.ts'
import { removeIndexConcurrentlyDefinition } from './remove-index-concurrently.ts'
import { renameFieldDefinition } from './rename-field.ts'
import { renameIndexDefinition } from './rename-index.ts'
import { renameModelDefinition } from './rename-model.ts'
import { runCodeDefinition } from './run-code.ts'
import { runSqlDefinition } from './run-sql.ts'
import { separateDatabaseAndStateDefinition } from './separate-database-and-state.ts'
import { validateConstraintDefinition } from './validate-constraint.ts'

/** The table of operations, total over their kinds: a kind without a definition does not compile. */
export const definitions: { readonly [Kind in OperationKind]: OperationDefinition<Operations[Kind]> } = {
  createModel: createModelDefinition,
  deleteModel: deleteModelDefinition,
  renameModel: renameModelDefinition,
  moveModel: moveModelDefinition,
  alterModelTable: alterModelTableDefinition,
  alterModelTableComment: alterModelTableCommentDefinition,
  alterModelOptions: alterModelOptionsDefinition,
  addField: addFieldDefinition,
  removeField: removeFieldDefinition,
  alterField: alterFieldDefinition,
  renameField: renameFieldDefinition,
  addIndex: addIndexDefinition,
  removeIndex: removeIndexDefinition,
  renameIndex: renameIndexDefinition,
  addConstraint: addConstraintDefinition,
  removeConstraint: removeConstraintDefinition,
  alterConstraint: alterConstraintDefinition,
  addIndexConcurrently: addIndexConcurrentlyDefinition,
  removeIndexConcurrently: removeIndexConcurrentlyDefinition,
  addConstraintNotValid: addConstraintNotValidDefinition,
  validateConstraint: validateConstraintDefinition,
  createEnum: createEnumDefinition,
  alterEnum: alterEnumDefinition,
  deleteEnum: deleteEnumDefinition,
  createExtension: createExtensionDefinition,
  deleteExtension: deleteExtensionDefinition,
  createCollation: createCollationDefinition,
  deleteCollation: deleteCollationDefinition,
  runSql: runSqlDefinition,
  runCode: runCodeDefinition,
  batched: batchedDefinition,
  separateDatabaseAndState: separateDatabaseAndStateDefinition,
  custom: customDefinition,
}

/** One line, as `makemigrations` prints it: `Add field status to Invoice`. */
export function describe(operation: Operation): string {
  return definitionOf(operation).describe(operation)
}

/** The State after an operation. Throws a `migrations.*` error that names migration and operation when it does not fit. */
export function applyOperation(operation: Operation, state: ProjectState, context: OperationContext): ProjectState {
  const definition = definitionOf(operation)
  const site = { ...context, operation: definition.describe(operation) }
  definition.check?.(operation, state, site)
  const inner = applyOperations(definition.stateOperations?.(operation) ?? [], state, context)
  return definition.apply(operation, inner, site)
}

/** The State after an operation that is known to fit, without its checks: the optimizer applies operations to one model alone. */
export function applyUnchecked(operation: Operation, state: ProjectState, context: OperationContext): ProjectState {
  return definitionOf(operation).apply(operation, state, context)
}

/** The State after several operations, one after the other. */
export function applyOperations(
  operations: readonly Operation[],
  state: ProjectState,
  context: OperationContext,
): ProjectState {
  return operations.reduce((current, operation) => applyOperation(operation, current, context), state)
}

/** What an operation wants of the database that neither State holds, for each direction. `before` and `after` are the States around it, forwards. */
export function intentsOf(
  operation: Operation,
  states: { readonly before: ProjectState; readonly after: ProjectState },
  context: OperationContext,
): { readonly forwards: readonly Intent[]; readonly backwards: readonly Intent[] } {
  return { forwards: [], backwards: [], ...definitionOf(operation).intents?.(operation, states, context) }
}

/** The fragment of a migration's name: `invoice_status`; undefined when the operation has none. */
export function nameFragment(operation: Operation): string | undefined {
  return definitionOf(operation).nameFragment(operation)
}

/** The models that an operation reads or changes, by key; `*` = anything. */
export function touches(operation: Operation, context: OperationContext): Touches {
  return definitionOf(operation).touches(operation, context)
}

/** The sign before an operation in lists: `+` adds, `-` removes, `~` changes. */
export function symbolOf(operation: Operation): OperationSymbol {
  return operation.kind === 'custom' ? operation.definition.symbol : definitionOf(operation).symbol
}

/** Whether an operation can be unapplied. */
export function isReversible(operation: Operation): boolean {
  const definition = definitionOf(operation)
  return (
    definition.isReversible?.(operation) ??
    (definition.databaseOperations?.(operation) ?? []).every((inner) => isReversible(inner))
  )
}

/** Looks the definition up; the one `as` that TypeScript needs to believe that a union's `kind` and its entry in the table belong together. */
function definitionOf(operation: Operation): OperationDefinition<Operation> {
  return definitions[operation.kind] as OperationDefinition<Operation>
}

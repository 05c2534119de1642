import type { ModelOptions } from '../models/declarations.ts'
import type { OperationKind, Operations } from './operation.ts'

type Need = 'required' | 'optional'

/** What each operation can hold, and what it cannot do without: total, so that a new property cannot be forgotten. */
type Properties = {
  readonly [Kind in OperationKind]: { readonly [Key in Exclude<keyof Operations[Kind], 'kind'>]-?: Need }
}

const required = 'required'
const optional = 'optional'

export const operationProperties: Properties = {
  createModel: { name: required, fields: required, options: optional },
  deleteModel: { name: required },
  renameModel: { from: required, to: required },
  moveModel: { model: required },
  alterModelTable: { name: required, table: optional, schema: optional },
  alterModelTableComment: { name: required, comment: optional },
  alterModelOptions: { name: required, options: required },
  addField: { model: required, name: required, field: required, fillExisting: optional, copyFrom: optional },
  removeField: { model: required, name: required, fillRestored: optional, restoreFrom: optional },
  alterField: {
    model: required,
    name: required,
    field: required,
    fillExisting: optional,
    fillRestored: optional,
    cast: optional,
    castRestored: optional,
  },
  renameField: { model: required, from: required, to: required },
  addIndex: { model: required, index: required },
  removeIndex: { model: required, index: required },
  renameIndex: { model: required, index: required, name: optional },
  addConstraint: { model: required, constraint: required },
  removeConstraint: { model: required, constraint: required },
  alterConstraint: { model: required, name: required, constraint: required },
  addIndexConcurrently: { model: required, index: required },
  removeIndexConcurrently: { model: required, index: required },
  addConstraintNotValid: { model: required, constraint: required },
  validateConstraint: { model: required, name: required },
  createEnum: { name: required, values: required },
  alterEnum: { name: required, values: required },
  deleteEnum: { name: required, values: required },
  createExtension: { name: required },
  deleteExtension: { name: required },
  createCollation: { name: required, locale: required, provider: optional, deterministic: optional },
  deleteCollation: { name: required },
  runSql: {
    forwards: required,
    backwards: optional,
    stateOperations: optional,
    done: optional,
    databases: optional,
    elidable: optional,
  },
  runCode: {
    forwards: required,
    models: optional,
    backwards: optional,
    atomic: optional,
    databases: optional,
    elidable: optional,
    description: optional,
  },
  batched: {
    model: required,
    run: required,
    where: optional,
    size: optional,
    models: optional,
    backwards: optional,
    description: optional,
    elidable: optional,
  },
  separateDatabaseAndState: { databaseOperations: required, stateOperations: required },
  custom: { type: required, definition: required, data: optional },
}

/** What the options of a model can hold. */
export const modelOptionNames: { readonly [Option in keyof ModelOptions]-?: true } = {
  table: true,
  schema: true,
  comment: true,
  managed: true,
  primaryKey: true,
  indexes: true,
  constraints: true,
}

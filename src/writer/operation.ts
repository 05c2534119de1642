import type { Operation, OperationKind, Operations, RunCode, SqlSource, SqlStatement } from '../operations/operation.ts'
import { backfillDoc } from './backfill.ts'
import { constraintDoc, indexDoc, modelOptionsDoc } from './declarations.ts'
import { expressionDoc } from './expression.ts'
import { fieldDoc } from './field.ts'
import type { Doc } from './layout.ts'
import { symbol } from './layout.ts'
import type { Property } from './syntax.ts'
import { arrayDoc, callDoc, longTextDoc, objectDoc, stringText } from './syntax.ts'
import { dataDoc, sqlTextDoc } from './values.ts'

type DataKind = Exclude<OperationKind, 'runCode' | 'custom'>
type Data = Operations[DataKind]

/** A code step that was made of a template, and so can be written. */
export interface TemplatedCode extends RunCode {
  readonly template: NonNullable<RunCode['template']>
}

/** The operations that source text can be made of. */
export type WritableOperation = Data | TemplatedCode

/** How each property of an operation is written, in the order in which it is: total, so that a new one cannot be forgotten. */
type Writers<Op> = { readonly [Key in Exclude<keyof Op, 'kind'>]-?: (value: NonNullable<Op[Key]>) => Doc }

const writers: { readonly [Kind in DataKind]: Writers<Operations[Kind]> } = {
  createModel: {
    name: stringText,
    fields: (fields) =>
      objectDoc(
        Object.entries(fields).map(([name, field]): Property => [name, fieldDoc(field)]),
        { expanded: true },
      ),
    options: modelOptionsDoc,
  },
  deleteModel: { name: stringText },
  renameModel: { from: stringText, to: stringText },
  moveModel: { model: stringText },
  alterModelTable: { name: stringText, table: stringText, schema: stringText },
  alterModelTableComment: { name: stringText, comment: stringText },
  alterModelOptions: { name: stringText, options: modelOptionsDoc },
  addField: { model: stringText, name: stringText, field: fieldDoc, fillExisting: dataDoc },
  removeField: { model: stringText, name: stringText, fillRestored: dataDoc },
  alterField: {
    model: stringText,
    name: stringText,
    field: fieldDoc,
    fillExisting: dataDoc,
    fillRestored: dataDoc,
    cast: expressionDoc,
    castRestored: expressionDoc,
  },
  renameField: { model: stringText, from: stringText, to: stringText },
  addIndex: { model: stringText, index: indexDoc },
  removeIndex: { model: stringText, index: indexDoc },
  renameIndex: { model: stringText, index: indexDoc, name: stringText },
  addConstraint: { model: stringText, constraint: constraintDoc },
  removeConstraint: { model: stringText, constraint: constraintDoc },
  alterConstraint: { model: stringText, name: stringText, constraint: constraintDoc },
  addIndexConcurrently: { model: stringText, index: indexDoc },
  removeIndexConcurrently: { model: stringText, index: indexDoc },
  addConstraintNotValid: { model: stringText, constraint: constraintDoc },
  validateConstraint: { model: stringText, name: stringText },
  createEnum: { name: stringText, values: textsDoc },
  alterEnum: { name: stringText, values: textsDoc },
  deleteEnum: { name: stringText, values: textsDoc },
  createExtension: { name: stringText },
  deleteExtension: { name: stringText },
  createCollation: { name: stringText, provider: stringText, locale: stringText, deterministic: String },
  deleteCollation: { name: stringText },
  runSql: {
    forwards: sqlSourceDoc,
    backwards: sqlSourceDoc,
    stateOperations: nestedDoc,
    done: sqlTextDoc,
    elidable: String,
  },
  separateDatabaseAndState: { databaseOperations: nestedDoc, stateOperations: nestedDoc },
}

/** An operation as a call of its factory. */
export function operationDoc(operation: WritableOperation): Doc {
  if (operation.kind === 'runCode') return callDoc(symbol('runCode'), [backfillDoc(operation, operation.template)])
  const properties = Object.entries(writers[operation.kind]).flatMap(([key, write]): Property[] => {
    const value: unknown = operation[key as keyof typeof operation]
    return value === undefined ? [] : [[key, write(value as never)]]
  })
  return callDoc(symbol(operation.kind), [objectDoc(properties)])
}

/** Operations, one a line. */
export function operationsDoc(operations: readonly WritableOperation[]): Doc {
  return arrayDoc(operations.map(operationDoc), { expanded: true })
}

/** The first operation, nested ones included, that is code and so cannot be written. */
export function findUnwritable(operations: readonly Operation[]): Operation | undefined {
  for (const operation of operations) {
    if (!isWritable(operation)) return operation
    const nested = nestedIn(operation)
    const found = nested.length === 0 ? undefined : findUnwritable(nested)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether an operation, apart from those nested in it, can be written. */
export function isWritable(operation: Operation): operation is WritableOperation {
  return operation.kind === 'runCode' ? operation.template !== undefined : operation.kind !== 'custom'
}

function nestedIn(operation: WritableOperation): readonly Operation[] {
  if (operation.kind === 'runSql') return operation.stateOperations ?? []
  if (operation.kind !== 'separateDatabaseAndState') return []
  return [...operation.databaseOperations, ...operation.stateOperations]
}

function textsDoc(texts: readonly string[]): Doc {
  return arrayDoc(texts.map(stringText))
}

function nestedDoc(operations: readonly Operation[]): Doc {
  return operationsDoc(operations.filter(isWritable))
}

function sqlSourceDoc(source: SqlSource): Doc {
  if (typeof source === 'string') return longTextDoc(source)
  if (isStatements(source)) return statementsDoc(source)
  return objectDoc(
    Object.entries(source).map(([database, text]): Property => {
      return [database, typeof text === 'string' ? longTextDoc(text) : statementsDoc(text)]
    }),
  )
}

function isStatements(source: Exclude<SqlSource, string>): source is readonly (string | SqlStatement)[] {
  return Array.isArray(source)
}

function statementsDoc(statements: readonly (string | SqlStatement)[]): Doc {
  return arrayDoc(
    statements.map((statement) => (typeof statement === 'string' ? longTextDoc(statement) : statementDoc(statement))),
  )
}

function statementDoc({ sql, parameters }: SqlStatement): Doc {
  return objectDoc([
    ['sql', longTextDoc(sql)],
    ...(parameters === undefined ? [] : ([['parameters', arrayDoc(parameters.map(dataDoc))]] as const)),
  ])
}

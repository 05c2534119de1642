import type { Operation, OperationKind, Operations, SqlSource, SqlStatement } from '../operations/operation.ts'
import type { CodeSource } from './code.ts'
import { codeDoc, codeObjectDoc, isWritableValue } from './code.ts'
import { constraintDoc, indexDoc, modelOptionsDoc } from './declarations.ts'
import { expressionDoc } from './expression.ts'
import { fieldDoc } from './field.ts'
import type { Doc } from './layout.ts'
import { symbol } from './layout.ts'
import type { Property } from './syntax.ts'
import { arrayDoc, callDoc, longTextDoc, objectDoc, stringText } from './syntax.ts'
import { dataDoc, sqlTextDoc } from './values.ts'

/** The kinds that hold functions. */
type CodeKind = Extract<OperationKind, 'runCode' | 'batched' | 'custom'>
type DataKind = Exclude<OperationKind, CodeKind>

/** Where the text of what is no data comes from. */
export interface TextSources {
  /** The text of a function, or of the definition of a custom operation: an expression, a method, or a name in scope. */
  readonly code?: CodeSource | undefined
  /** The text of a whole operation, which is then written as it is, comments before it included. */
  readonly operationText?: ((operation: Operation) => string | undefined) | undefined
}

/** How each property of an operation is written, in the order in which it is: total, so that a new one cannot be forgotten. */
type Writers<Op> = {
  readonly [Key in Exclude<keyof Op, 'kind'>]-?: (value: NonNullable<Op[Key]>, sources: TextSources) => Doc
}

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
  addField: { model: stringText, name: stringText, field: fieldDoc, fillExisting: dataDoc, copyFrom: stringText },
  removeField: { model: stringText, name: stringText, fillRestored: dataDoc, restoreFrom: stringText },
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
    stateOperations: operationsDoc,
    done: sqlTextDoc,
    databases: textsDoc,
    elidable: String,
  },
  separateDatabaseAndState: { databaseOperations: operationsDoc, stateOperations: operationsDoc },
}

/** An operation as a call of its factory; one that holds code must be writable from these sources. */
export function operationDoc(operation: Operation, sources: TextSources = {}): Doc {
  const text = sources.operationText?.(operation)
  if (text !== undefined) return codeDoc(text)
  const { kind, ...options } = operation
  if (!isData(operation)) return callDoc(symbol(kind), [codeObjectDoc(options, codeOf(sources))])
  const properties = Object.entries(writers[operation.kind]).flatMap(([key, write]): Property[] => {
    const value: unknown = operation[key as keyof typeof operation]
    return value === undefined ? [] : [[key, write(value as never, sources)]]
  })
  return callDoc(symbol(kind), [objectDoc(properties)])
}

/** Operations, one a line. */
export function operationsDoc(operations: readonly Operation[], sources: TextSources = {}): Doc {
  return arrayDoc(
    operations.map((operation) => operationDoc(operation, sources)),
    { expanded: true },
  )
}

/** The first operation, nested ones included, that holds code for which there is no text. */
export function findUnwritable(operations: readonly Operation[], sources: TextSources = {}): Operation | undefined {
  for (const operation of operations) {
    if (sources.operationText?.(operation) !== undefined) continue
    if (!isWritable(operation, sources)) return operation
    const nested = nestedIn(operation)
    const found = nested.length === 0 ? undefined : findUnwritable(nested, sources)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether an operation, apart from those nested in it, can be written. */
function isWritable(operation: Operation, sources: TextSources): boolean {
  return isData(operation) || isWritableValue(operation, codeOf(sources))
}

function isData(operation: Operation): operation is Operations[DataKind] {
  return operation.kind in writers
}

function codeOf({ code }: TextSources): CodeSource {
  return code ?? (() => undefined)
}

function nestedIn(operation: Operation): readonly Operation[] {
  if (operation.kind === 'runSql') return operation.stateOperations ?? []
  if (operation.kind !== 'separateDatabaseAndState') return []
  return [...operation.databaseOperations, ...operation.stateOperations]
}

function textsDoc(texts: readonly string[]): Doc {
  return arrayDoc(texts.map(stringText))
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

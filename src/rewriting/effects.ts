import { modelOf, valuesIn } from '../operations/batched.ts'
import { describe, touches } from '../operations/definitions.ts'
import type { Operation, Operations, SqlSource } from '../operations/operation.ts'
import { type Footprint, footprintOf } from '../optimizer/footprint.ts'

/** An operation and the migration that holds it. */
export interface Placed {
  readonly app: string
  /** The migration's name, without its app. */
  readonly migration: string
  readonly operation: Operation
}

/** A change of models, and the parts of the project that it is about. */
export interface SchemaEffect {
  readonly kind: 'schema'
  readonly operation: Operation
  readonly footprint: Exclude<Footprint, 'barrier'>
}

/** Work on rows, or on what no State knows. */
export interface CodeEffect {
  readonly kind: 'code'
  /** As the subject of a clause: `Copy totals`. */
  readonly called: string
  /** The keys of the models that it may read or change; absent: any. */
  readonly models?: readonly string[]
  /** Models that it does not declare, and that relations lead to from those that it does. Absent: none are known. */
  readonly reached?: ReadonlySet<string>
  /** Its `models` would say so. */
  readonly declares: boolean
  /** The names that it has for fields, where it is about some fields of a single model and nothing else. */
  readonly fields?: ReadonlySet<string>
  /** It works with rows alone, and so does not mind what is added beside them. */
  readonly rowsOnly: boolean
}

export type Effect = SchemaEffect | CodeEffect

/** What an operation does, as far as it can be known without a State: one that holds others does all that they do. */
export function effectsOf({ app, migration, operation }: Placed): readonly Effect[] {
  const within = (operations: readonly Operation[]) =>
    operations.flatMap((inner) => effectsOf({ app, migration, operation: inner }))
  switch (operation.kind) {
    case 'separateDatabaseAndState':
      return within([...operation.databaseOperations, ...operation.stateOperations])
    case 'runSql': {
      const sql: Effect = { kind: 'code', called: 'SQL', declares: false, rowsOnly: false }
      return [...(isNothing(operation.forwards) ? [] : [sql]), ...within(operation.stateOperations ?? [])]
    }
    // What needs them does not always say so, but what was written without them does not need them.
    case 'createExtension':
    case 'createCollation': {
      const { kind, name } = operation
      const part = { model: '', part: `${kind === 'createExtension' ? 'extension' : 'collation'} ${name}` }
      return [{ kind: 'schema', operation, footprint: { writes: [part], reads: [], frees: [], takes: [] } }]
    }
    case 'deleteExtension':
    case 'deleteCollation':
      return [{ kind: 'code', called: describe(operation), declares: false, rowsOnly: false }]
    case 'batched': {
      const fields = fieldsOfBatches(operation)
      const code = codeEffect({ app, migration, operation })
      const known = fields !== undefined && code.models !== undefined
      return [known ? { ...code, models: [modelOf(operation, { app })], fields } : code]
    }
    default: {
      const footprint = footprintOf(operation, app)
      return [
        footprint === 'barrier' ? codeEffect({ app, migration, operation }) : { kind: 'schema', operation, footprint },
      ]
    }
  }
}

function codeEffect({ app, migration, operation }: Placed): CodeEffect {
  const { models } = touches(operation, { app, migration })
  const reach = models.includes('*') ? {} : { models }
  // Without a description it is called by what is done with it.
  const called = operation.kind === 'runCode' && operation.description === undefined ? 'the code' : describe(operation)
  const declares = operation.kind === 'runCode'
  return { kind: 'code', called, ...reach, declares, rowsOnly: operation.kind !== 'custom' }
}

/** The names in what batches set and ask for; undefined where a part of it is code. */
function fieldsOfBatches({ run, backwards, where = {} }: Operations['batched']): ReadonlySet<string> | undefined {
  if (typeof run === 'function' || typeof backwards === 'function') return undefined
  return new Set([...Object.keys(valuesIn(run)), ...Object.keys(valuesIn(backwards)), ...namesInFilter(where)])
}

function namesInFilter(filter: object): readonly string[] {
  return Object.entries(filter).flatMap(([name, condition]: readonly [string, unknown]) => {
    if (name !== 'or' && name !== 'and' && name !== 'not') return [name]
    const inner = Array.isArray(condition) ? condition : [condition]
    return inner.flatMap((one) => (typeof one === 'object' && one !== null ? namesInFilter(one) : []))
  })
}

function isNothing(source: SqlSource): boolean {
  if (typeof source === 'string') return source.trim() === ''
  if (Array.isArray(source)) return source.length === 0
  return Object.values(source).every((text) => isNothing(text))
}

import type { Intent } from '../schema/intent.ts'
import type { ProjectState } from '../state/project-state.ts'
import type { Operation } from './operation.ts'

/** Where an operation stands: the app whose migration holds it, and the migration's name for messages. */
export interface OperationContext {
  readonly app: string
  readonly migration: string
  /** The operation in words, for messages: `applyOperation` fills it in. */
  readonly operation?: string
}

export type OperationSymbol = '+' | '-' | '~' | 's' | 'c' | '?'

/** What a name is needed for by the graph, the autodetector and the optimizer: the models and fields that an operation reads or changes. */
export interface Touches {
  /** `app.Model` keys; `*` = anything. */
  readonly models: readonly string[]
}

/** One entry of the table of operations: how the State changes, how it is told, and what it wants of the database. Never DDL. */
export interface OperationDefinition<Op> {
  readonly symbol: OperationSymbol
  /** One line, as `makemigrations` prints it: `Add field status to Invoice`. */
  describe(operation: Op): string
  /** The fragment of a migration's name: `invoice_status`; undefined when the operation has none. */
  nameFragment(operation: Op): string | undefined
  /** Throws a `migrations.*` error that names the migration when the operation does not fit the State. Comes before `apply`. */
  check?(operation: Op, state: ProjectState, context: OperationContext): void
  /** The State after the operation, which is known to fit; `applyOperation` does both. */
  apply(operation: Op, state: ProjectState, context: OperationContext): ProjectState
  /** What neither State holds, for each direction. `before` and `after` are the States around the operation, forwards. */
  intents?(
    operation: Op,
    states: { readonly before: ProjectState; readonly after: ProjectState },
    context: OperationContext,
  ): { readonly forwards?: readonly Intent[]; readonly backwards?: readonly Intent[] }
  /** Operations inside this one that the State follows before `apply`. Absent: none. */
  stateOperations?(operation: Op): readonly Operation[]
  /** Operations inside this one that work on the database alone. Absent: none. */
  databaseOperations?(operation: Op): readonly Operation[]
  /** Whether it can be unapplied. Absent: when all its `databaseOperations` can. */
  isReversible?(operation: Op): boolean
  readonly touches: (operation: Op, context: OperationContext) => Touches
}

import type { Intent } from '../schema/intent.ts'
import type { ProjectState } from '../state/project-state.ts'

/** Where an operation stands: the app whose migration holds it, and the migration's name for messages. */
export interface OperationContext {
  readonly app: string
  readonly migration: string
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
  /** The State after the operation. Throws `migrations.*` errors that name the operation's migration when it does not fit. */
  apply(operation: Op, state: ProjectState, context: OperationContext): ProjectState
  /** What neither State holds, for each direction. `before` and `after` are the States around the operation, forwards. */
  intents?(
    operation: Op,
    states: { readonly before: ProjectState; readonly after: ProjectState },
    context: OperationContext,
  ): { readonly forwards?: readonly Intent[]; readonly backwards?: readonly Intent[] }
  readonly touches: (operation: Op, context: OperationContext) => Touches
}

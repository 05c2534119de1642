import type { Filter } from '../query/filter-types.ts'
import type { AnyFields, HistoricalModels, QuerySet } from '../query/query-set.ts'
import type { ValueOf, Writable } from '../query/row-of.ts'
import type { Value } from '../schema/value.ts'
import type { CodeContext } from './operation.ts'

/** What the code of a batch is handed: as other code, and the rows of the batch. */
export interface BatchContext<Fields = AnyFields, Models = unknown> {
  /** The rows of the batch that fit `where` at the moment of asking: rows that the code changed may do so no more. */
  readonly rows: QuerySet<Fields>
  /** The models that the operation declares besides its own, as history had them. */
  readonly models: HistoricalModels<Models>
  /** Kysely inside the transaction of the batch. */
  readonly db: CodeContext['db']
  /** Says something to the person who runs the migration. */
  log(message: string): void
}

export type BatchStep<Fields = AnyFields, Models = unknown> = (context: BatchContext<Fields, Models>) => unknown

/** The values that every row of a batch gets, by field. */
export interface BatchValues {
  readonly set: { readonly [field: string]: Value }
}

export type BatchWork = BatchStep | BatchValues

export interface Batched {
  readonly kind: 'batched'
  /** `Model` of the same app, or `app.Model`. */
  readonly model: string
  /** Which rows. Absent: all. */
  readonly where?: Filter<AnyFields>
  /** The most rows of a batch. Absent: as many as are worked on in a third of a second. */
  readonly size?: number
  /** Further models that the code reads or writes: `app.Model` by the names that it has for them. */
  readonly models?: { readonly [local: string]: string }
  readonly run: BatchWork
  /** Absent: irreversible. `nothing`: there is nothing to take back. */
  readonly backwards?: BatchWork | 'nothing'
  /** One line for `--plan`. */
  readonly description?: string
  readonly elidable?: true
}

/** What `batched` is told. `Fields` says what the fields of the model are: the frozen row type that `makemigrations --models` writes. */
export interface BatchedOptions<Fields = AnyFields, Models = unknown>
  extends Omit<Batched, 'kind' | 'where' | 'models' | 'run' | 'backwards'> {
  readonly where?: Filter<Fields>
  readonly models?: { readonly [Local in keyof Models]: string }
  readonly run: BatchStep<Fields, Models> | GivenValues<Fields>
  readonly backwards?: BatchStep<Fields, Models> | GivenValues<Fields> | 'nothing'
}

/** Values as the language has them: a `Date`, a `bigint`. */
interface GivenValues<Fields> {
  readonly set: { readonly [Name in Writable<Fields>]?: ValueOf<Fields[Name]> }
}

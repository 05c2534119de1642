import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Mysql2Values } from './dialects/mysql-family/row-values.ts'
import type { PostgresValues } from './dialects/postgres/row-values.ts'
import type { SqliteValues } from './dialects/sqlite/row-values.ts'
import type { NoOptions } from './fields/typed-field.ts'
import type { NameCase } from './models/camel-case-type.ts'
import type { TablesOf } from './models/database-of.ts'
import type { ColumnsOf } from './models/rows.ts'

export { type Config, type DatabaseConfig, defineConfig, type Route, type Router } from './config.ts'
export type { PostgresInterval } from './dialects/postgres/row-values.ts'
export { type ErrorCode, GodwitError } from './errors/error.ts'
export { now, sqlDefault, uuid } from './fields/default-functions.ts'
export { f } from './fields/f.ts'
export type { DefaultFunction, Field, FieldDefault } from './fields/field.ts'
export type { AutoField, ColumnField, GeneratedField, KeyField, ManyToManyField } from './fields/typed-field.ts'
export type {
  CheckDeclaration,
  ExclusionDeclaration,
  IndexDeclaration,
  UniqueDeclaration,
} from './models/declarations.ts'
export { type AnyModel, type FieldRecord, isModel, type Model, type ModelMeta, model } from './models/model.ts'
export {
  check,
  exclusion,
  index,
  type TypedExclusion,
  type TypedIndex,
  type TypedUnique,
  unique,
} from './models/parts.ts'
export { type Literal, type Operand, q, type Subject } from './models/q.ts'
export type { Expression, SqlText } from './schema/expression.ts'
export type { Deferrable, ReferentialAction } from './schema/schema.ts'
export type { Json, Value } from './schema/value.ts'

/** The databases, and what the connection to each returns and accepts. */
export interface Databases {
  readonly sqlite: SqliteValues
  readonly postgres: PostgresValues
  readonly mariadb: Mysql2Values
  readonly mysql: Mysql2Values
}

/** How the types of tables and rows are written. */
export interface TypeOptions {
  /** `camel`: names as Kysely's `CamelCasePlugin` makes them. Default: `database`, as they are in the database. */
  readonly case?: NameCase
}

/** How the type of one model's rows is written, and what is known of the project around it. */
export interface InferOptions extends TypeOptions {
  /** The modules of models by app label: where a model's relations are given as strings, they are looked up here. */
  readonly apps?: object
  /** The model's own app, where a relation names a model without its app. */
  readonly app?: string
}

/**
 * The tables of a project for Kysely, typed as the connection to that database returns and accepts them. The keys are app labels, the values the
 * modules of models; what else they export is passed over. A table in a schema of its own is `schema.table`.
 *
 * @example
 * import * as accounts from './accounts/models.ts'
 * import * as billing from './billing/models.ts'
 * export const models = { accounts, billing }
 * type DB = DatabaseOf<typeof models, 'postgres'>
 * const db = new Kysely<DB>({ dialect })
 *
 * type CamelDB = DatabaseOf<typeof models, 'postgres', { case: 'camel' }>
 * const camelDb = new Kysely<CamelDB>({ dialect, plugins: [new CamelCasePlugin()] })
 */
export type DatabaseOf<Apps, Database extends keyof Databases, Options extends TypeOptions = NoOptions> = TablesOf<
  Apps,
  Databases[Database],
  CaseOf<Options>
>

/**
 * A row of a model's table as a query returns it, by column names. Relations given as strings need `apps`, the modules of models by app label.
 *
 * @example
 * type InvoiceRow = Infer<typeof Invoice, 'postgres'>
 * type CamelRow = Infer<typeof Invoice, 'postgres', { case: 'camel'; apps: typeof models; app: 'billing' }>
 */
export type Infer<M, Database extends keyof Databases, Options extends InferOptions = NoOptions> = Selectable<
  ColumnsOf<M, PlaceOf<M, Database, Options>>
>

/** What an insert into a model's table is handed: columns with a default, nullable ones and numbered keys can be left out. */
export type InferInsert<M, Database extends keyof Databases, Options extends InferOptions = NoOptions> = Insertable<
  ColumnsOf<M, PlaceOf<M, Database, Options>>
>

/** What an update of a model's table is handed: any of its columns that can be written. */
export type InferUpdate<M, Database extends keyof Databases, Options extends InferOptions = NoOptions> = Updateable<
  ColumnsOf<M, PlaceOf<M, Database, Options>>
>

type CaseOf<Options extends TypeOptions> = Options extends { readonly case: infer Case extends NameCase }
  ? Case
  : 'database'

type PlaceOf<M, Database extends keyof Databases, Options extends InferOptions> = {
  readonly values: Databases[Database]
  readonly case: CaseOf<Options>
  readonly apps: Options extends { readonly apps: infer Apps extends object } ? Apps : object
  readonly app: Options extends { readonly app: infer App extends string } ? App : string
  readonly model: M
}

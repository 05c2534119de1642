import type { Insertable, Selectable, Updateable } from 'kysely'
import type { SqliteValues } from './dialects/sqlite/row-values.ts'
import type { TablesOf } from './models/database-of.ts'
import type { ColumnsOf } from './models/rows.ts'

export { type Config, type DatabaseConfig, defineConfig } from './config.ts'
export { type ErrorCode, GodwitError } from './errors/error.ts'
export { now, sqlDefault, uuid } from './fields/default-functions.ts'
export { f } from './fields/f.ts'
export type { DefaultFunction, Field, FieldDefault } from './fields/field.ts'
export type { AutoField, ColumnField, GeneratedField, KeyField, ManyToManyField } from './fields/typed-field.ts'
export type { CheckDeclaration, IndexDeclaration, UniqueDeclaration } from './models/declarations.ts'
export { type AnyModel, type FieldRecord, isModel, type Model, type ModelMeta, model } from './models/model.ts'
export { check, index, type TypedIndex, type TypedUnique, unique } from './models/parts.ts'
export { type Literal, type Operand, q, type Subject } from './models/q.ts'
export type { Expression, SqlText } from './schema/expression.ts'
export type { ReferentialAction } from './schema/schema.ts'
export type { Json, Value } from './schema/value.ts'

/** The databases, and what the connection to each returns and accepts. */
export interface Databases {
  readonly sqlite: SqliteValues
}

/**
 * The tables of a project for Kysely, typed as the connection to that database returns and accepts them. The keys are app labels, the values the
 * modules of models; what else they export is passed over.
 *
 * @example
 * import * as accounts from './accounts/models.ts'
 * import * as billing from './billing/models.ts'
 * export const models = { accounts, billing }
 * type DB = DatabaseOf<typeof models, 'sqlite'>
 * const db = new Kysely<DB>({ dialect })
 */
export type DatabaseOf<Apps, Database extends keyof Databases> = TablesOf<Apps, Databases[Database]>

/**
 * A row of a model's table as a query returns it, by column names. Relations given as strings need `Apps`, the modules of models by app label.
 *
 * @example
 * type InvoiceRow = Infer<typeof Invoice, 'sqlite'>
 */
export type Infer<
  M,
  Database extends keyof Databases,
  Apps extends object = object,
  App extends string = string,
> = Selectable<ColumnsOf<M, { values: Databases[Database]; apps: Apps; app: App; model: M }>>

/** What an insert into a model's table is handed: columns with a default, nullable ones and numbered keys can be left out. */
export type InferInsert<
  M,
  Database extends keyof Databases,
  Apps extends object = object,
  App extends string = string,
> = Insertable<ColumnsOf<M, { values: Databases[Database]; apps: Apps; app: App; model: M }>>

/** What an update of a model's table is handed: any of its columns that can be written. */
export type InferUpdate<
  M,
  Database extends keyof Databases,
  Apps extends object = object,
  App extends string = string,
> = Updateable<ColumnsOf<M, { values: Databases[Database]; apps: Apps; app: App; model: M }>>

import type { Field } from '../fields/field.ts'
import type { ConstraintDeclaration, IndexDeclaration } from './declarations.ts'
import type { TypedCheck, TypedExclusion, TypedIndex, TypedUnique } from './parts.ts'

// In the registry of symbols, so that a model is one too when two copies of the package are loaded.
const mark: unique symbol = Symbol.for('godwit.model')

/** Fields by name, in the order of their columns. */
export interface FieldRecord {
  readonly [name: string]: Field
}

/** What a model says of its table. `FieldName` are the names of its fields. */
export interface ModelMeta<
  FieldName extends string = string,
  Table extends string = string,
  Key extends string = string,
  Schema extends string = string,
> {
  /** The table's name. Default: app and model in snake_case, `blog_blog_post`. */
  readonly table?: Table
  /** The schema of the database that the table stands in, where the database has such; its join tables stand there too. Default: the connection's own. */
  readonly schema?: Schema
  /** A comment on the table, where the database has such. */
  readonly comment?: string
  /** `false`: the table exists by other hands; Godwit tracks it and never touches it. Default: `true`. */
  readonly managed?: boolean
  /** A composite primary key, by the names of its fields. For a single one say `primaryKey: true` on the field. */
  readonly primaryKey?: readonly Key[]
  readonly indexes?: readonly TypedIndex<FieldName | `-${FieldName}`>[]
  readonly constraints?: readonly (TypedUnique<FieldName | `-${FieldName}`> | TypedCheck | TypedExclusion<FieldName>)[]
  /** What the model was called before (`Bill`, or `billing.Bill` in another app): answers `makemigrations`' question. */
  readonly renamedFrom?: string
}

/** A model: a name, its fields, and what it says of its table. The type keeps what rows are made of. */
export interface Model<
  Name extends string,
  Fields,
  Table extends string = never,
  Key extends string = never,
  Schema extends string = never,
> {
  readonly [mark]: true
  readonly name: Name
  readonly fields: Fields
  readonly meta: DeclaredMeta<Table, Key, Schema>
}

/** The meta of a model as data. */
export interface DeclaredMeta<
  Table extends string = string,
  Key extends string = string,
  Schema extends string = string,
> {
  readonly table?: Table
  readonly schema?: Schema
  readonly comment?: string
  readonly managed?: boolean
  readonly primaryKey?: readonly Key[]
  readonly indexes?: readonly IndexDeclaration[]
  readonly constraints?: readonly ConstraintDeclaration[]
  readonly renamedFrom?: string
}

/** A model whose fields are known at run time only. */
export type AnyModel = Model<string, FieldRecord, string, string, string>

/**
 * Declares a model: a table, and the type of its rows. A model without a primary key gets `id: f.bigAuto({ primaryKey: true })`.
 * Mistakes are found when the project is read, where the app's name is known as well.
 *
 * @example
 * export const Invoice = model('Invoice', {
 *   owner: f.foreignKey(() => User, { onDelete: 'restrict', relatedName: 'invoices' }),
 *   number: f.char({ maxLength: 32 }),
 *   issuedAt: f.dateTime({ null: true }),
 * }, {
 *   indexes: [index({ fields: ['number', '-issuedAt'] })],
 *   constraints: [unique({ fields: ['owner', 'number'], name: 'invoice_number_per_owner' })],
 * })
 */
export function model<
  const Name extends string,
  Fields extends FieldRecord,
  const Table extends string = never,
  const Key extends keyof Fields & string = never,
  const Schema extends string = never,
>(
  name: Name,
  fields: Fields,
  meta: ModelMeta<keyof Fields & string, Table, Key, Schema> = {},
): Model<Name, Fields, Table, Key, Schema> {
  return Object.freeze({ [mark]: true as const, name, fields: Object.freeze({ ...fields }), meta: Object.freeze(meta) })
}

/** Whether an export of `models.ts` is a model. */
export function isModel(value: unknown): value is AnyModel {
  return typeof value === 'object' && value !== null && mark in value
}

import type { ColumnType } from '../schema/column-type.ts'
import type { Field } from './field.ts'

/** Exists for the type checker alone: what a factory knows of its field beyond the plain data. */
declare const shape: unique symbol

/** A field with a column of its own; `Options` is the literal type of what was given. */
export interface ColumnField<Type extends ColumnType['type'], Options> extends Field {
  readonly [shape]?: { readonly role: 'column'; readonly type: Type; readonly options: Options }
}

/** A primary key that the server numbers. */
export interface AutoField<Type extends ColumnType['type'], Options> extends Field {
  readonly [shape]?: { readonly role: 'auto'; readonly type: Type; readonly options: Options }
}

/** A column that the database computes. */
export interface GeneratedField<Output, Options> extends Field {
  readonly [shape]?: { readonly role: 'generated'; readonly output: Output; readonly options: Options }
}

/**
 * A column that holds another model's key. `Target` is the whole thunk (or string), as it was given: any constraint on it, or any look into it
 * before a row type is asked for, makes models that refer to each other "implicitly any".
 */
export interface KeyField<Target, Options> extends Field {
  readonly [shape]?: { readonly role: 'key'; readonly target: Target; readonly options: Options }
}

/** A relation through a join table, without a column of its own. */
export interface ManyToManyField<Target, Options> extends Field {
  readonly [shape]?: { readonly role: 'manyToMany'; readonly target: Target; readonly options: Options }
}

/** What a factory knew of a field. */
export type ShapeOf<F> = F extends { readonly [shape]?: infer Shape } ? NonNullable<Shape> : never

/** The options of a factory, where a name that is not among the allowed ones does not compile. */
export type Strict<Options, Allowed> = Options & { readonly [Name in Exclude<keyof Options, keyof Allowed>]: never }

/** No options given. */
export type NoOptions = Record<never, never>

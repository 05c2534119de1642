/** Marks what a frozen row type says of a field besides its value. There are no such values: it is for the compiler alone. */
declare const role: unique symbol

/** A field that a new row can leave out, since the database has a value for it. */
export interface Defaulted<Value> {
  readonly [role]: 'defaulted'
  readonly value: Value
}

/** A field that the database computes and nobody writes. */
export interface Computed<Value> {
  readonly [role]: 'computed'
  readonly value: Value
}

/** A relation to one row of another model. Its key is a field of its own: `authorId` beside `author`. */
export interface ToOne<Fields> {
  readonly [role]: 'toOne'
  readonly fields: Fields
}

/** A relation to any number of rows of another model. */
export interface ToMany<Fields> {
  readonly [role]: 'toMany'
  readonly fields: Fields
}

type AnyRelation = ToOne<unknown> | ToMany<unknown>

/** The names of the fields that hold a value of their own. */
export type Column<Fields> = {
  [Name in keyof Fields]: [Fields[Name]] extends [AnyRelation] ? never : Name
}[keyof Fields]

/** The names of the relations. */
export type RelationName<Fields> = {
  [Name in keyof Fields]: [Fields[Name]] extends [AnyRelation] ? Name : never
}[keyof Fields]

/** The names of the relations that lead to many rows; of a model that is not known, any name. */
export type ToManyName<Fields> = string extends keyof Fields
  ? string
  : { [Name in keyof Fields]: [Fields[Name]] extends [ToMany<unknown>] ? Name & string : never }[keyof Fields]

/** The value of a field, whatever else is said of it. */
export type ValueOf<Field> = [Field] extends [Defaulted<infer Value>]
  ? Value
  : [Field] extends [Computed<infer Value>]
    ? Value
    : Field

/** A row as it is read. */
export type RowOf<Fields> = {
  -readonly [Name in keyof Fields as [Fields[Name]] extends [AnyRelation] ? never : Name]: ValueOf<Fields[Name]>
}

/** The names of the fields that can be written. */
export type Writable<Fields> = {
  [Name in keyof Fields]: [Fields[Name]] extends [AnyRelation | Computed<unknown>] ? never : Name
}[keyof Fields]

/** Whether a new row can leave a field out: with a default, or NULL. */
type IsOmissible<Field> = [Field] extends [Defaulted<unknown>] ? true : null extends Field ? true : false

/** A row as it is added. */
export type NewRow<Fields> = {
  readonly [Name in Writable<Fields> as IsOmissible<Fields[Name]> extends true ? never : Name]: ValueOf<Fields[Name]>
} & {
  readonly [Name in Writable<Fields> as IsOmissible<Fields[Name]> extends true ? Name : never]?: ValueOf<Fields[Name]>
}

/** A field, or a path to one over relations that lead to one row each. */
export type PathName<Fields> = string extends keyof Fields
  ? string
  : (Column<Fields> & string) | `${ToOneName<Fields>}.${string}`

type ToOneName<Fields> = {
  [Name in keyof Fields]: [Fields[Name]] extends [ToOne<unknown>] ? Name & string : never
}[keyof Fields]

/** What an order can name. */
export type OrderName<Fields> = PathName<Fields> | `-${PathName<Fields>}`

/** A row of only some fields, each under its path. */
export type PathRow<Fields, Names extends readonly string[]> = {
  [Path in Names[number]]: PathValue<Fields, Path>
}

/** What a path leads to: of a row that may be missing, the value may be too. */
type PathValue<Fields, Path> = Path extends keyof Fields
  ? ValueOf<Fields[Path]>
  : Path extends `${infer First}.${infer Rest}`
    ? First extends keyof Fields
      ? [Fields[First]] extends [ToOne<infer Others>]
        ? PathValue<Others, Rest> | null
        : unknown
      : unknown
    : unknown

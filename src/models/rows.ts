import type { ColumnType as KyselyColumn } from 'kysely'
import type { AutoField, NoOptions, ShapeOf } from '../fields/typed-field.ts'
import type { RowValues } from '../schema/row-values.ts'
import type { Cased, NameCase } from './camel-case-type.ts'
import type { Model } from './model.ts'
import type { SnakeCase } from './snake-case-type.ts'

/** The modules of models by app label: what a project hands to `DatabaseOf`. */
export interface Apps {
  readonly [app: string]: object
}

/** Where a row type is asked for: the values of the database, the case of its names, all apps, and the app and model at hand. */
export interface Place {
  readonly values: RowValues
  readonly case: NameCase
  readonly apps: object
  readonly app: string
  readonly model: unknown
}

/** The same place, one model further. */
type At<Here extends Place, App extends string, M> = {
  readonly values: Here['values']
  readonly case: Here['case']
  readonly apps: Here['apps']
  readonly app: App
  readonly model: M
}

/** The columns of a model's table as Kysely wants them, by column name. */
export type ColumnsOf<M, Here extends Place> =
  M extends Model<string, infer Fields, string, infer Key, string>
    ? {
        -readonly [Name in keyof WithKey<Fields, Key> as Cased<
          ColumnName<Name, WithKey<Fields, Key>[Name]>,
          Here['case']
        >]: ColumnOf<ShapeOf<WithKey<Fields, Key>[Name]>, Here>
      }
    : never

/** The implicit `id`, where no field and no meta says what the primary key is. */
type WithKey<Fields, Key> = [Key] extends [never]
  ? [KeyFields<Fields>] extends [never]
    ? { readonly id: AutoField<'bigInteger', { readonly primaryKey: true }> } & Fields
    : Fields
  : Fields

type KeyFields<Fields> = {
  [Name in keyof Fields]: ShapeOf<Fields[Name]> extends { readonly options: { readonly primaryKey: true } }
    ? Fields[Name]
    : never
}[keyof Fields]

type ColumnName<Name, F> = Name extends string
  ? ShapeOf<F> extends { readonly role: infer Role; readonly options: infer Options }
    ? Role extends 'manyToMany'
      ? never
      : Options extends { readonly column: infer Column extends string }
        ? Column
        : Role extends 'key'
          ? `${SnakeCase<Name>}_id`
          : SnakeCase<Name>
    : SnakeCase<Name>
  : never

/** The type of one column, of what its factory knew. */
type ColumnOf<Shape, Here extends Place> = Shape extends { readonly role: 'generated' }
  ? Shape extends { readonly output: infer Output; readonly options: infer Options }
    ? KyselyColumn<OrNull<SelectOf<ShapeOf<Output>, Here>, Options>, never, never>
    : never
  : Shape extends { readonly options: infer Options }
    ? KyselyColumn<
        OrNull<SelectOf<Shape, Here>, Options>,
        OrNull<InsertOf<Shape, Here>, Options> | Omissible<Shape>,
        OrNull<InsertOf<Shape, Here>, Options>
      >
    : unknown

type OrNull<Value, Options> = Options extends { readonly null: true } ? Value | null : Value

/** `undefined` where an insert can leave the column out. */
type Omissible<Shape> = Shape extends
  | { readonly role: 'auto' }
  | { readonly options: { readonly autoIncrement: true } }
  | { readonly options: { readonly null: true } }
  | { readonly options: { readonly default: NonNullable<unknown> } }
  ? undefined
  : never

/** What a query returns, apart from NULL. */
type SelectOf<Shape, Here extends Place> = Shape extends { readonly role: 'key'; readonly target: infer Target }
  ? SelectOf<KeyShape<TargetOf<Target, Here>>, TargetPlace<Target, Here>>
  : Shape extends { readonly type: infer Type extends keyof RowValues; readonly options: infer Options }
    ? Options extends { readonly of: infer Element }
      ? IfKnown<Here['values'][Type]['select'], SelectArray<ShapeOf<Element>, Here>>
      : Narrowed<Here['values'][Type]['select'], Options>
    : unknown

/** What a query can be handed, apart from NULL. */
type InsertOf<Shape, Here extends Place> = Shape extends { readonly role: 'key'; readonly target: infer Target }
  ? InsertOf<KeyShape<TargetOf<Target, Here>>, TargetPlace<Target, Here>>
  : Shape extends { readonly type: infer Type extends keyof RowValues; readonly options: infer Options }
    ? Options extends { readonly of: infer Element }
      ? IfKnown<Here['values'][Type]['insert'], readonly InsertOf<ShapeOf<Element>, Here>[]>
      : Narrowed<Here['values'][Type]['insert'], Options>
    : unknown

/** A whole array as a query returns it. */
type SelectArray<Shape, Here extends Place> = Shape extends {
  readonly type: infer Type extends keyof RowValues
  readonly options: infer Options
}
  ? Here['values'][Type] extends { readonly selectArray: infer Whole }
    ? Whole
    : Options extends { readonly native: string }
      ? Here['values'][Type] extends { readonly selectNamedArray: infer Whole }
        ? Whole
        : SelectOf<Shape, Here>[]
      : SelectOf<Shape, Here>[]
  : unknown

/** A type, where the database has such columns at all. */
type IfKnown<Wide, Exact> = [Wide] extends [never] ? never : Exact

type Narrowed<Wide, Options> = Options extends { readonly enforce: false }
  ? Wide
  : Options extends { readonly choices: readonly (infer Choice)[] }
    ? Choice
    : Wide

/** What is known of the one field that is a model's primary key. */
type KeyShape<M> =
  M extends Model<string, infer Fields, string, infer Key, string>
    ? [Key] extends [never]
      ? [KeyFields<Fields>] extends [never]
        ? { readonly role: 'auto'; readonly type: 'bigInteger'; readonly options: NoOptions }
        : ShapeOf<KeyFields<Fields>>
      : unknown
    : unknown

/** The model that a relation points at: a thunk's result, or a string looked up. Only here is a thunk looked into. */
export type TargetOf<Target, Here extends Place> = Target extends () => infer M
  ? M
  : Target extends 'self'
    ? Here['model']
    : Target extends `${infer App}.${infer Name}`
      ? Lookup<Here['apps'], App, Name>
      : Target extends string
        ? Lookup<Here['apps'], Here['app'], Target>
        : unknown

/** The place of a relation's target: a string may have led to another app. */
type TargetPlace<Target, Here extends Place> = At<
  Here,
  Target extends `${infer App}.${string}` ? App : Here['app'],
  TargetOf<Target, Here>
>

type Lookup<AllApps, App, Name> = App extends keyof AllApps
  ? {
      [Export in keyof AllApps[App]]: AllApps[App][Export] extends Model<
        infer Found,
        infer _F,
        infer _T,
        infer _K,
        infer _S
      >
        ? Found extends Name
          ? AllApps[App][Export]
          : never
        : never
    }[keyof AllApps[App]]
  : unknown

/** The type of a key column of a join table. */
export type JoinColumn<M, Here extends Place> = KyselyColumn<
  SelectOf<KeyShape<M>, Here>,
  InsertOf<KeyShape<M>, Here>,
  InsertOf<KeyShape<M>, Here>
>

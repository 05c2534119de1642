import type { ShapeOf } from '../fields/typed-field.ts'
import type { RowValues } from '../schema/row-values.ts'
import type { Cased, NameCase } from './camel-case-type.ts'
import type { Model } from './model.ts'
import type { ColumnsOf, JoinColumn, Place, TargetOf } from './rows.ts'
import type { SnakeCase } from './snake-case-type.ts'

/**
 * Every table of a project for Kysely, by table name (`schema.table` outside the default schema): models and automatic join tables. `AllApps` are
 * the modules of models by app label.
 */
export type TablesOf<AllApps, Values extends RowValues, Case extends NameCase> = Listed<
  ComputedTables<AllApps, Values, Case>,
  keyof ComputedTables<AllApps, Values, Case>
>

// The keys as a finished union: `keyof` of a mapped type with `as` is computed again at every use, which made 40 queries over 200 models take
// 30 seconds instead of 3.
type Listed<Tables, Names extends keyof Tables> = { [Name in Names]: Tables[Name] }

type ComputedTables<AllApps, Values extends RowValues, Case extends NameCase> = {
  -readonly [Entry in ModelEntry<AllApps> as InSchema<
    Entry['model'],
    TableName<Entry['app'], Entry['model']>,
    Case
  >]: ColumnsOf<Entry['model'], PlaceOf<AllApps, Values, Case, Entry>>
} & {
  -readonly [Entry in JoinEntry<ModelEntry<AllApps>> as InSchema<
    Entry['model'],
    JoinTableName<Entry>,
    Case
  >]: JoinColumns<Entry, PlaceOf<AllApps, Values, Case, Entry>>
}

interface AnyEntry {
  readonly app: string
  readonly model: unknown
}

type PlaceOf<AllApps, Values extends RowValues, Case extends NameCase, Entry extends AnyEntry> = {
  readonly values: Values
  readonly case: Case
  readonly apps: AllApps & object
  readonly app: Entry['app']
  readonly model: Entry['model']
}

/** The models of all apps; what else a module exports is passed over. */
type ModelEntry<AllApps> = {
  [App in keyof AllApps & string]: {
    [Export in keyof AllApps[App]]: AllApps[App][Export] extends Model<string, infer _Fields, string, string, string>
      ? { readonly app: App; readonly model: AllApps[App][Export] }
      : never
  }[keyof AllApps[App]]
}[keyof AllApps & string]

/** A table's name as Kysely is told it, which cuts it at the first dot. A join table stands in the schema of the model that has the field. */
type InSchema<M, Table extends string, Case extends NameCase> =
  M extends Model<string, infer _Fields, string, string, infer Schema>
    ? [Schema] extends [never]
      ? Cased<Table, Case>
      : `${Cased<Schema, Case>}.${Cased<Table, Case>}`
    : never

type TableName<App extends string, M> =
  M extends Model<infer Name, infer _Fields, infer Table, string, string>
    ? [Table] extends [never]
      ? `${SnakeCase<App>}_${SnakeCase<Name>}`
      : Table
    : never

interface AnyJoinEntry extends AnyEntry {
  readonly field: string
  readonly shape: { readonly target: unknown; readonly options: unknown }
}

/** The many-to-many fields that bring a table of their own. */
type JoinEntry<Entry> = Entry extends { readonly app: infer App extends string; readonly model: infer M }
  ? M extends Model<string, infer Fields, string, string, string>
    ? {
        [Name in keyof Fields & string]: ShapeOf<Fields[Name]> extends { readonly role: 'manyToMany' }
          ? ShapeOf<Fields[Name]> extends {
              readonly target: infer Target
              readonly options: infer Options
            }
            ? Options extends { readonly through: unknown }
              ? never
              : {
                  readonly app: App
                  readonly model: M
                  readonly field: Name
                  readonly shape: { readonly target: Target; readonly options: Options }
                }
            : never
          : never
      }[keyof Fields & string]
    : never
  : never

type JoinTableName<Entry extends AnyJoinEntry> = Entry['shape']['options'] extends {
  readonly table: infer Table extends string
}
  ? Table
  : `${TableName<Entry['app'], Entry['model']>}_${SnakeCase<Entry['field']>}`

type JoinColumns<Entry extends AnyJoinEntry, Here extends Place> =
  NameOf<Entry['model']> extends NameOf<TargetOf<Entry['shape']['target'], Here>>
    ? {
        [Column in `from_${NameOf<Entry['model']>}_id` | `to_${NameOf<Entry['model']>}_id` as Cased<
          Column,
          Here['case']
        >]: Column extends `from_${string}`
          ? JoinColumn<Entry['model'], Here>
          : JoinColumn<TargetOf<Entry['shape']['target'], Here>, Here>
      }
    : {
        [Column in `${NameOf<Entry['model']>}_id` as Cased<Column, Here['case']>]: JoinColumn<Entry['model'], Here>
      } & {
        [Column in `${NameOf<TargetOf<Entry['shape']['target'], Here>>}_id` as Cased<Column, Here['case']>]: JoinColumn<
          TargetOf<Entry['shape']['target'], Here>,
          Here
        >
      }

/** A model's name as the columns of join tables carry it. */
type NameOf<M> = M extends Model<infer Name, infer _Fields, string, string, string> ? SnakeCase<Name> : never

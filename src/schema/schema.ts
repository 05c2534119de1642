import type { Expression } from './expression.ts'

/**
 * Who a table or column is across renames. Replay gives one to each model and field when it first creates it; what is derived from them (a join
 * table, a foreign key's column) takes its owner's plus a role. It takes no part in equality: an inspected Schema has none.
 */
export type Identity = string

/** Tables, in one dialect's terms. Projection of a State and inspection of a database give the same type. */
export interface Schema {
  /** By name; where the database has schemas, a table outside the default one is `schema.table`. */
  readonly tables: ReadonlyMap<string, Table>
  /** What tables are made of and that is no table itself: enum types, extensions, collations. By `objectKey`; absent: none. */
  readonly objects?: ReadonlyMap<string, SchemaObject>
  /** What Godwit does not manage but must leave alone: views, triggers, virtual tables. Only inspection fills it. */
  readonly others: readonly OtherObject[]
}

/** A named thing of a database that is no table. */
export type SchemaObject = EnumType | Extension | Collation

/** A type of its own that holds one of a few texts, in their order. */
export interface EnumType {
  readonly kind: 'enum'
  readonly name: string
  readonly values: readonly string[]
}

export interface Extension {
  readonly kind: 'extension'
  readonly name: string
}

/** A named way to sort and compare text. */
export interface Collation {
  readonly kind: 'collation'
  readonly name: string
  readonly provider: 'icu' | 'libc'
  readonly locale: string
  /** `false`: texts that differ in bytes can be equal. */
  readonly deterministic?: false
}

/** The key of an object in its map: kinds share no names. */
export function objectKey({ kind, name }: Pick<SchemaObject, 'kind' | 'name'>): string {
  return `${kind} ${name}`
}

/** Something of other hands, or of a kind that no model can declare. */
export interface OtherObject {
  readonly kind: OtherKind
  readonly name: string
  /** The table it stands on or names, where the server says so. */
  readonly table?: string
  /** The statement that makes it again, as far as the catalogue has it. */
  readonly definition: string
}

/** What an object can be that is no table of models; a `partitionedTable` is among the tables as well, and is listed for how it is divided. */
export type OtherKind =
  | 'view'
  | 'materialisedView'
  | 'trigger'
  | 'virtualTable'
  | 'foreignTable'
  | 'partitionedTable'
  | 'partition'
  | 'index'
  | 'check'
  | 'function'
  | 'procedure'
  | 'event'
  | 'sequence'
  | 'domain'
  | 'type'
  | 'rule'
  | 'policy'
  | 'statistics'

export interface Table {
  readonly name: string
  readonly identity?: Identity
  /** In the order of creation. Equality ignores the order. */
  readonly columns: readonly Column[]
  readonly primaryKey?: PrimaryKey
  readonly uniques: readonly Unique[]
  readonly foreignKeys: readonly ForeignKey[]
  readonly checks: readonly Check[]
  readonly indexes: readonly Index[]
  /** Absent: none. */
  readonly exclusions?: readonly Exclusion[]
  readonly comment?: string
  /** What the dialect needs to make the table again and no model can say (SQLite: `STRICT`, `WITHOUT ROWID`). */
  readonly attributes?: readonly string[]
}

export interface Column {
  readonly name: string
  readonly identity?: Identity
  /** As the dialect spells it and its server prints it: `varchar(20)`. */
  readonly type: string
  readonly nullable: boolean
  /** Absent: no default. A default of NULL is no default. */
  readonly default?: Expression
  readonly generated?: { readonly expression: Expression; readonly stored: boolean }
  /** The server numbers the rows: AUTOINCREMENT, identity, AUTO_INCREMENT. */
  readonly autoIncrement?: true
  /** The sequence that other hands made the server number the rows by (`serial`), where it must be altered with the column. Only inspection fills it. */
  readonly sequence?: string
  readonly collation?: string
  readonly comment?: string
}

export interface PrimaryKey {
  readonly columns: readonly string[]
  /** What the constraint is called in the database, which says how it is dropped. No part of equality; only inspection fills it. */
  readonly name?: string
}

/** An object with a name of its own. A generated name identifies nothing: such objects are matched by what they are. */
export interface Named {
  readonly name: string
  readonly generatedName?: true
}

export interface IndexPart {
  readonly expression: Expression
  readonly descending?: true
  /** Where NULLs stand, if not where the direction puts them: last ascending, first descending. */
  readonly nulls?: 'first' | 'last'
  readonly operatorClass?: string
  /** Where it is not the column's own. */
  readonly collation?: string
  /** How many characters (of bytes: how many bytes) of each value are in the index; absent: all. */
  readonly prefix?: number
}

/** When a constraint is checked: after each statement unless a transaction asks for later, or at the end of the transaction. Absent: always at once. */
export type Deferrable = 'immediate' | 'deferred'

/** A unique constraint or unique index, whichever the dialect makes of it. */
export interface Unique extends Named {
  readonly parts: readonly IndexPart[]
  readonly where?: Expression
  /** Columns that are stored beside the key and not compared. */
  readonly include?: readonly string[]
  /** Two NULLs are the same value. */
  readonly nullsNotDistinct?: true
  readonly deferrable?: Deferrable
  /** What it is in the database, which says how it is dropped. No part of equality; only inspection fills it. */
  readonly form?: 'constraint' | 'index'
}

export interface Index extends Named {
  readonly parts: readonly IndexPart[]
  readonly where?: Expression
  /** The access method; absent: the database's usual one. */
  readonly method?: string
  readonly include?: readonly string[]
  /** Left behind by a build that failed: it is no index to anybody, and equal to none. Only inspection fills it. */
  readonly invalid?: true
}

export interface Check extends Named {
  readonly expression: Expression
  /** Rows that were there before it have not been looked at. */
  readonly notValid?: true
  /**
   * The column in whose own definition it stands, where that is something else to the server than a check of the table: it comes and goes as the
   * column is defined. No part of equality; only inspection fills it.
   */
  readonly ofColumn?: string
}

/** No two rows for which every operator holds between their elements. */
export interface Exclusion extends Named {
  /** The access method; absent: the database's usual one for exclusions. */
  readonly method?: string
  readonly elements: readonly ExclusionElement[]
  readonly where?: Expression
  readonly deferrable?: Deferrable
}

export interface ExclusionElement {
  readonly expression: Expression
  readonly operator: string
  readonly operatorClass?: string
}

/** What the database does to the referring rows. `restrict` is Django's PROTECT. */
export type ReferentialAction = 'cascade' | 'restrict' | 'setNull' | 'setDefault' | 'noAction'

export interface ForeignKey extends Named {
  readonly columns: readonly string[]
  readonly references: { readonly table: string; readonly columns: readonly string[] }
  readonly onDelete: ReferentialAction
  readonly onUpdate: ReferentialAction
  readonly deferrable?: Deferrable
  /** Rows that were there before it have not been looked at. Only inspection fills it. */
  readonly notValid?: true
}

export const emptySchema: Schema = { tables: new Map(), others: [] }

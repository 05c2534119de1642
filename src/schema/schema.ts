import type { Expression } from './expression.ts'

/**
 * Who a table or column is across renames. Replay gives one to each model and field when it first creates it; what is derived from them (a join
 * table, a foreign key's column) takes its owner's plus a role. It takes no part in equality: an inspected Schema has none.
 */
export type Identity = string

/** Tables, in one dialect's terms. Projection of a State and inspection of a database give the same type. */
export interface Schema {
  readonly tables: ReadonlyMap<string, Table>
  /** What Godwit does not manage but must leave alone: views, triggers, virtual tables. Only inspection fills it. */
  readonly others: readonly OtherObject[]
}

export interface OtherObject {
  readonly kind: 'view' | 'trigger' | 'virtualTable' | 'index'
  readonly name: string
  /** The table it stands on or names, where the server says so. */
  readonly table?: string
  /** The statement that makes it again. */
  readonly definition: string
}

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
  readonly collation?: string
  readonly comment?: string
}

export interface PrimaryKey {
  readonly columns: readonly string[]
}

/** An object with a name of its own. A generated name identifies nothing: such objects are matched by what they are. */
export interface Named {
  readonly name: string
  readonly generatedName?: true
}

export interface IndexPart {
  readonly expression: Expression
  readonly descending?: true
}

/** A unique constraint or unique index, whichever the dialect makes of it. */
export interface Unique extends Named {
  readonly parts: readonly IndexPart[]
  readonly where?: Expression
}

export interface Index extends Named {
  readonly parts: readonly IndexPart[]
  readonly where?: Expression
}

export interface Check extends Named {
  readonly expression: Expression
}

/** What the database does to the referring rows. `restrict` is Django's PROTECT. */
export type ReferentialAction = 'cascade' | 'restrict' | 'setNull' | 'setDefault' | 'noAction'

export interface ForeignKey extends Named {
  readonly columns: readonly string[]
  readonly references: { readonly table: string; readonly columns: readonly string[] }
  readonly onDelete: ReferentialAction
  readonly onUpdate: ReferentialAction
  readonly deferrable?: true
}

export const emptySchema: Schema = { tables: new Map(), others: [] }

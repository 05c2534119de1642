import type { Kysely } from 'kysely'
import type { Change } from './change.ts'
import type { ColumnType } from './column-type.ts'
import type { Expression } from './expression.ts'
import type { Feature, Support } from './feature.ts'
import type { Queries } from './queries.ts'
import type { Reading } from './reading.ts'
import type { OtherObject, Schema } from './schema.ts'
import type { Sql } from './sql.ts'
import type { Precheck, Step } from './step.ts'
import type { Value } from './value.ts'

/** Documented facts about one database at one version. How to act on them is the planner's business. */
export interface Capabilities {
  /** DDL joins the transaction and rolls back with it. */
  readonly transactionalDdl: boolean
  /** Objects can carry comments. */
  readonly comments: boolean
  /** An enum type is an object of its own, by a name that columns share; elsewhere each column lists its values itself. */
  readonly enumTypes: boolean
  /** The catalogue shows a user only what he has rights on, so that what it does not show may be there. */
  readonly catalogueHides?: true
  /** The longest identifier, in bytes; undefined: no limit of its own. */
  readonly identifierLimit: number | undefined
}

/** How one database writes what a model declares. */
export interface Spelling {
  /** What stands behind the columns of a table of Godwit's own, where its texts must not be those of the database's default; absent: nothing. */
  readonly ownTable?: Sql
  /** The name of a table as a statement needs it, with its schema where it stands in one. */
  table(name: string): Sql
  /** The type as the server prints it: `varchar(20)`. */
  type(type: ColumnType): string
  /** The type of a column that the server numbers, where it is not the declared one (SQLite numbers `integer` only); keys that point at it keep theirs. */
  autoIncrementType(type: ColumnType): string
  /** A condition that the type itself needs in this database (SQLite: json is valid), over the column. */
  typeCheck(type: ColumnType, column: string): Expression | undefined
  /**
   * Of each part of an index, how many characters (of bytes: how many bytes) are in it; undefined where all are. `asked`: what the model asks for.
   * Absent: indexes take whole values.
   */
  prefixes?(parts: readonly { readonly type: ColumnType; readonly asked?: number }[]): readonly (number | undefined)[]
  /** Why no collation of this database can have a name, as a clause, and what to do about it; undefined where one can. Absent: all names can be. */
  collationProblem?(name: string): { readonly reason: string; readonly fix: string } | undefined
  /** A value as it is compared with a column of the type, where that is not as it is kept. Absent: it always is. */
  valueIn?(value: Value, type: ColumnType): Value
  /** A value as rows get it in a column whose type the server prints so. Absent: as it is. */
  columnValue?(value: Value, type: string): Expression
  /** A column that the database computes can't be told to be NOT NULL, and counts as one that can be NULL. */
  readonly computedIsNullable?: true
  /** A default as an expression of this database; the column's type says how a literal is written. */
  defaultExpression(fallback: { readonly value: Value } | 'now' | 'uuid', type: ColumnType): Expression
  /** An expression as SQL, columns quoted, values as literals (DDL takes no parameters). */
  expression(expression: Expression): Sql
}

/** What a planner must know of the real database where the declared Schema does not say it. */
export interface Facts {
  /** The tables that the changes touch, as inspected; generated names are looked up here by definition. */
  readonly schema: Schema
  /** Names of indexes and tables that are taken, so that a generated name can avoid them. */
  readonly takenNames: ReadonlySet<string>
  /** By table: the tables that have a foreign key to it, over the whole database. Absent: `schema` holds them all. */
  readonly referrers?: ReadonlyMap<string, readonly string[]>
}

export interface PlanInput {
  readonly before: Schema
  readonly after: Schema
  readonly changes: readonly Change[]
  /** Absent when there is no database to ask, as for `sqlmigrate`: generated names are then taken to be the real ones. */
  readonly facts?: Facts
  /**
   * Whether foreign keys are enforced while the steps run. `enforced`: code steps share the transaction, or the connection is not ours; the plan
   * must then be safe with cascades alive.
   */
  readonly foreignKeys: 'suspended' | 'enforced'
}

/** How two texts that a server may have re-spelled are compared. */
export interface Comparison {
  /** Whether two expressions say the same to this database; `renamed` maps columns of `a` to what they are called in `b`. */
  sameExpression(a: Expression, b: Expression, renamed?: ReadonlyMap<string, string>): boolean
  /** Whether two names of types mean the same; absent: only where they are the same text. */
  sameType?(a: string, b: string): boolean
}

/** One statement of a user's SQL, where the server commits some by themselves. */
export interface ScriptStatement {
  readonly text: string
  /** The server commits it by itself, and whatever was open before it. */
  readonly commitsItself: boolean
  /** An inspection of the whole database shows whether it took effect: it makes, alters or drops a table, an index, a view or a trigger. */
  readonly isSeen: boolean
}

/** One database at one version: a record of functions, no state. Knows tables, never models. */
export interface Dialect {
  /** The kind of database, as configs and per-database SQL name it: `sqlite`. */
  readonly name: string
  readonly version: string
  readonly capabilities: Capabilities
  readonly spelling: Spelling
  readonly comparison: Comparison
  readonly reading: Reading
  readonly queries: Queries
  /** A query for `rows`, about how many a table has, by what the database knows without looking through them. */
  estimateRows(table: string): Sql
  /** What it makes of everything that not all databases have. */
  readonly support: Readonly<Record<Feature, Support>>
  /** The steps that make the changes. Pure. */
  plan(input: PlanInput): readonly Step[]
  /** Whether `plan` wants facts for these changes: an inspection of a few tables. */
  needsFacts(changes: readonly Change[]): boolean
  /**
   * What in the data can stand in a change's way; undefined where nothing can. The Schema holds the tables that the change speaks of, with all
   * columns that exist or are to come.
   */
  precheck(change: Change, schema: Schema): Precheck | undefined
  /**
   * What a plan made with foreign keys `suspended` needs around its transaction, for people who read or paste it: a session does the same by itself.
   * Absent where no change ever wants them suspended.
   */
  readonly aroundSuspended?: {
    /** Whether these changes may take a table away that others refer to, if only to put another in its place. */
    isWantedFor(changes: readonly Change[]): boolean
    readonly before: readonly Sql[]
    readonly after: readonly Sql[]
  }
  /** A statement as text to read, values as literals, no trailing semicolon. */
  toText(sql: Sql): string
  /** The statements of a text of SQL; absent where DDL is transactional, and nobody needs to tell them apart. */
  statementsOf?(text: string): readonly ScriptStatement[]
  /**
   * The statements that make again what no model can declare, as its definition has it; `isThere`: another stands in its place. Undefined where the catalogue
   * does not have the whole of it. Absent: nothing can be made again.
   */
  remake?(object: OtherObject, isThere: boolean): readonly Sql[] | undefined
  /**
   * The schema as a comparison of declared with inspected needs it: what the server re-spells, spelled by the server. `unasked`: nothing is made for the
   * server to spell, so that what it re-spells stays as it is declared.
   */
  canonicalise(declared: Schema, session: Session, how?: 'unasked'): Promise<Schema>
}

export type Row = Readonly<Record<string, unknown>>

/** One pinned connection to a database. Everything that Godwit does there goes through it, one statement after the other. */
export interface Session {
  readonly dialect: Dialect
  /** The database in words fit for messages: no password. */
  readonly label: string
  /** Kysely over this very connection. It takes part in the session's transaction. */
  // biome-ignore lint/suspicious/noExplicitAny: the tables of a database are known to its user, not here.
  readonly kysely: Kysely<any>
  /** A second Kysely over it, which waits for no transaction that code has begun by the first: what it sends takes part in that one. */
  readonly kyselyAlongside: Session['kysely']
  /** Sends one statement and returns its rows. Errors are wrapped once, with the statement. */
  query(sql: Sql): Promise<readonly Row[]>
  /** Sends a text of SQL that may hold several statements, such as a user's `runSql`. */
  script(text: string): Promise<void>
  /**
   * Runs the body, which holds one statement that can be part of no transaction and may take its time: without any timeout of locks and statements.
   */
  outsideTransaction<T>(body: () => Promise<T>): Promise<T>
  /** Whether a statement is under way, or in line for the connection. */
  isBusy(): boolean
  /** Stops the statement under way, where the server can be told to; it then fails with `database.cancelled`. */
  cancel(): Promise<void>
  /**
   * What these changes would take along without a word, and Godwit did not make: asked before the first step. Dropping a column takes every index
   * over it along on PostgreSQL, and breaks a function that names it.
   */
  dependents(changes: readonly Change[], before: Schema): Promise<readonly Dependent[]>
  /**
   * Runs the body in one transaction that can write from the start. Rolls back when the body throws.
   * `suspendForeignKeys` switches enforcement off around it, outside the transaction, and reads it back.
   */
  transaction<T>(body: () => Promise<T>, options?: { readonly suspendForeignKeys?: boolean }): Promise<T>
  /** Whether `transaction({ suspendForeignKeys })` can be honoured here. */
  readonly canSuspendForeignKeys: boolean
  /** The Schema of the database, or of the named tables only, in a constant number of queries. Godwit's own tables are left out unless named. */
  inspect(options?: InspectOptions): Promise<Schema>
  /** What `plan` needs to know for these changes. */
  facts(changes: readonly Change[], foreignKeys?: PlanInput['foreignKeys']): Promise<Facts>
  /** Waits for the one lock that lets a process migrate this database; it dies with its holder. */
  lock(options: LockOptions): Promise<Lock>
  close(): Promise<void>
}

/** An object of other hands that a change would take along or break. */
export interface Dependent {
  /** What it is: `index`, `unique constraint`, `view`, `function`, `policy`. */
  readonly kind: string
  readonly name: string
  /** What it depends on: `blog_post.title`. */
  readonly on: string
  /**
   * `dropped`: it goes along in silence. `narrowed`: it stays without the column. `broken`: it stays and will not work. `blocks`: the server will refuse
   * the change because of it.
   */
  readonly fate: 'dropped' | 'narrowed' | 'broken' | 'blocks'
}

export interface InspectOptions {
  /** Only these tables, by the names that a Schema has for them. */
  readonly tables?: readonly string[]
  /** Also the tables of these schemas, where the database has such; the default one is always read. */
  readonly schemas?: readonly string[]
}

export interface LockOptions {
  /** How long to wait, in milliseconds. */
  readonly timeout: number
  /** Called once when somebody else holds the lock. */
  readonly onWait?: (holder: string | undefined) => void
  /** Ends the wait; the lock is then not taken. */
  readonly signal?: AbortSignal
}

export interface Lock {
  release(): Promise<void>
}

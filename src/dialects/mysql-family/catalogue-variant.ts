import type { Sql } from '../../schema/sql.ts'
import type { AstralForms } from './astral.ts'

/** A column as the catalogue prints it, so far as its default depends on it. */
export interface PrintedDefault {
  /** `varchar(20)` */
  readonly type: string
  /** What the catalogue has for the default; undefined for NULL. */
  readonly text: string | undefined
  /** `DEFAULT_GENERATED on update CURRENT_TIMESTAMP(6)` */
  readonly extra: string
}

/** Where MariaDB and MySQL differ in what their catalogues print. */
export interface CatalogueVariant {
  /** The default of a column as SQL; undefined where it has none, or NULL. */
  defaultText(printed: PrintedDefault): string | undefined
  /** An expression out of the catalogue, as the server would write it into a CREATE TABLE. */
  expressionText(printed: string): string
  /** What a part of an index computes, in a query of `information_schema.statistics`. */
  readonly indexExpression: Sql
  /** A query of the checks of a database: `owner` where the table is told, `name`, `clause`, and `of_column` of those in the definition of a column. */
  checks(inDatabase: Sql): Sql
  /** A query that says of each check, by `name`, whose it is (`owner`) and whether it is enforced; absent where `checks` says it all. */
  readonly checkOwners?: (inDatabase: Sql) => Sql
  /** Whether a column of the type, collation and check on itself is what the server makes of `json`. */
  isJson(column: { readonly name: string; readonly type: string; readonly collation: string }, check: string): boolean
  /** What stands behind DEFAULT in a CREATE TABLE that the server printed, as `defaultText` would say it; `restore` is that of stand-ins. */
  createdDefault(
    printed: string,
    type: string,
    restore: (text: string, form: string | undefined) => string,
  ): string | undefined
  readonly astral: AstralForms
  /** Whether an index over descending values serves a foreign key that is made. */
  readonly descendingServes: boolean
  /** Whether a unique over several columns becomes one over the others when one of them goes; else it keeps the column from going. */
  readonly narrowsUniques: boolean
}

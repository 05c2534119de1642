import type { Check, Column, ForeignKey, Index, IndexPart, Table, Unique } from '../../schema/schema.ts'
import { join, name, names, type Sql, sql, verbatim } from '../../schema/sql.ts'
import { actionInSql } from '../shared/referential-actions.ts'
import { spellingOf } from './column-types.ts'
import { defaultDefinition } from './default-definition.ts'
import { textLiteral } from './literal.ts'
import type { Flavour } from './variant.ts'

/** CREATE TABLE with all that a table has. Foreign keys are listed last: the server makes no index of its own where one of ours will do. */
export function createTable(table: Table, flavour: Flavour): Sql {
  const { columns, primaryKey, uniques, indexes, checks, foreignKeys, comment } = table
  const key = primaryKey?.columns ?? []
  const items = [
    ...columns.map((column) => columnDefinition(column, flavour)),
    ...(key.length === 0 ? [] : [sql`PRIMARY KEY (${names(key)})`]),
    ...uniques.map((unique) => uniqueDefinition(unique, flavour)),
    ...indexes.map((index) => indexDefinition(index, flavour)),
    ...checks.map((check) => checkDefinition(check, flavour)),
    ...foreignKeys.map(foreignKeyDefinition),
  ]
  const commented = comment === undefined ? sql`` : sql` COMMENT = ${commentText(comment)}`
  return sql`CREATE TABLE ${name(table.name)} (${join(items)})${commented}`
}

/**
 * A column as CREATE TABLE, ADD COLUMN and MODIFY COLUMN write it: in full, because MODIFY forgets whatever is not said again
 * (https://dev.mysql.com/doc/refman/9.7/en/alter-table.html#alter-table-redefine-column).
 */
export function columnDefinition(column: Column, flavour: Flavour): Sql {
  const { type, collation, generated, nullable, default: fallback, autoIncrement, comment } = column
  const parts = [sql`${name(column.name)} ${verbatim(type)}`]
  if (collation !== undefined) parts.push(sql`COLLATE ${name(collation)}`)
  if (generated !== undefined) {
    const expression = spellingOf(flavour).expression(generated.expression)
    parts.push(sql`GENERATED ALWAYS AS (${expression}) ${verbatim(generated.stored ? 'STORED' : 'VIRTUAL')}`)
  }
  if (!nullable && (generated === undefined || flavour.variant.alter.generatedNotNull)) parts.push(sql`NOT NULL`)
  // A timestamp that does not say so is NOT NULL on some servers.
  if (nullable && /^timestamp\b/.test(type)) parts.push(sql`NULL`)
  if (fallback !== undefined) parts.push(sql`DEFAULT ${defaultDefinition(fallback, type, flavour)}`)
  if (autoIncrement) parts.push(sql`AUTO_INCREMENT`)
  if (comment !== undefined) parts.push(sql`COMMENT ${commentText(comment)}`)
  return join(parts, ' ')
}

/** A unique, which is a unique index, as CREATE TABLE and ADD write it. */
export function uniqueDefinition(unique: Unique, flavour: Flavour): Sql {
  return sql`UNIQUE INDEX ${name(unique.name)} (${partsOf(unique, flavour)})`
}

/** An index as CREATE TABLE and ADD write it. */
export function indexDefinition(index: Index, flavour: Flavour): Sql {
  const { method } = index
  const kind = method === undefined ? sql`` : sql`${verbatim(method.toUpperCase())} `
  return sql`${kind}INDEX ${name(index.name)} (${partsOf(index, flavour)})`
}

/** A check as a table constraint. */
export function checkDefinition({ name: constraint, expression }: Check, flavour: Flavour): Sql {
  return sql`CONSTRAINT ${name(constraint)} CHECK (${spellingOf(flavour).expression(expression)})`
}

/** A foreign key as a table constraint. One that a column says beside itself is no more than a comment to some servers. */
export function foreignKeyDefinition({ name: constraint, columns, references, onDelete, onUpdate }: ForeignKey): Sql {
  return join(
    [
      sql`CONSTRAINT ${name(constraint)} FOREIGN KEY (${names(columns)}) REFERENCES ${name(references.table)} (${names(references.columns)})`,
      // Left out, it is RESTRICT to one server and NO ACTION to another.
      sql` ON DELETE ${verbatim(actionInSql[onDelete])}`,
      ...(onUpdate === 'noAction' ? [] : [sql` ON UPDATE ${verbatim(actionInSql[onUpdate])}`]),
    ],
    '',
  )
}

/** A comment, as the words of a statement: DDL takes no parameters. */
export function commentText(comment: string): Sql {
  return verbatim(textLiteral(comment))
}

function partsOf({ parts }: Index | Unique, flavour: Flavour): Sql {
  return join(parts.map((part) => partDefinition(part, flavour)))
}

/** A column stands bare, the first so many characters of it behind it; an expression needs parentheses of its own. */
function partDefinition({ expression, prefix, descending }: IndexPart, flavour: Flavour): Sql {
  const key =
    expression.kind === 'column' ? name(expression.name) : sql`(${spellingOf(flavour).expression(expression)})`
  const length = prefix === undefined ? sql`` : sql`(${verbatim(String(prefix))})`
  return sql`${key}${length}${descending ? sql` DESC` : sql``}`
}

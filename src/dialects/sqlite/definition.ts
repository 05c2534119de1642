import type { Expression } from '../../schema/expression.ts'
import type { Check, Column, ForeignKey, Index, IndexPart, Table, Unique } from '../../schema/schema.ts'
import { join, name, names, type Sql, sql, verbatim } from '../../schema/sql.ts'
import { actionInSql } from '../shared/referential-actions.ts'
import { spelling } from './column-types.ts'
import { peculiarity } from './peculiarity.ts'
import { withoutPrefixes } from './raw-sql.ts'
import { toText } from './statement-text.ts'

/** CREATE TABLE, with everything that stands in it: columns, primary key, checks and foreign keys. Indexes are statements of their own. */
export function createTable(table: Table, called: string = table.name): Sql {
  const inlineKey = inlineKeyColumn(table)
  const key = table.primaryKey?.columns ?? []
  const items = [
    ...table.columns.map((column) => columnDefinition(column, column.name === inlineKey)),
    ...(key.length === 0 || inlineKey !== undefined ? [] : [sql`PRIMARY KEY (${names(key)})`]),
    ...table.checks.map(checkDefinition),
    ...table.foreignKeys.map(foreignKeyDefinition),
  ]
  const options = (table.attributes ?? []).filter((attribute) => !attribute.startsWith(peculiarity))
  const tail = options.length === 0 ? sql`` : sql` ${join(options.map(verbatim))}`
  return sql`CREATE TABLE ${name(called)} (${join(items)})${tail}`
}

/** CREATE INDEX or CREATE UNIQUE INDEX, under the name given. */
export function createIndex(index: Index | Unique, unique: boolean, table: string, called: string = index.name): Sql {
  const where = index.where === undefined ? sql`` : sql` WHERE ${overColumns(index.where)}`
  const kind = unique ? sql`CREATE UNIQUE INDEX` : sql`CREATE INDEX`
  return sql`${kind} ${name(called)} ON ${name(table)} (${join(index.parts.map(indexPart))})${where}`
}

/** A column as CREATE TABLE and ADD COLUMN write it. */
export function columnDefinition(column: Column, isPrimaryKey = false): Sql {
  const parts = [sql`${name(column.name)} ${verbatim(column.type)}`]
  if (column.autoIncrement) return join([...parts, sql`PRIMARY KEY AUTOINCREMENT`], ' ')
  if (!column.nullable) parts.push(sql`NOT NULL`)
  if (isPrimaryKey) parts.push(sql`PRIMARY KEY`)
  if (column.default !== undefined) parts.push(sql`DEFAULT ${defaultDefinition(column.default)}`)
  if (column.collation !== undefined) parts.push(sql`COLLATE ${name(column.collation)}`)
  if (column.generated !== undefined) {
    const { expression, stored } = column.generated
    parts.push(sql`GENERATED ALWAYS AS (${overColumns(expression)}) ${verbatim(stored ? 'STORED' : 'VIRTUAL')}`)
  }
  return join(parts, ' ')
}

export function checkDefinition(check: Check): Sql {
  return sql`${constraintName(check.name)}CHECK (${overColumns(check.expression)})`
}

/** A foreign key as a table constraint. */
export function foreignKeyDefinition(foreignKey: ForeignKey): Sql {
  return sql`${constraintName(foreignKey.name)}FOREIGN KEY (${names(foreignKey.columns)}) ${references(foreignKey)}`
}

/** A foreign key of one column, as a constraint of that column. */
export function inlineForeignKey(foreignKey: ForeignKey): Sql {
  return sql`${constraintName(foreignKey.name)}${references(foreignKey)}`
}

/** An expression over the columns of one table, without the table's name before them. */
export function overColumns(expression: Expression): Sql {
  return verbatim(withoutPrefixes(toText(spelling.expression(expression))))
}

/** A literal stands bare; anything else needs parentheses (https://sqlite.org/lang_createtable.html#the_default_clause). */
function defaultDefinition(fallback: Expression): Sql {
  const rendered = spelling.expression(fallback)
  return fallback.kind === 'value' && !toText(rendered).startsWith('CAST') ? rendered : sql`(${rendered})`
}

function references({ references: target, onDelete, onUpdate, deferrable }: ForeignKey): Sql {
  const columns = target.columns.length === 0 ? sql`` : sql` (${names(target.columns)})`
  return join(
    [
      sql`REFERENCES ${name(target.table)}${columns}`,
      ...(onDelete === 'noAction' ? [] : [sql`ON DELETE ${verbatim(actionInSql[onDelete])}`]),
      ...(onUpdate === 'noAction' ? [] : [sql`ON UPDATE ${verbatim(actionInSql[onUpdate])}`]),
      ...(deferrable === undefined ? [] : [sql`DEFERRABLE INITIALLY ${verbatim(deferrable.toUpperCase())}`]),
    ],
    ' ',
  )
}

function indexPart({ expression, descending }: IndexPart): Sql {
  const isBare = expression.kind === 'column' || expression.kind === 'sql'
  const rendered = isBare ? overColumns(expression) : sql`(${overColumns(expression)})`
  return descending ? sql`${rendered} DESC` : rendered
}

function constraintName(constraint: string): Sql {
  return constraint === '' ? sql`` : sql`CONSTRAINT ${name(constraint)} `
}

/** A key of one column stands at the column: only there can it be numbered by the server. */
function inlineKeyColumn({ primaryKey }: Table): string | undefined {
  return primaryKey?.columns.length === 1 ? primaryKey.columns[0] : undefined
}

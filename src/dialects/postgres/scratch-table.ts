import type { Column, Index, IndexPart, Table, Unique } from '../../schema/schema.ts'
import { join, name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import { spelling } from './column-types.ts'
import { checkDefinition, columnDefinition, createIndex, exclusionDefinition } from './definition.ts'
import { splitTableName, tableName } from './table-name.ts'

/** One thing of a declared table that the server has to spell. */
export interface ScratchPart {
  /** What it is, in words: `the check price_positive`. */
  readonly what: string
  /** As it was declared. */
  readonly declared: Sql
  /** What gives it to the scratch table. */
  readonly statement: Sql
}

/** The names that the parts of a table have on its scratch table, so that each finds its own text again. */
export const scratchNames = {
  check: (position: number): string => `godwit_check_${position}`,
  exclusion: (table: number, position: number): string => `godwit_exclusion_${table}_${position}`,
  unique: (table: number, position: number): string => `godwit_unique_${table}_${position}`,
  index: (table: number, position: number): string => `godwit_index_${table}_${position}`,
} as const

/** The name of a table's scratch table, without its schema. */
export function scratchTableName(table: Table): string {
  return splitTableName(table.name).table
}

/** The statements that make a scratch table whole. */
export function scratchStatements(table: Table, number: number): readonly Sql[] {
  const { name: own, columns, checks, exclusions = [], indexes } = scratchOf(table, number)
  return [
    sql`CREATE TEMPORARY TABLE ${tableName(own)} (${join([
      ...columns.map(columnDefinition),
      ...checks.map(checkDefinition),
      ...exclusions.map(exclusionDefinition),
    ])})`,
    ...indexes.map((index) => createIndex(own, index, { unique: false })),
  ]
}

/** The same piece by piece, in an order in which they can be made, so that the one that is refused can be named. */
export function scratchParts(table: Table, number: number): readonly ScratchPart[] {
  const { name: own, columns, checks, exclusions = [] } = scratchOf(table, number)
  const alter = sql`ALTER TABLE ${tableName(own)}`
  return [
    { what: 'the name', declared: name(table.name), statement: sql`CREATE TEMPORARY TABLE ${tableName(own)} ()` },
    ...columns.map((column) => ({
      what: `the type of column ${column.name}`,
      declared: verbatim(column.type),
      statement: sql`${alter} ADD COLUMN ${columnDefinition(plainColumn(column))}`,
    })),
    ...columns.flatMap((column) => {
      const content = column.generated?.expression ?? column.default
      if (content === undefined) return []
      const what = `the ${column.generated === undefined ? 'default' : 'expression'} of column ${column.name}`
      const statement = sql`${alter} DROP COLUMN ${name(column.name)}, ADD COLUMN ${columnDefinition(column)}`
      return [{ what, declared: spelling.expression(content), statement }]
    }),
    ...checks.map((check, position) => ({
      what: `the check ${table.checks[position]?.name}`,
      declared: spelling.expression(check.expression),
      statement: sql`${alter} ADD ${checkDefinition(check)}`,
    })),
    ...exclusions.map((exclusion, position) => ({
      what: `the exclusion ${table.exclusions?.[position]?.name}`,
      declared: exclusionDefinition(exclusion),
      statement: sql`${alter} ADD ${exclusionDefinition(exclusion)}`,
    })),
    ...spelledIndexes(table, number).map(({ what, index }) => {
      const spelled = [...index.parts.map(({ expression }) => expression), ...(index.where ? [index.where] : [])]
      return {
        what,
        declared: join(spelled.map(spelling.expression)),
        statement: createIndex(own, index, { unique: false }),
      }
    }),
  ]
}

/**
 * A temporary table with all of a table that the server spells in its own way, and nothing that leads elsewhere, numbers rows or holds anybody to
 * anything. Uniques are indexes there, since only what they are made of is read. The table keeps its name, which an expression may say.
 */
function scratchOf(table: Table, number: number): Table {
  return {
    name: `pg_temp.${scratchTableName(table)}`,
    columns: table.columns.map((column) => withContent(plainColumn(column), column)),
    checks: table.checks.map(({ expression }, position) => ({ name: scratchNames.check(position), expression })),
    exclusions: (table.exclusions ?? []).map(({ deferrable: _, ...exclusion }, position) => ({
      ...exclusion,
      name: scratchNames.exclusion(number, position),
    })),
    uniques: [],
    indexes: spelledIndexes(table, number).map(({ index }) => index),
    foreignKeys: [],
  }
}

/** Whether the server may spell anything of an index otherwise than it is declared. The others are not made: an index is dear. */
export function isSpelled(index: Unique | Index): boolean {
  return (
    index.where !== undefined || ('method' in index && index.method !== undefined) || !index.parts.every(isPlainPart)
  )
}

function isPlainPart({ expression, nulls, operatorClass, collation }: IndexPart): boolean {
  return expression.kind === 'column' && nulls === undefined && operatorClass === undefined && collation === undefined
}

function spelledIndexes(table: Table, number: number): readonly { readonly what: string; readonly index: Index }[] {
  return [
    ...table.uniques.map((unique, position) => ({
      what: `the unique ${unique.name}`,
      index: scratchIndex(unique, scratchNames.unique(number, position)),
    })),
    ...table.indexes.map((index, position) => ({
      what: `the index ${index.name}`,
      index: scratchIndex(index, scratchNames.index(number, position)),
    })),
  ].filter(({ index }) => isSpelled(index))
}

function plainColumn({ name: own, type, collation }: Column): Column {
  return { name: own, type, nullable: true, ...(collation === undefined ? {} : { collation }) }
}

function withContent(plain: Column, { default: fallback, generated }: Column): Column {
  if (generated !== undefined) return { ...plain, generated }
  return fallback === undefined ? plain : { ...plain, default: fallback }
}

function scratchIndex({ parts, where, method }: Omit<Index, 'name'>, own: string): Index {
  return { name: own, parts, ...(where === undefined ? {} : { where }), ...(method === undefined ? {} : { method }) }
}

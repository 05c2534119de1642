import type { Column, Index, IndexPart, Table, Unique } from '../../schema/schema.ts'
import { join, name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import { spellingOf } from './column-types.ts'
import { checkDefinition, columnDefinition, indexDefinition } from './definition.ts'
import type { Flavour } from './variant.ts'

/** The names that the parts of a table have on its scratch table, so that each finds its own text again. */
export const scratchNames = {
  check: (position: number): string => `godwit_check_${position}`,
  unique: (position: number): string => `godwit_unique_${position}`,
  index: (position: number): string => `godwit_index_${position}`,
} as const

/** One thing of a declared table that the server has to spell. */
export interface ScratchPart {
  /** What it is, in words: `the check price_positive`. */
  readonly what: string
  /** As it was declared. */
  readonly declared: Sql
  /** The scratch table up to this part: what follows is left out. */
  readonly statement: Sql
}

/**
 * The statement that makes a scratch table, with the parts that a server may re-spell. It has the name of the table, since expressions may say it, and
 * hides the table from this session while it is there; rows are not kept, so neither keys nor numbering are wanted.
 */
export function scratchStatement(table: Table, flavour: Flavour): Sql {
  return creating(
    table,
    itemsOf(table, flavour).map(({ item }) => item),
  )
}

/** The same piece by piece, so that the one that is refused can be named. */
export function scratchParts(table: Table, flavour: Flavour): readonly ScratchPart[] {
  const items = itemsOf(table, flavour)
  const plain = table.columns.map((column) => columnDefinition(bare(column), flavour))
  const computed = items.slice(table.columns.length)
  return [
    ...table.columns.map((column, position) => ({
      what: `the type of column ${column.name}`,
      declared: verbatim(column.type),
      statement: creating(table, plain.slice(0, position + 1)),
    })),
    ...table.columns.flatMap((column, position) => {
      const content = column.generated?.expression ?? column.default
      if (content === undefined) return []
      const what = `the ${column.generated === undefined ? 'default' : 'expression'} of column ${column.name}`
      const own = plain.with(position, items[position]?.item ?? sql``)
      return [{ what, declared: spellingOf(flavour).expression(content), statement: creating(table, own) }]
    }),
    ...computed.map(({ what, declared, item }) => ({
      what,
      declared,
      statement: creating(table, [...items.slice(0, table.columns.length).map((one) => one.item), item]),
    })),
  ]
}

interface Item {
  readonly what: string
  readonly declared: Sql
  readonly item: Sql
}

function itemsOf(table: Table, flavour: Flavour): readonly Item[] {
  const { expression } = spellingOf(flavour)
  return [
    ...table.columns.map((column) => ({
      what: `column ${column.name}`,
      declared: verbatim(column.type),
      item: columnDefinition(withoutNumbering(column), flavour),
    })),
    ...table.checks.map((check, position) => ({
      what: `the check ${check.name}`,
      declared: expression(check.expression),
      item: checkDefinition({ ...check, name: scratchNames.check(position) }, flavour),
    })),
    ...table.uniques.map((unique, position) => indexItem('unique', unique, scratchNames.unique(position), flavour)),
    ...table.indexes.map((index, position) => indexItem('index', index, scratchNames.index(position), flavour)),
  ].filter((item) => item !== undefined)
}

/** A unique is an index like any other to who only spells it. */
function indexItem(kind: string, index: Index | Unique, own: string, flavour: Flavour): Item | undefined {
  if (!isSpelled(index)) return undefined
  return {
    what: `the ${kind} ${index.name}`,
    declared: join(index.parts.map(({ expression }) => spellingOf(flavour).expression(expression))),
    item: indexDefinition({ name: own, parts: index.parts }, flavour),
  }
}

/** Whether the server may spell a part of an index otherwise than it is declared. */
export function isSpelled(index: Index | Unique): boolean {
  return ('method' in index ? index.method === undefined : true) && index.parts.some(isSpelledPart)
}

function isSpelledPart({ expression, prefix }: IndexPart): boolean {
  return expression.kind !== 'column' || prefix !== undefined
}

function creating(table: Table, items: readonly Sql[]): Sql {
  return sql`CREATE TEMPORARY TABLE ${name(table.name)} (${join(items)}) ENGINE = InnoDB`
}

function withoutNumbering({ autoIncrement: _, comment: __, ...column }: Column): Column {
  return column
}

function bare({ name: own, type, nullable, collation }: Column): Column {
  return { name: own, type, nullable, ...(collation === undefined ? {} : { collation }) }
}

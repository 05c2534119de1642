import { kindOf } from '../fields/kinds.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import { columnsOf } from '../schema/expression.ts'
import type { Value } from '../schema/value.ts'
import { candidate, type Manner, numberedKey } from './candidates.ts'
import { mayHold, type RowLiterals } from './holds.ts'
import { mending } from './mend-row.ts'
import { type Random, randomFor } from './random.ts'
import type { ColumnToFill, TableToFill } from './tables-to-fill.ts'

/** What a column gets: a literal of its own, or what a row of another table has, as the driver gave it. */
export type Cell = { readonly literal: Value } | { readonly key: unknown }
export type NewRow = ReadonlyMap<string, Cell>

/** How rows are made: the same `seed` makes the same rows. */
export interface Making {
  readonly seed: number
  readonly rows: number
  readonly manner: Manner
}

/** How often a row is tried that a unique or a check would refuse. */
const attempts = 30

/**
 * Rows that a table should take: right types, NULL where it may be, nothing twice that must be once, checks satisfied as far as they can be read. Fewer
 * than asked for where no more can be found. `keysOf`: what there is to point at, by table and column.
 */
export function makeRows(
  target: TableToFill,
  making: Making,
  keysOf: (table: string, column: string) => readonly unknown[],
): readonly NewRow[] {
  const random = randomFor(making.seed, target.table.name)
  const uniques = uniqueColumns(target)
  const taken = uniques.map(() => new Set<string>())
  const once = new Set(uniques.flat())
  const made: NewRow[] = []
  for (let row = 0; row < making.rows; row += 1) {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const drawn = oneRow(target, { row, attempt, making, random, once, made, keysOf })
      const found = drawn && mended(target, drawn)
      if (found === undefined) continue
      const keys = uniques.map((columns) => keyOf(columns, found))
      if (keys.some((key, index) => key !== undefined && taken[index]?.has(key) === true)) continue
      for (const [index, key] of keys.entries()) if (key !== undefined) taken[index]?.add(key)
      made.push(found)
      break
    }
  }
  return made
}

interface Site {
  readonly row: number
  readonly attempt: number
  readonly making: Making
  readonly random: Random
  /** The columns of which some value may be there only once. */
  readonly once: ReadonlySet<string>
  readonly made: readonly NewRow[]
  readonly keysOf: (table: string, column: string) => readonly unknown[]
}

function oneRow({ table, columns }: TableToFill, site: Site): NewRow | undefined {
  const cells = new Map<string, Cell>()
  for (const [index, column] of columns.entries()) {
    const cell = cellFor(column, index, table.name, site)
    if (cell === 'none') return undefined
    if (cell !== undefined) cells.set(column.name, cell)
  }
  return cells
}

/** `none`: the column must have a value, and there is none to be had. */
function cellFor(column: ColumnToFill, index: number, table: string, site: Site): Cell | 'none' | undefined {
  const { row, attempt, making, random, once, keysOf, made } = site
  const { source, foreignKey } = column
  if (column.nullable && making.manner === 'varied' && (row + index + attempt) % 4 === 3) return { literal: null }
  const orNothing = column.nullable ? { literal: null } : column.hasDefault ? undefined : 'none'
  if (foreignKey !== undefined) {
    const { references } = foreignKey
    const [key = ''] = references.columns
    if (references.table === table) {
      // A row may point at one before it; the first of those that must point somewhere points at itself.
      return (
        made[random.below(Math.max(made.length, 1))]?.get(key) ?? (column.nullable ? { literal: null } : ownKey(site))
      )
    }
    const keys = keysOf(references.table, key)
    if (keys.length === 0) return orNothing
    return { key: keys[attempt === 0 ? row % keys.length : random.below(keys.length)] }
  }
  if (source === undefined) return orNothing
  const { field, type } = source
  if (column.isNumbered) return { literal: numberedKey(type, row) }
  // What was refused is drawn again where it may be to blame, and at last as a whole.
  const isRedrawn = attempt > 0 && (once.has(column.name) || attempt > attempts / 2)
  const place = isRedrawn ? row + attempt * making.rows : row
  const given =
    field.choices === undefined
      ? candidate(type, { row: place, isRedrawn }, making.manner, random)
      : field.choices[place % Math.max(field.choices.length, 1)]
  const literal = given === undefined ? undefined : kindOf(field).literal(given, field)
  return literal === undefined || literal === null ? orNothing : { literal }
}

function ownKey({ row }: Site): Cell {
  return { literal: numberedKey({ type: 'bigInteger' }, row) }
}

/** The columns of which no two rows may have the same values; those that a unique computes with among them. */
function uniqueColumns({ table }: TableToFill): readonly (readonly string[])[] {
  const key = table.primaryKey?.columns
  return [
    ...(key === undefined ? [] : [key]),
    ...table.uniques.map(({ parts }) => parts.flatMap(({ expression }) => [...columnsOf(expression)])),
  ]
}

/** What a unique compares; undefined where a NULL keeps the row out of it. Case, accents and blanks at the end are nothing to many collations. */
function keyOf(columns: readonly string[], row: NewRow): string | undefined {
  const parts = columns.map((column) => row.get(column))
  if (parts.some((cell) => cell === undefined || ('literal' in cell && cell.literal === null))) return undefined
  const text = parts.map((cell) =>
    cell === undefined ? '' : canonicalJson('literal' in cell ? cell.literal : cell.key),
  )
  return text.join('\n').normalize('NFKD').replace(/\p{M}/gu, '').replaceAll(/ +"/g, '"').toLowerCase()
}

/** A row with what its checks surely refuse replaced; undefined where they refuse it all the same. */
function mended({ table, columns }: TableToFill, row: NewRow): NewRow | undefined {
  let current = row
  // To mend one condition may break another.
  for (let round = 0; round < 5; round += 1) {
    const literals = literalsOf(current)
    const broken = table.checks.find(({ expression }) => !mayHold(expression, literals))
    if (broken === undefined) return current
    const next = new Map(current)
    for (const [name, value] of mending(broken.expression, literals)) {
      const source = columns.find((column) => column.name === name)?.source
      const literal = source === undefined ? undefined : asLiteral(value, source)
      if (literal !== undefined) next.set(name, { literal })
    }
    current = next
  }
  return undefined
}

/** A value as the field keeps it: decimals are texts, and whole numbers are none. */
function asLiteral(value: Value, { field }: NonNullable<ColumnToFill['source']>): Value | undefined {
  const { literal } = kindOf(field)
  const given = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
  return literal(value, field) ?? literal(given, field) ?? literal(String(given), field)
}

function literalsOf(row: NewRow): RowLiterals {
  return new Map([...row].flatMap(([column, cell]) => ('literal' in cell ? [[column, cell.literal] as const] : [])))
}

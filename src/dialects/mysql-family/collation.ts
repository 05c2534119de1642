import type { Column, Table } from '../../schema/schema.ts'
import { parseTypeName, typeFamily } from './type-name.ts'
import type { Flavour } from './variant.ts'

/**
 * The character set that a collation belongs to. The database's own is taken to be utf8mb4: where it is not, the server refuses what was planned, and
 * says so.
 */
export function charsetOf(collation: string | undefined): string {
  const [charset = ''] = (collation ?? 'utf8mb4').split('_')
  return charset === 'uca1400' ? 'utf8mb4' : charset
}

/**
 * A column as a statement about an existing table must say it. One without a collation has the database's; where the table has another, the server
 * would give the column that one.
 */
export function withOwnCollation(column: Column, { attributes }: Table, { collation }: Flavour): Column {
  const hasAnother = attributes?.some((attribute) => attribute.startsWith('COLLATE=')) === true
  if (!hasAnother || collation === undefined || column.collation !== undefined || !isText(column)) return column
  return { ...column, collation }
}

function isText({ type }: Column): boolean {
  const name = parseTypeName(type)
  const family = typeFamily(name)
  return family === 'text' || family === 'enum' || name.base === 'set'
}
